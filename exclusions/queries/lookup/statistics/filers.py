"""Who asked: by size, by whether somebody filed for them, by how often, and the first petition of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, Count, F, Func, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.lookup.statistics.tally import COLUMNS, SHARE, Tally, drawn, tallies, with_outcome

SIZES = {"Yes": "Small business", "No": "Not a small business", "": "Left blank"}
WAYS = {"own": "Filed by the requester", "other": "Filed by someone else for the requester",
        "staff": "Entered by agency staff on a written request"}  # fmt: skip
SPREADSHEET = "Not in the source (loaded from a spreadsheet)"
ASSISTED = "agency staff"
TIMES = ((1, "1 petition"), (9, "2 to 9 petitions"), (99, "10 to 99 petitions"), (None, "100 petitions or more"))
FIRST, LATER = "First petition of an organization", "Later petitions"


class PublicAnswer(Func):
    """One answer of a public copy (a list of rows with key and value), as text; NULL where there is none."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Look it up in the list by SQLite's functions."""
        template = (
            "(SELECT json_extract(answer.value, '$.value') FROM json_each(%(expressions)s) AS answer"
            " WHERE json_extract(answer.value, '$.key') = '%(key)s' LIMIT 1)"
        )
        return super().as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Look it up in the list by a path."""
        template = "(jsonb_path_query_first(%(expressions)s, '$[*] ? (@.key == \"%(key)s\").value') #>> '{}')"
        return super().as_sql(compiler, connection, template=template, **more)


def count() -> dict[str, list[list[Any]]]:
    """Return how petitions ended by size, by way of filing, by how many an organization filed, and of the first ones.

    Organizations are told apart by their names as written. Four statements.
    """
    way = Case(
        When(filer_name="", then=Value("own")),
        When(filer_name__startswith=ASSISTED, then=Value("staff")),
        default=Value("other"),
        output_field=CharField(),
    )
    here = with_outcome().filter(historical=False)
    size = Coalesce(PublicAnswer(F("answers"), key="is_small_business"), Value(""))
    sizes = here.annotate(size=size).values_list("size", "outcome_kind")
    named = with_outcome().exclude(organization_name="")
    asked = named.values_list("organization_name", "outcome_kind")
    place = Window(RowNumber(), partition_by="organization_name", order_by=[Coalesce("posted_on", Value("9999-12-31")),
                                                                            "reference"])  # fmt: skip
    return {
        "sizes": _lists(sizes.annotate(count=Count("pk"))),
        "ways": _lists(here.annotate(way=way).values_list("way", "outcome_kind").annotate(count=Count("pk"))),
        "loaded": _lists(
            with_outcome().filter(historical=True).values_list("docket", "outcome_kind").annotate(count=Count("pk"))
        ),
        "asked": _by_times(asked.annotate(count=Count("pk"))),
        "first": _first(named.annotate(place=place).filter(place=1).values_list("outcome_kind", flat=True)),
    }


def sheets(counted: dict[str, list[list[Any]]]) -> list[Sheet]:
    """Return the sheets of who asked. No statement."""
    loaded = sum(tallies(("", outcome, number) for _, outcome, number in counted["loaded"]).values(), Tally())
    return [_sized(counted, loaded), _filed(counted, loaded), _often(counted)]


def _sized(counted: dict[str, list[list[Any]]], loaded: Tally) -> Sheet:
    rows = _named(counted["sizes"], SIZES, loaded)
    return Sheet(
        "sizes",
        "Outcomes by size of the requester",
        ("Small business, as the requester says", *COLUMNS),
        [(label, *tally.cells) for label, tally in rows],
        says="Requesters say themselves whether they meet the size standard for their industry (13 CFR 121.201).",
        percent=SHARE,
        charts=(Drawn("by-size", "Outcomes by size of the requester, as shares of each", "", bars=drawn(rows)),),
    )


def _filed(counted: dict[str, list[list[Any]]], loaded: Tally) -> Sheet:
    rows = _named(counted["ways"], WAYS, loaded)
    return Sheet(
        "represented",
        "Outcomes by who filed",
        ("Filed by", *COLUMNS),
        [(label, *tally.cells) for label, tally in rows],
        says="A law firm, a broker or an association may file for the requester.",
        percent=SHARE,
        charts=(Drawn("by-way", "Outcomes by who filed, as shares of each", "", bars=drawn(rows)),),
    )


def _often(counted: dict[str, list[list[Any]]]) -> Sheet:
    by_times = tallies((label, outcome, number) for label, outcome, number in counted["asked"])
    first = tallies(("", outcome, number) for outcome, number in counted["first"]).get("", Tally())
    every = sum(by_times.values(), Tally())
    later = Tally(tuple(one - other for one, other in zip(every.counts, first.counts, strict=True)))
    rows = [(label, by_times[label]) for _, label in TIMES if label in by_times]
    rows += [(label, tally) for label, tally in ((FIRST, first), (LATER, later)) if tally.total]
    return Sheet(
        "frequency",
        "Outcomes by how often an organization asked",
        ("Organizations with", *COLUMNS),
        [(label, *tally.cells) for label, tally in rows],
        says="For all dockets on file. The last two rows count the same petitions again: the first petition of each "
        "organization, and its later ones.",
        notes=("We tell organizations apart by name. An organization with two spellings counts twice.",),
        percent=SHARE,
        charts=(Drawn("by-times", "Outcomes by how often an organization asked, as shares of each", "",
                      bars=drawn(rows)),),
    )  # fmt: skip


def _named(rows: Iterable[Sequence[Any]], names: dict[str, str], loaded: Tally) -> list[tuple[str, Tally]]:
    """Tallies under their names, in the order of these; what a spreadsheet does not tell comes last."""
    found = tallies((names.get(str(key), str(key)), outcome, number) for key, outcome, number in rows)
    order = [*names.values(), *sorted(found.keys() - set(names.values()))]
    told = [(name, found[name]) for name in order if name in found]
    return [*told, *([(SPREADSHEET, loaded)] if loaded.total else [])]


def _by_times(rows: Iterable[tuple[str, str, int]]) -> list[list[Any]]:
    """(label of TIMES, outcome, count) from (organization, outcome, count)."""
    by_organization: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for organization, outcome, number in rows:
        by_organization[organization].append((outcome, number))
    found: Counter[tuple[str, str]] = Counter()
    for outcomes in by_organization.values():
        total = sum(number for _, number in outcomes)
        label = next(label for most, label in TIMES if most is None or total <= most)
        for outcome, number in outcomes:
            found[label, outcome] += number
    return [[label, outcome, number] for (label, outcome), number in sorted(found.items())]


def _first(outcomes: Iterable[str]) -> list[list[Any]]:
    return [[outcome, number] for outcome, number in sorted(Counter(outcomes).items())]


def _lists(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(row) for row in rows]
