"""Rounds as people ask for them: which are open, and what a round's rules make of a date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from exclusions.gateways.tariff.holidays_file import federal_holidays
from exclusions.models.round import Round
from exclusions.workflow.deadlines import (
    DayRule,
    DayUnit,
    RollRule,
    cure_closes,
    eastern_date,
    end_of_day,
    last_day,
    reply_closes,
    response_closes,
)
from exclusions.workflow.terms import Term, exclusion_term

WindowState = Literal["upcoming", "open", "closed"]


def day_rule(round: Round) -> DayRule:
    """Return how the round counts days, with the federal holidays."""
    return DayRule(DayUnit(round.day_unit), RollRule(round.roll_rule), federal_holidays())


def response_deadline(round: Round, posted: date | datetime) -> datetime | None:
    """Return until when responses to a petition posted then are in time; None when the round takes none."""
    if round.response_days is None:
        return None
    closes = response_closes(posted, day_rule(round), round.response_days)
    return max(closes, round.responses_until) if round.responses_until else closes


def cure_deadline(round: Round, returned: date | datetime) -> datetime:
    """Return until when a petition of the round that is returned then may be corrected, unless the clerk chooses."""
    return cure_closes(returned, day_rule(round))


def reply_deadline(round: Round, response_closes_at: datetime, response_posted: date | datetime) -> datetime | None:
    """Return until when the requester may reply to a response posted then; None when the round takes no replies."""
    if round.reply_days_after_close is None:
        return None
    return reply_closes(
        response_closes_at,
        response_posted,
        round.reply_days_after_close,
        round.reply_days_after_response,
        day_rule(round),
    )


def moved_end(round: Round, end: datetime, since: date | datetime, at: datetime) -> datetime:
    """Return an end moved by the days from one moment to another, counted as the round counts days."""
    rule, first, last = day_rule(round), eastern_date(since), eastern_date(at)
    days = [first + timedelta(days=number + 1) for number in range((last - first).days)]
    counted = len([day for day in days if round.day_unit == Round.DayUnit.CALENDAR or rule.is_business(day)])
    return ends_later(round, end, counted) if counted else end


def ends_later(round: Round, end: datetime, days: int) -> datetime:
    """Return an end later by so many days, counted as the round counts them."""
    return end_of_day(last_day(end, day_rule(round), days))


def term(round: Round, published_on: date) -> Term:
    """Return from when to when an exclusion of the round applies that is published on that date, both inclusive."""
    return exclusion_term(
        published_on,
        retroactive_rule=round.retroactive_rule,
        retroactive_from=round.retroactive_from,
        term_rule=round.term_rule,
        term_ends_on=round.term_ends_on,
    )


@dataclass(frozen=True)
class OpenNow:
    """A round in which a petition may be filed now: its address, name, docket, end, and the lists it is about."""

    slug: str
    title: str
    docket: str
    closes_at: datetime
    codes: list[str]


def open_rounds(at: datetime) -> list[OpenNow]:
    """Return the rounds whose filing window includes the moment, to the second, newest first. One statement."""
    rows = Round.objects.open_at(at.replace(microsecond=0))
    rows = rows.order_by("-opens_at", "slug", "actions__position", "actions__code")
    found: dict[str, OpenNow] = {}
    for slug, title, docket, closes_at, code in rows.values_list(
        "slug", "title", "docket", "closes_at", "actions__code"
    ):
        found.setdefault(slug, OpenNow(slug, title, docket, closes_at, [])).codes.extend(filter(None, [code]))
    return list(found.values())


def window_state(round: Round, at: datetime) -> WindowState:
    """Return where the moment lies before, in or after the round's filing window, to the second."""
    second = at.replace(microsecond=0)
    if second < round.opens_at:
        return "upcoming"
    return "open" if second <= round.closes_at else "closed"
