"""The rounds in which a petition for a number could be filed on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from exclusions.days import EASTERN
from exclusions.facts.coverage import Coverage
from exclusions.hts import HtsNumber
from exclusions.models.round import Round, RoundOrder
from exclusions.workflow.deadlines import in_words, window_refusal
from exclusions.workflow.term_choices import LISTING


def round_in_force(slug: str) -> Round | None:
    """Return the version of a round that is in force, by the round's short name; None where there is no such round."""
    return Round.objects.current().filter(slug=slug).order_by("version").first()


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round whose window includes some time of the day.

    `actions` are codes; `numbers` are beginnings of the numbers that it takes: none means all.
    """

    slug: str
    docket: str
    title: str
    closes_at: datetime
    actions: frozenset[str]
    numbers: tuple[str, ...]


_COLUMNS = ("slug", "docket", "title", "closes_at", "eligible_chapters", "eligible_subheadings", "actions__code")
_UNPAUSED = Round.objects.current().exclude(kind__in=LISTING).filter(paused_since__isnull=True)
_ROWS = _UNPAUSED.order_by().values_list(*_COLUMNS)  # put together once


def open_rounds(as_of: date) -> list[OpenRound]:
    """Return the rounds open at some time of the day in New York, those that close first first. One statement."""
    begins = datetime.combine(as_of, time(), EASTERN)
    ends = datetime.combine(as_of + timedelta(days=1), time(), EASTERN)
    found: dict[str, OpenRound] = {}
    for slug, docket, title, closes_at, chapters, subheadings, code in _ROWS.filter(
        opens_at__lt=ends, closes_at__gte=begins
    ):
        codes = found[slug].actions if slug in found else frozenset()
        found[slug] = OpenRound(slug, docket, title, closes_at, codes | {code}, tuple(subheadings or chapters))
    return sorted(found.values(), key=lambda round_: (round_.closes_at, round_.slug))


def takes(codes: Collection[str], beginnings: Collection[str], number: str, covering: Collection[Coverage]) -> bool:
    """Say whether a round of these lists and beginnings of numbers (none: all) takes a plain number.

    `covering` are the actions that cover it.
    """
    return covers(codes, covering) and begins_so(number, beginnings)


def begins_so(number: str, beginnings: Collection[str]) -> bool:
    """Say whether a plain number begins in one of these ways (none: it may begin in any)."""
    return not beginnings or number.startswith(tuple(beginnings))


def covers(codes: Collection[str], covering: Collection[Coverage]) -> bool:
    """Say whether one of the lists is among the actions that cover a number."""
    return any(item.list_code in codes for item in covering)


def rounds_for(number: HtsNumber, covering: list[Coverage], rounds: list[OpenRound]) -> list[OpenRound]:
    """Those of `rounds` whose actions cover the number and whose chapters or subheadings include it."""
    return [round_ for round_ in rounds if takes(round_.actions, round_.numbers, number.plain, covering)]


def rounds_of(number: str, covering: Sequence[OpenRound]) -> Sequence[OpenRound]:
    """Those whose chapters or subheadings include the plain number, of rounds whose actions cover it."""
    if not any(round_.numbers for round_ in covering):
        return covering
    return [round_ for round_ in covering if begins_so(number, round_.numbers)]


def periods_stand(round: Round) -> bool:
    """Say whether the round is paused in such a way that nobody responds or replies, and no period ends."""
    return round.paused_since is not None and round.clocks_stand


def window_refusals(round: Round, at: datetime) -> list[str]:
    """Return why no petition can be filed in a round at a moment; empty: it takes them."""
    window = window_refusal(round.opens_at, round.closes_at, at, what=f"The filing window of {round.title}")
    listing = f"{round.title} takes comments on the exclusions that it lists, and no petitions."
    return [said for said in (window, round.lists_exclusions and listing, pause_refusal(round)) if said]


def pause_refusal(round: Round) -> str:
    """Return why nothing can be filed in a paused round; empty: it is not paused."""
    if round.paused_since is None:
        return ""
    return f"{round.title} has been paused since {in_words(round.paused_since)}. You cannot file until it resumes."


def closes_as_of(round: Round, at: datetime) -> datetime:
    """Return until when a filing at a moment was in time: as the window stands, or as an order had it stand then."""
    ends = RoundOrder.objects.filter(slug=round.slug, given_at__lte=at).values_list("closes_at", flat=True)
    then = ends.order_by("-given_at", "-pk").first()
    return max(round.closes_at, then) if then else round.closes_at
