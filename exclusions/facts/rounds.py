"""The rounds in which a petition for a number could be filed on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from exclusions.facts.coverage import Coverage
from exclusions.hts import HtsNumber
from exclusions.models.round import Round

EASTERN = ZoneInfo("America/New_York")


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round whose window includes some time of the day. `actions` are codes; no `chapters` means all."""

    slug: str
    docket: str
    title: str
    closes_at: datetime
    actions: frozenset[str]
    chapters: tuple[str, ...]


def open_rounds(as_of: date) -> list[OpenRound]:
    """The rounds open at some time of the day in New York, those that close first first. One statement."""
    begins = datetime.combine(as_of, time(), EASTERN)
    ends = datetime.combine(as_of + timedelta(days=1), time(), EASTERN)
    rows = Round.objects.filter(opens_at__lt=ends, closes_at__gte=begins).order_by()
    found: dict[str, OpenRound] = {}
    columns = ("slug", "docket", "title", "closes_at", "eligible_chapters", "actions__code")
    for slug, docket, title, closes_at, chapters, code in rows.values_list(*columns):
        codes = found[slug].actions if slug in found else frozenset()
        found[slug] = OpenRound(slug, docket, title, closes_at, codes | {code}, tuple(chapters))
    return sorted(found.values(), key=lambda round_: (round_.closes_at, round_.slug))


def rounds_for(number: HtsNumber, covering: list[Coverage], rounds: list[OpenRound]) -> list[OpenRound]:
    """Those of `rounds` whose actions cover the number and whose chapters include it."""
    codes = {item.list_code for item in covering}
    return [
        round_
        for round_ in rounds
        if codes & round_.actions and (not round_.chapters or number.chapter in round_.chapters)
    ]
