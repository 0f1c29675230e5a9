"""Small tariffs drawn at random, around one subheading and the seven weeks after New Year's Day 2019.

Every kind of row begins and ends within those weeks, so that a drawn day is often the first or last of something.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from exclusions.models import (
    ActionRate,
    CoveredLine,
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    HtsEdition,
    TariffAction,
    TariffLine,
)
from tests.opened import opened

FIRST_DAY, DAYS = date(2019, 1, 1), 50
EASTERN = ZoneInfo("America/New_York")
MADE = datetime(2018, 12, 28, tzinfo=EASTERN)
EIGHT = "68109900"
TENS = ("6810990010", "6810990080", "6810990000")
NUMBERS = (EIGHT, *TENS)
# Two headings of each list: the same list can put a subheading and a number below it under different ones.
HEADINGS = {"1": ("99038801", "99038802"), "3": ("99038803", "99038804"), "FYR": ("99039101", "99039102")}
IN_TRANSIT = "99038809"

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class World:
    """Rows as plain values, in the order of the fields that `make` writes, and the number to ask for."""

    asked: str
    rates: list[tuple[str, str, Decimal, str, Span]]
    covered: list[tuple[str, str, str, bool, Span]]
    lines: list[tuple[str, Span]]
    editions: list[tuple[date, tuple[str, str]]]
    exclusions: list[tuple[list[tuple[Span, bool, list[tuple[str, Span]]]], list[tuple[str, Span]]]]

    @property
    def boundaries(self) -> dict[str, list[date]]:
        """By kind of row the first and last days, and the days beside them; only kinds that have some."""
        texts = [text for texts, _ in self.exclusions for text in texts]
        spans = {
            "rate": [row[-1] for row in self.rates],
            "row": [row[-1] for row in self.covered],
            "line": [row[-1] for row in self.lines],
            "edition": [(start, None) for start, _ in self.editions],
            "text": [span for span, _, _ in texts],
            "number": [span for _, _, numbers in texts for _, span in numbers],
            "term": [span for _, terms in self.exclusions for _, span in terms],
        }
        return {kind: found for kind in spans if (found := _beside(spans[kind]))}


def _beside(spans: list[Span]) -> list[date]:
    """Each first and last day as often as the two days beside it together."""
    days = sorted({day for span in spans for day in span if day})
    return [day + timedelta(days=beside) for day in days for beside in (0, 0, -1, 1)]


days = st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def spans(draw: Callable[[Any], Any], *, dated: bool = True) -> Span:
    """A first and a last day, or none; where rows need no dates, the first may be unknown too."""
    first = None if not dated and draw(st.booleans()) else FIRST_DAY + timedelta(days=draw(st.integers(0, DAYS // 2)))
    if draw(st.booleans()):
        return first, None
    return first, (first or FIRST_DAY) + timedelta(days=draw(st.integers(0, DAYS // 2)))


def many(row: Any, least: int, most: int, once: Callable[[Any], Any] | None = None) -> Any:
    """Between so many rows; `once` is what the database allows one time only."""
    return st.lists(row, min_size=least, max_size=most, unique_by=once)


def _rates() -> Any:
    """One or two rates of each heading, some of them suspended, and perhaps one for goods in transit."""
    kind = st.sampled_from(["whole", "whole", "whole", "suspended"])
    pct = st.sampled_from([Decimal("7.50"), Decimal(25)])
    of_heading = [
        many(st.tuples(st.just(code), st.just(heading), pct, kind, spans()), 1, 2, once=lambda row: row[-1][0])
        for code, headings in HEADINGS.items()
        for heading in headings
    ]
    transit = st.tuples(st.just("3"), st.just(IN_TRANSIT), st.just(Decimal(10)), st.just("in_transit"), spans())
    return st.tuples(*of_heading, many(transit, 0, 1)).map(lambda groups: [row for group in groups for row in group])


def _covered(near: Any) -> Any:
    """Rows of each list: the subheading, the number asked for and its neighbours, in and out."""
    groups = [
        many(
            st.tuples(st.just(code), near, st.sampled_from(headings), st.sampled_from([True, True, False]), spans()),
            least,
            4,
            once=lambda row: (row[1], row[2], row[-1][0]),
        )
        for least, (code, headings) in enumerate(HEADINGS.items())
    ]
    return st.tuples(*groups).map(lambda found: [row for group in found for row in group])


@st.composite
def worlds(draw: Callable[[Any], Any]) -> World:
    """A tariff with lists, editions and exclusions of one subheading, and one of its numbers to ask for."""
    asked = draw(st.sampled_from(NUMBERS))
    near = st.sampled_from((asked, EIGHT, *NUMBERS))
    named = many(st.tuples(near, spans(dated=False)), 1, 3)
    text = st.tuples(spans(dated=False), st.booleans(), named)
    status = st.sampled_from(["published", "published", "published", "pending", "deleted"])
    terms = many(st.tuples(status, spans(dated=False)), 1, 2)
    # More exclusions than any sentence prints, in force throughout.
    lasting: Any = ([((None, None), False, [(asked, (None, None))])], [("published", (FIRST_DAY, None))])
    reach = st.sampled_from([("", ""), ("6810", "6811"), ("8413", "8414")])
    return World(
        asked=asked,
        rates=draw(_rates()),
        covered=draw(_covered(near)),
        lines=draw(many(st.tuples(near, spans()), 0, 4, once=lambda row: (row[0], row[1][0]))),
        editions=draw(many(st.tuples(days, reach), 0, 2, once=lambda row: row[0])),
        exclusions=draw(many(st.tuples(many(text, 1, 2), terms), 0, 5)) + [lasting] * draw(st.sampled_from([0, 0, 7])),
    )


def make(world: World) -> None:
    """Put the world in place of whatever tariff there is."""
    with opened(Exclusion, ExclusionText, ExclusionNumber, ExclusionTerm):
        for model in (ActionRate, CoveredLine, TariffLine, HtsEdition, Exclusion):
            model._default_manager.all().delete()
    actions = {
        code: TariffAction.objects.get_or_create(code=code, defaults={"name": code, "position": position})[0]
        for position, code in enumerate(HEADINGS)
    }
    ActionRate.objects.bulk_create(
        ActionRate(action=actions[code], heading=heading, pct=pct, kind=kind, **dated(span))
        for code, heading, pct, kind, span in world.rates
    )
    CoveredLine.objects.bulk_create(
        CoveredLine(action=actions[code], number=number, heading=heading, included=included, **dated(span))
        for code, number, heading, included, span in world.covered
    )
    TariffLine.objects.bulk_create(
        TariffLine(number=number, level=len(number), position=0, description="Slabs", full_description="Slabs",
                   **dated(span))
        for number, span in world.lines
    )  # fmt: skip
    loaded = datetime(2019, 1, 1, tzinfo=EASTERN)
    HtsEdition.objects.bulk_create(
        HtsEdition(name=f"{start}", valid_from=start, first_number=first, last_number=last, row_count=0,
                   loaded_at=loaded)
        for start, (first, last) in world.editions
    )  # fmt: skip
    for count, (texts, terms) in enumerate(world.exclusions):
        _make_exclusion(actions["3"], count, texts, terms)


def _make_exclusion(action: TariffAction, count: int, texts: Any, terms: Any) -> None:
    """Write one; at most one of its texts is of the whole number, or two sentences about it would be the same."""
    exclusion = Exclusion.objects.create(
        reference=f"EX-{count}", action=action, product_key=f"{count:064d}", created_at=MADE
    )
    for version, (span, whole, numbers) in enumerate(texts, 1):
        text = ExclusionText.objects.create(
            exclusion=exclusion,
            version=version,
            text=f"Slabs {count}.{version}",
            whole_number=whole and version == 1,
            **dated(span),
        )
        ExclusionNumber.objects.bulk_create(
            ExclusionNumber(text=text, number=number, **dated(when)) for number, when in numbers
        )
    ExclusionTerm.objects.bulk_create(
        ExclusionTerm(
            exclusion=exclusion, heading=f"9903{count:02}{seq:02}", seq=seq, item=str(seq), status=status, **dated(span)
        )
        for seq, (status, span) in enumerate(terms, 1)
    )


def dated(span: Span) -> dict[str, date | None]:
    """The two days as the columns of a row."""
    return {"valid_from": span[0], "valid_to": span[1]}
