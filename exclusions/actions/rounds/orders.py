"""Orders about a round: its window or its response periods are extended, it is paused and resumed, each on record.

An order applies to every version of the round alike. It needs a citation and a reason, which its page shows.
"""

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import record_event
from exclusions.actions.rounds.moved_periods import (
    later_by,
    later_reply,
    move_periods,
    move_single,
    petitions_of,
    stood,
)
from exclusions.actions.rounds.versions import moved_state, refuse_unless_administrator, subject_of, tell_owners
from exclusions.errors import Incomplete, WrongState
from exclusions.models import DocketVersion, Round, RoundOrder, User
from exclusions.queries.public.rounds import ends_later, moved_end
from exclusions.workflow.deadlines import end_of_day, in_words
from exclusions.workflow.states import COMMENTING, Status

_CITATION = re.compile(r"[0-9]{1,3} FR [0-9]{1,6}( \([^()]{1,60}\))?")
Kind = RoundOrder.Kind
MOST_DAYS = 90


def extend_filing(round: Round, *, until: date, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Extend the filing window to the end of a later day; return the round.

    Raises NotPermitted, Incomplete for what is missing or a day that is not later, WrongState for a window that has
    closed: it is not opened again, but for a demonstration's.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        closes = filing_end(locked, until, at)
        kind = Kind.EXTEND_FILING if at <= locked.closes_at else Kind.REOPEN
        return give(locked, kind, {"closes_at": closes}, citation, reason, by, at, f"until {in_words(closes)}")


def extend_responses(round: Round, *, until: date, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Let no response period of the round that still runs, or begins before, end earlier than a day; return the round.

    Replies follow: the days for them count from the new end. Raises as `extend_filing`.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        closes = responses_end(locked, until, at)
        moved = give(
            locked, Kind.EXTEND_RESPONSES, {"responses_until": closes}, citation, reason, by, at,
            f"until {in_words(closes)}",
        )  # fmt: skip
        running = petitions_of(locked, status=Status.POSTED, response_closes_at__gte=at, response_closes_at__lt=closes)
        move_periods(running, lambda _: closes, lambda one: later_reply(one, closes), at)
    return moved


def filing_end(round: Round, until: date, at: datetime) -> datetime:
    """Return when a filing window ends that is extended to a day. Raises WrongState, Incomplete."""
    if at > round.closes_at and not round.is_demo:
        raise WrongState(f"The filing window closed on {in_words(round.closes_at)}. Make another round.")
    closes = end_of_day(until)
    _refuse_not_later(closes, max(round.closes_at, at))
    return closes


def responses_end(round: Round, until: date, at: datetime) -> datetime:
    """Return before when no response period ends that is extended to a day. Raises WrongState, Incomplete."""
    if not round.accepts_responses:
        raise WrongState(f"{round.title} takes no responses to a filing.")
    closes = end_of_day(until)
    _refuse_not_later(closes, max(round.responses_until or at, at))
    return closes


def extend_pending(
    round: Round,
    *,
    days: int,
    citation: str,
    reason: str,
    by: User,
    at: datetime,
    holds_until: datetime | None = None,
) -> Round:
    """Let every deadline of the round that is pending end later by so many days, counted as the round counts them.

    `holds_until`: it falls then, unless it is confirmed (`outages`).

    After an outage: the filing window while it is open, the periods to respond, to reply and to correct, and the last
    days of questions to filers. What had ended before stays ended. Raises as `pause`; Incomplete for 1 to 90 days not.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        if not 1 <= days <= MOST_DAYS:
            raise Incomplete(fields={"days": [f"Give a number of days from 1 to {MOST_DAYS}."]})
        if locked.paused_since is not None and locked.clocks_stand:
            raise WrongState("Periods do not run while the round is paused. Resume it first.")
        state: dict[str, Any] = {}
        for name in ("closes_at", "responses_until"):
            end = getattr(locked, name)
            if end is not None and end >= at:
                state[name] = ends_later(locked, end, days)
        said = f"by {days} day{'' if days == 1 else 's'}"
        if holds_until:
            said += f"; it holds until {in_words(holds_until)} unless a second administrator confirms it"
        more = {"days": days, "holds_until": holds_until}
        moved = give(locked, Kind.EXTEND_PENDING, state, citation, reason, by, at, said, **more)
        later = later_by(days, at)
        move_single(locked, at, later)
        waiting = petitions_of(locked, status__in=COMMENTING, response_closes_at__isnull=False)
        move_periods(
            waiting,
            lambda one: later(one.round, one.response_closes_at, one.posted_at),
            lambda one: later(one.petition.round, one.reply_closes_at, one.posted_at),
            at,
        )
    return moved


def pause(round: Round, *, clocks_stand: bool, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Pause the round: no petition is filed. Where the clocks stand, nobody responds or replies, and no period ends.

    Raises NotPermitted, Incomplete, WrongState for a round that is paused.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        if locked.paused_since is not None:
            raise WrongState(f"The round has been paused since {in_words(locked.paused_since)}.")
        said = "response and reply periods are paused too" if clocks_stand else "response and reply periods continue"
        return give(
            locked, Kind.PAUSE, {"paused_since": at, "clocks_stand": clocks_stand}, citation, reason, by, at, said
        )  # fmt: skip


def resume(round: Round, *, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Go on with a paused round. Where the clocks stood, every period gets back the days for which it stood.

    Raises NotPermitted, Incomplete, WrongState for a round that is not paused.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        since = locked.paused_since
        if since is None:
            raise WrongState("The round is not paused.")
        state: dict[str, Any] = {"paused_since": None, "clocks_stand": False}
        with_clocks = locked.clocks_stand
        if with_clocks:
            for name in ("closes_at", "responses_until"):
                end = getattr(locked, name)
                if end is not None and end >= since:
                    state[name] = moved_end(locked, end, since, at)
        said = "open periods end later by the days of the pause" if with_clocks else "all periods ran on"
        moved = give(locked, Kind.RESUME, state, citation, reason, by, at, said)
        # Nothing could be corrected and submitted again meanwhile, whether other periods stood or not.
        move_single(locked, since, lambda round_, end, begun: stood(round_, end, since, begun, at))
        if with_clocks:
            waiting = petitions_of(locked, status__in=COMMENTING, response_closes_at__isnull=False)
            move_periods(
                waiting,
                lambda one: stood(one.round, one.response_closes_at, since, one.posted_at, at),
                lambda one: stood(one.petition.round, one.reply_closes_at, since, one.posted_at, at),
                at,
            )
    return moved


def reopen_demonstration(
    round: Round, opens_at: datetime, closes_at: datetime, *, citation: str, by: User | None, at: datetime
) -> Round:
    """Place the window of a demonstration anew, as its file says; return the round. WrongState for any other round."""
    if not round.is_demo:
        raise WrongState(f"The window of {round.title} cannot change: a petition was filed in the round.")
    state = {"opens_at": opens_at, "closes_at": closes_at}
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round.pk)
        return give(locked, Kind.REOPEN, state, citation, "The demonstration was loaded again.", by, at, "")


def _ready(round: Round, citation: str, reason: str, by: User) -> Round:
    refuse_unless_administrator(by)
    refuse_words(citation, reason)
    return Round.objects.current().select_for_update().get(slug=round.slug)


def refuse_words(citation: str, reason: str) -> None:
    """Raise Incomplete for an order without a citation of its notice, or without a reason in a sentence."""
    fields: dict[str, list[str]] = {}
    if not _CITATION.fullmatch(citation.strip()):
        fields["citation"] = ["Give the Federal Register citation of the order, for example 84 FR 38717."]
    if len(reason.split()) < 3:
        fields["reason"] = ["Give the reason in a sentence. The round's page shows it."]
    if fields:
        raise Incomplete(*(said for group in fields.values() for said in group), fields=fields)


def _refuse_not_later(until: datetime, than: datetime) -> None:
    if until <= than:
        raise Incomplete(fields={"until": [f"Choose a day later than {in_words(than)}."]})


def give(
    round: Round,
    kind: RoundOrder.Kind,
    state: dict[str, Any],
    citation: str,
    reason: str,
    by: User | None,
    at: datetime,
    said: str,
    **more: Any,
) -> Round:
    """Put the order on record, and then what it moves on every version: the database lets nothing else move it.

    `state` is what it moves of the round, `more` the other columns of the order; `said` goes into a mail to everybody
    with an open petition in the round.
    """
    whole = {**moved_state(round), **state}
    RoundOrder.objects.create(
        slug=round.slug, kind=kind, given_at=at, citation=citation.strip(), reason=reason.strip(), **more, **whole
    )
    Round.objects.filter(slug=round.slug).update(**whole)
    DocketVersion.advance()  # the pages of its petitions say so
    record_event(subject_of(round), f"round_{kind}", by=by, at=at, reason=reason.strip(), data={"citation": citation})
    words = f"{kind.label}{f', {said}' if said else ''} ({citation.strip()})."
    tell_owners(
        round, f"{round.title}: {kind.label.lower()}", words, at=at, url=page_address("round", round.slug)
    )  # fmt: skip
    return Round.objects.get(pk=round.pk)
