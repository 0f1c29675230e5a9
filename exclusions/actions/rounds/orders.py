"""Orders about a round: its window or its response periods are extended, it is paused and resumed, each on record.

An order applies to every version of the round alike. It needs a citation and a reason, which its page shows.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import record_event
from exclusions.actions.record.public_decisions import question_facts
from exclusions.actions.rounds.versions import moved_state, refuse_unless_administrator, subject_of, tell_owners
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    DocketVersion,
    Inquiry,
    Petition,
    PublicPetition,
    PublicResponse,
    Response,
    Round,
    RoundOrder,
    User,
)
from exclusions.queries.public.rounds import ends_later, moved_end, reply_deadline
from exclusions.queries.record.taken_down import down_of
from exclusions.workflow.deadlines import end_of_day, in_words
from exclusions.workflow.states import COMMENTING, Status

_CITATION = re.compile(r"[0-9]{1,3} FR [0-9]{1,6}( \([^()]{1,60}\))?")
Kind = RoundOrder.Kind
MOST_DAYS = 90
# Round, end of a period and when it began; returns the new end.
Moves = Callable[[Round, datetime | None, datetime | None], datetime | None]


def extend_filing(round: Round, *, until: date, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Extend the filing window to the end of a later day; return the round.

    Raises NotPermitted, Incomplete for what is missing or a day that is not later, WrongState for a window that has
    closed: it is not opened again, but for a demonstration's.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        closes = end_of_day(until)
        if at > locked.closes_at and not locked.is_demo:
            raise WrongState(f"The filing window closed on {in_words(locked.closes_at)}. Make another round.")
        _refuse_not_later(closes, max(locked.closes_at, at))
        kind = Kind.EXTEND_FILING if at <= locked.closes_at else Kind.REOPEN
        return _give(locked, kind, {"closes_at": closes}, citation, reason, by, at, f"until {in_words(closes)}")


def extend_responses(round: Round, *, until: date, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Let no response period of the round that still runs, or begins before, end earlier than a day; return the round.

    Replies follow: the days for them count from the new end. Raises as `extend_filing`.
    """
    with transaction.atomic():
        locked = _ready(round, citation, reason, by)
        if not locked.accepts_responses:
            raise WrongState(f"{locked.title} takes no responses to a filing.")
        closes = end_of_day(until)
        _refuse_not_later(closes, max(locked.responses_until or at, at))
        moved = _give(
            locked, Kind.EXTEND_RESPONSES, {"responses_until": closes}, citation, reason, by, at,
            f"until {in_words(closes)}",
        )  # fmt: skip
        running = _of_round(locked, status=Status.POSTED, response_closes_at__gte=at, response_closes_at__lt=closes)
        _move_periods(running, lambda _: closes, lambda one: _later_reply(one, closes), at)
    return moved


