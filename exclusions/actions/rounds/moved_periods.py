"""What an order about a round moves of its petitions: periods to respond, reply and correct, last days to answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from exclusions.actions.record.public_decisions import question_facts
from exclusions.models import (
    DocketVersion,
    Inquiry,
    Petition,
    PublicPetition,
    PublicResponse,
    Response,
    Round,
)
from exclusions.queries.public.rounds import ends_later, moved_end, reply_deadline
from exclusions.queries.record.taken_down import down_of
from exclusions.workflow.states import COMMENTING, Status

Ends = dict[tuple[str, str, str], datetime]  # table, key, column: the end as it stands
OF_ROUND = ("closes_at", "responses_until")
OF_PETITION = ("cure_closes_at", "response_closes_at", "reply_closes_at")
# Round, end of a period and when it began; returns the new end.
Moves = Callable[[Round, datetime | None, datetime | None], datetime | None]


def petitions_of(round: Round, **conditions: Any) -> list[Petition]:
    """Return the petitions of a round on these conditions, locked, in one order."""
    rows = Petition.objects.select_for_update(of=("self",)).filter(round__slug=round.slug, **conditions)
    return list(rows.select_related("round").order_by("pk"))


def move_single(round: Round, since: datetime, later: Moves) -> None:
    """Give what filers have to do by a day of its own its new end: corrections, and answers to questions."""
    for returned in petitions_of(round, status=Status.RETURNED, cure_closes_at__gte=since):
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


def later_by(days: int, at: datetime) -> Moves:
    """Return what moves an end that is pending at a moment by so many days."""
    return lambda round, end, begun: end if end is None or end < at else ends_later(round, end, days)


def move_periods(
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


def later_reply(response: Response, closes: datetime) -> datetime | None:
    """Return the end of a reply period once responses close then; never an earlier one than it has."""
    found = reply_deadline(response.petition.round, closes, response.posted_at or closes)
    return max(filter(None, [found, response.reply_closes_at]), default=None)


def stood(round: Round, end: datetime | None, since: datetime, begun: datetime | None, at: datetime) -> datetime | None:
    """Return the end of a period, later by the days for which it stood; one that had ended before stays ended."""
    if end is None or end < since:
        return end
    return moved_end(round, end, max(since, begun or since), at)


def ends_of(round: Round) -> Ends:
    """Return the ends that an extension moves in a round, as they stand."""
    return dict(_each_end(round.slug))


def _each_end(slug: str) -> Iterator[tuple[tuple[str, str, str], datetime]]:
    of_round = Q(round__slug=slug)
    tables: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("round", Round.objects.current().filter(slug=slug), OF_ROUND),
        ("petition", Petition.objects.filter(of_round, status__in=[Status.RETURNED, *COMMENTING]), OF_PETITION),
        ("response", Response.objects.filter(petition__round__slug=slug), ("reply_closes_at",)),
        ("inquiry", Inquiry.objects.filter(petition__round__slug=slug), ("closes_at",)),
    )
    for table, rows, names in tables:
        for key, *ends in rows.order_by("pk").values_list("pk", *names):
            yield from (((table, str(key), name), end) for name, end in zip(names, ends, strict=True) if end)


@dataclass(frozen=True)
class Moved:
    """An end that an order moved: of which row, in which column, where it was and where it is."""

    table: str
    key: str
    name: str
    was: datetime
    now: datetime


def put_back(moved: Moved, at: datetime) -> None:
    """Put an end back where nothing has moved it since; the public copy says the same. The order moves the round."""
    if moved.table == "petition":
        _put_petition_back(moved.key, moved.name, moved.was, moved.now, at)
    elif moved.table == "response":
        _put_response_back(moved.key, moved.was, moved.now)
    elif moved.table == "inquiry":
        _put_inquiry_back(moved.key, moved.was, moved.now)


def _put_petition_back(key: str, name: str, was: datetime, now: datetime, at: datetime) -> None:
    if Petition.objects.filter(pk=key, **{name: now}).update(**{name: was}) and name != "cure_closes_at":
        reference = Petition.objects.values_list("reference", flat=True).get(pk=key)
        PublicPetition.objects.filter(reference=reference).update(**{name: was}, updated_at=at)


def _put_response_back(key: str, was: datetime, now: datetime) -> None:
    if Response.objects.filter(pk=key, reply_closes_at=now).update(reply_closes_at=was):
        reference = Response.objects.values_list("reference", flat=True).get(pk=key)
        PublicResponse.objects.filter(reference=reference).update(reply_closes_at=was)


def _put_inquiry_back(key: str, was: datetime, now: datetime) -> None:
    open_ones = Inquiry.objects.filter(pk=key, closes_at=now, answer__isnull=True, lapsed_at__isnull=True)
    if open_ones.update(closes_at=was):
        petition = Inquiry.objects.select_related("petition").get(pk=key).petition
        told = question_facts(petition, down_of(petition))
        PublicPetition.objects.filter(reference=petition.reference).update(questions=told)
