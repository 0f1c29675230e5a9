"""How petitions ended: by round, by chapter of the tariff; and beside it what was published of the dockets."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr
from django.urls import reverse

from exclusions.charts.bars import folded
from exclusions.gateways.tariff.context_facts import context_facts
from exclusions.gateways.tariff.hs_names import chapter_in_words
from exclusions.models.round import Round
from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.lookup.statistics.tally import COLUMNS, SHARE, Tally, drawn, tallies, with_outcome

Counted = Sequence[Sequence[Any]]  # docket, chapter, outcome, count
MOST_CHAPTERS = 12
OTHERS = f"We show the {MOST_CHAPTERS} chapters with the most petitions. One bar holds the rest."
NO_ROUND = "Round not on file"
COPIES = "Copies of the old portal record only grants and denials. They show no partial grants and no closed petitions."


def count() -> Counted:
    """Return how many petitions of each docket and chapter ended how. One statement."""
    rows = with_outcome().annotate(chapter=Substr("hts10", 1, 2)).values_list("docket", "chapter", "outcome_kind")
    return [list(row) for row in rows.annotate(count=Count("pk"))]


def sheets(counted: Counted) -> list[Sheet]:
    """Return the sheets of outcomes; one statement, for the names of the rounds."""
    rounds = {found.docket: found for found in Round.objects.current().order_by("-pk")}
    by_docket = tallies((docket, outcome, number) for docket, _, outcome, number in counted)
    return [
        _by_round(by_docket, rounds),
        _by_chapter(tallies((chapter, outcome, number) for _, chapter, outcome, number in counted)),
        _published(by_docket),
    ]


def whole(counted: Counted) -> Tally:
    """Return the tally of the whole docket."""
    return tallies(("", outcome, number) for _, _, outcome, number in counted).get("", Tally())


def _by_round(by_docket: dict[str, Tally], rounds: dict[str, Round]) -> Sheet:
    ranked = sorted(by_docket.items(), key=lambda item: -item[1].total)
    rows = [(docket, rounds[docket].title if docket in rounds else NO_ROUND, *tally.cells) for docket, tally in ranked]
    return Sheet(
        "rounds",
        "Outcomes by round",
        ("Docket", "Round", *COLUMNS),
        rows,
        notes=(COPIES,),
        percent=SHARE,
        urls={docket: f"{reverse('docket')}?docket={docket}" for docket in by_docket},
        charts=(Drawn("by-round", "Outcomes by round, as shares of the petitions in each", "", bars=drawn(ranked)),),
    )


def _by_chapter(by_chapter: dict[str, Tally]) -> Sheet:
    kept = {chapter: tally for chapter, tally in by_chapter.items() if chapter}
    shown = [(chapter_in_words(chapter), kept[chapter]) for chapter in sorted(kept)]
    most = folded([(label, tally.counts) for label, tally in shown], MOST_CHAPTERS, "Other chapters")
    without, docket = by_chapter.get("", Tally()).total, reverse("docket")
    return Sheet(
        "chapters",
        "Outcomes by chapter of the tariff",
        ("Chapter", *COLUMNS),
        [(label, *tally.cells) for label, tally in shown],
        notes=(f"{without:,} petitions give no tariff number.",) if without else (),
        percent=SHARE,
        urls={chapter_in_words(chapter): f"{docket}?hts={chapter}" for chapter in kept},
        charts=(
            Drawn("by-chapter", "Outcomes in the chapters with the most petitions, as shares of the petitions in each",
                  OTHERS if len(shown) > MOST_CHAPTERS else "",
                  bars=drawn([(label, Tally(tuple(int(one) for one in counts))) for label, counts in most])),
        ),
    )  # fmt: skip


def _published(by_docket: dict[str, Tally]) -> Sheet:
    """Return the published counts beside ours, with the difference; a docket that is not on file here has none."""
    official = context_facts().official
    dockets = [fact.docket for fact in official if fact.docket != "all"]
    every = all(docket in by_docket for docket in dockets)
    ours = {**by_docket, **({"all": _sum(by_docket, dockets)} if every else {})}
    rows = []
    for fact in official:
        tally = ours.get(fact.docket)
        rows.append(
            (
                f"List {fact.lists}" if fact.docket != "all" else "Lists 1 to 4A",
                fact.requests,
                tally.total if tally else "Not loaded here",
                tally.total - fact.requests if tally else "Not loaded here",
                fact.granted,
                tally.granted if tally else "Not loaded here",
                tally.granted - fact.granted if tally else "Not loaded here",
                fact.confidence,
                fact.source,
            )
        )
    return Sheet(
        "published",
        "Published counts and ours",
        ("Docket of", "Petitions, published", "Petitions, here", "Difference", "Granted, published", "Granted, here",
         "Difference in grants", "Confidence", "Source"),
        rows,
        says="The two counts can differ. Some petitions were withdrawn or filed twice, and the copies of the old "
        "portal miss some. For List 3, 200 rows of the copy repeat others and 200 petitions are missing. We adjust "
        "neither count.",
        notes=("“Remembered” means that we could not check the figure against its source.",),
    )  # fmt: skip


def _sum(by_docket: dict[str, Tally], dockets: Sequence[str]) -> Tally:
    together = Tally()
    for docket in dockets:
        together += by_docket[docket]
    return together
