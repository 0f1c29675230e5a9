"""How petitions ended: by round, by list, by chapter of the tariff; and beside it what was published of the dockets."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr
from django.urls import reverse

from exclusions.charts.bars import folded
from exclusions.gateways.tariff.context_facts import context_facts
from exclusions.gateways.tariff.hs_names import chapter_in_words
from exclusions.models.round import Round
from exclusions.queries.answers.sheets import Drawn, Sheet
from exclusions.queries.answers.statistics.tally import COLUMNS, FIGURE, SHARE, Tally, drawn, tallies, with_outcome

Counted = Sequence[Sequence[Any]]  # docket, chapter, outcome, count
MOST_CHAPTERS = 12
NO_ROUND = "Round not on file"
COPIES = (
    "The copies of the portal tell only what was granted and what was denied: nothing of them is in part or closed."
)


def count() -> Counted:
    """Return how many petitions of each docket and chapter ended how. One statement."""
    rows = with_outcome().annotate(chapter=Substr("hts10", 1, 2)).values_list("docket", "chapter", "outcome_kind")
    return [list(row) for row in rows.annotate(count=Count("pk"))]


def sheets(counted: Counted) -> list[Sheet]:
    """Return the sheets of outcomes; two statements, for the rounds and their lists."""
    rounds = {found.docket: found for found in Round.objects.current().prefetch_related("actions").order_by("-pk")}
    by_docket = tallies((docket, outcome, number) for docket, _, outcome, number in counted)
    return [
        _by_round(by_docket, rounds),
        _by_list(by_docket, rounds),
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
        charts=(
            Drawn("by-round", "Outcomes by round, as shares of the petitions of each", FIGURE, bars=drawn(ranked)),
        ),
    )


def _by_list(by_docket: dict[str, Tally], rounds: dict[str, Round]) -> Sheet:
    named = [(_lists(rounds.get(docket)), docket, tally) for docket, tally in by_docket.items()]
    together: dict[str, Tally] = {}
    for name, _, tally in sorted(named, key=lambda item: (len(item[0]), item[:2])):
        together[name] = together.get(name, Tally()) + tally
    return Sheet(
        "lists",
        "Outcomes by list",
        ("List of the round", *COLUMNS),
        [(name, *tally.cells) for name, tally in together.items()],
        says="By the tariff action that the round of a petition is under. A round under several actions counts once, "
        "under all of their names.",
        percent=SHARE,
        charts=(
            Drawn("by-list", "Outcomes by list, as shares of the petitions of each", FIGURE,
                  bars=drawn(list(together.items()))),
        ),
    )  # fmt: skip


def _by_chapter(by_chapter: dict[str, Tally]) -> Sheet:
    kept = {chapter: tally for chapter, tally in by_chapter.items() if chapter}
    shown = [(chapter_in_words(chapter), kept[chapter]) for chapter in sorted(kept)]
    most = folded([(label, tally.counts) for label, tally in shown], MOST_CHAPTERS, "Other chapters")
    without = by_chapter.get("", Tally()).total
    return Sheet(
        "chapters",
        "Outcomes by chapter of the tariff",
        ("Chapter", *COLUMNS),
        [(label, *tally.cells) for label, tally in shown],
        notes=(f"{without:,} petitions show no number.",) if without else (),
        percent=SHARE,
        urls={chapter_in_words(chapter): f"{reverse('docket')}?hts={chapter}" for chapter in kept},
        charts=(
            Drawn("by-chapter", "Outcomes in the chapters with most petitions, as shares of the petitions of each",
                  f"The {MOST_CHAPTERS} chapters with most petitions; the others are one bar. {FIGURE}",
                  bars=drawn([(label, Tally(tuple(int(one) for one in counts))) for label, counts in most])),
        ),
    )  # fmt: skip


def _published(by_docket: dict[str, Tally]) -> Sheet:
    """The published counts beside ours, with the difference; a docket that is not on file here has none."""
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
        "Published counts beside those of this docket",
        ("Docket of", "Petitions, published", "Petitions, here", "Difference", "Granted, published", "Granted, here",
         "Difference of grants", "Confidence", "Source"),
        rows,
        says="Where both differ, petitions were withdrawn, filed twice, or missed by those who copied the portal: of "
        "List 3, 200 rows of the copy repeat others, and 200 petitions are missing from it. Neither count is made to "
        "agree with the other.",
    )  # fmt: skip


def _sum(by_docket: dict[str, Tally], dockets: Sequence[str]) -> Tally:
    together = Tally()
    for docket in dockets:
        together += by_docket[docket]
    return together


def _lists(found: Round | None) -> str:
    if found is None:
        return NO_ROUND
    codes = sorted(action.code for action in found.actions.all())
    return f"List {', '.join(codes)}" if codes else "No list"