def extend_pending(round: Round, *, days: int, citation: str, reason: str, by: User, at: datetime) -> Round:
    """Let every deadline of the round that is pending end later by so many days, counted as the round counts them.

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
        moved = _give(locked, Kind.EXTEND_PENDING, state, citation, reason, by, at, said, days=days)
        later = _later_by(days, at)
        _move_single(locked, at, later)
        waiting = _of_round(locked, status__in=COMMENTING, response_closes_at__isnull=False)
        _move_periods(
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
        return _give(
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
        stood = locked.clocks_stand
        if stood:
            for name in ("closes_at", "responses_until"):
                end = getattr(locked, name)
                if end is not None and end >= since:
                    state[name] = moved_end(locked, end, since, at)
        said = "open periods end later by the days of the pause" if stood else "all periods ran on"
        moved = _give(locked, Kind.RESUME, state, citation, reason, by, at, said)
        # Nothing could be corrected and submitted again meanwhile, whether other periods stood or not.
        _move_single(locked, since, lambda round_, end, begun: _stood(round_, end, since, begun, at))
        if stood:
            waiting = _of_round(locked, status__in=COMMENTING, response_closes_at__isnull=False)
            _move_periods(
                waiting,
                lambda one: _stood(one.round, one.response_closes_at, since, one.posted_at, at),
                lambda one: _stood(one.petition.round, one.reply_closes_at, since, one.posted_at, at),
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
        return _give(locked, Kind.REOPEN, state, citation, "The demonstration was loaded again.", by, at, "")


def _ready(round: Round, citation: str, reason: str, by: User) -> Round:
    refuse_unless_administrator(by)
    fields: dict[str, list[str]] = {}
    if not _CITATION.fullmatch(citation.strip()):
        fields["citation"] = ["Give the Federal Register citation of the order, for example 84 FR 38717."]
    if len(reason.split()) < 3:
        fields["reason"] = ["Give the reason in a sentence. The round's page shows it."]
    if fields:
        raise Incomplete(*(said for group in fields.values() for said in group), fields=fields)
    return Round.objects.current().select_for_update().get(slug=round.slug)


def _refuse_not_later(until: datetime, than: datetime) -> None:
    if until <= than:
        raise Incomplete(fields={"until": [f"Choose a day later than {in_words(than)}."]})


def _give(
    round: Round,
    kind: RoundOrder.Kind,
    state: dict[str, Any],
    citation: str,
    reason: str,
    by: User | None,
    at: datetime,
    said: str,
    days: int | None = None,
) -> Round:
    """Put the order on record, and then what it moves on every version: the database lets nothing else move it."""
    whole = {**moved_state(round), **state}
    RoundOrder.objects.create(
        slug=round.slug, kind=kind, given_at=at, citation=citation.strip(), reason=reason.strip(), days=days, **whole
    )
    Round.objects.filter(slug=round.slug).update(**whole)
    DocketVersion.advance()  # the pages of its petitions say so
    record_event(subject_of(round), f"round_{kind}", by=by, at=at, reason=reason.strip(), data={"citation": citation})
    words = f"{kind.label}{f', {said}' if said else ''} ({citation.strip()})."
    tell_owners(
        round, f"{round.title}: {kind.label.lower()}", words, at=at, url=page_address("round", round.slug)
    )  # fmt: skip
    return Round.objects.get(pk=round.pk)


def _of_round(round: Round, **conditions: Any) -> list[Petition]:
    rows = Petition.objects.select_for_update(of=("self",)).filter(round__slug=round.slug, **conditions)
    return list(rows.select_related("round").order_by("pk"))


def _move_single(round: Round, since: datetime, later: Moves) -> None:
    """Give what filers have to do by a day of its own its new end: corrections, and answers to questions."""
    for returned in _of_round(round, status=Status.RETURNED, cure_closes_at__gte=since):
        returned.cure_closes_at = later(returned.round, returned.cure_closes_at, returned.status_since)
        returned.save(update_fields=["cure_closes_at"])
    asked = Inquiry.objects.select_for_update(of=("self",)).filter(
        petition__round__slug=round.slug, closes_at__gte=since, answer__isnull=True, withdrawn_at__isnull=True,
        lapsed_at__isnull=True,
    )  # fmt: skip
    for inquiry in asked.select_related("petition__round").order_by("pk"):
        inquiry.closes_at = later(inquiry.petition.round, inquiry.closes_at, inquiry.asked_at) or inquiry.closes_at
        inquiry.save(update_fields=["closes_at"])
        told = question_facts(inquiry.petition, down_of(inquiry.petition))
        if PublicPetition.objects.filter(reference=inquiry.petition.reference).update(questions=told):
            DocketVersion.advance()


def _later_by(days: int, at: datetime) -> Moves:
    """Return what moves an end that is pending at a moment by so many days."""
    return lambda round, end, begun: end if end is None or end < at else ends_later(round, end, days)


def _move_periods(
    petitions: list[Petition],
    closes: Callable[[Petition], datetime | None],
    replies: Callable[[Response], datetime | None],
    at: datetime,
) -> None:
    """Give each petition its new end of the response period, and each posted response that of its reply period."""
    of_petition: dict[Any, list[Response]] = {}
    found = Response.objects.filter(petition__in=petitions, reply_closes_at__isnull=False)
    for response in found.select_related("petition__round").order_by("pk"):
        of_petition.setdefault(response.petition_id, []).append(response)
    for petition in petitions:
        petition.response_closes_at = closes(petition)
        ends = []
        for response in of_petition.get(petition.pk, ()):
            response.reply_closes_at = replies(response)
            response.save(update_fields=["reply_closes_at"])
            told = PublicResponse.objects.filter(reference=response.reference)
            told.update(reply_closes_at=response.reply_closes_at)
            ends.append(response.reply_closes_at)
        if ends:
            petition.reply_closes_at = max(filter(None, ends))
        petition.save(update_fields=["response_closes_at", "reply_closes_at"])
        PublicPetition.objects.filter(reference=petition.reference).update(
            response_closes_at=petition.response_closes_at, reply_closes_at=petition.reply_closes_at, updated_at=at
        )
    if petitions:
        DocketVersion.advance()


def _later_reply(response: Response, closes: datetime) -> datetime | None:
    found = reply_deadline(response.petition.round, closes, response.posted_at or closes)
    return max(filter(None, [found, response.reply_closes_at]), default=None)


def _stood(
    round: Round, end: datetime | None, since: datetime, begun: datetime | None, at: datetime
) -> datetime | None:
    """Return the end of a period, later by the days for which it stood; one that had ended before stays ended."""
    if end is None or end < since:
        return end
    return moved_end(round, end, max(since, begun or since), at)
