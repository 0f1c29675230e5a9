"""Reminding those whose move it is, before a deadline passes: by mail, with a calendar file, once for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exclusions.actions.record.addresses import in_calendar, page_address
from exclusions.actions.record.events import notify
from exclusions.models import Petition, Reminder, Response
from exclusions.queries.importer.deadline_reasons import reasons_of
from exclusions.queries.record.deadlines_due import cures_soon, replies_soon, windows_soon
from exclusions.workflow.deadlines import in_words

_SAID = {
    Reminder.Kind.WINDOW: "the filing window closes soon, and your draft is not submitted",
    Reminder.Kind.CURE: "correct and resubmit it, or it is closed",
    Reminder.Kind.REPLY: "the period to reply ends soon",
}


@dataclass(frozen=True)
class Due:
    """One deadline that comes soon; `to_reply` are the responses that a period to reply is for."""

    kind: Reminder.Kind
    petition: Petition
    due_at: datetime
    to_reply: tuple[Response, ...] = ()


def send_reminders(*, at: datetime) -> list[str]:
    """Remind the filers of the deadlines that come within the next days, once each; return what was reminded of.

    A filer is reminded of a correction, of responses to reply to, and of a draft whose filing window closes. Each
    reminder is written in one transaction with its message; two clocks at once send one.
    """
    return [f"{due.petition}: {due.kind.label.lower()}" for due in _due(at) if _remind(due, at)]


def _due(at: datetime) -> Iterator[Due]:
    for petition in windows_soon(at):
        yield Due(Reminder.Kind.WINDOW, petition, petition.round.closes_at)
    for petition in cures_soon(at):
        if petition.cure_closes_at:
            yield Due(Reminder.Kind.CURE, petition, petition.cure_closes_at)
    grouped: dict[tuple[object, datetime], list[Response]] = {}
    petitions: dict[object, Petition] = {}
    for response in replies_soon(at):
        if response.reply_closes_at:
            grouped.setdefault((response.petition_id, response.reply_closes_at), []).append(response)
            petitions[response.petition_id] = response.petition
    for (key, due_at), responses in grouped.items():
        yield Due(Reminder.Kind.REPLY, petitions[key], due_at, tuple(responses))


def _remind(due: Due, at: datetime) -> bool:
    petition = due.petition
    with transaction.atomic():
        _, made = Reminder.objects.get_or_create(
            kind=due.kind, petition=petition, due_at=due.due_at, defaults={"made_at": at}
        )
        if made:
            name = petition.reference or "Your draft"
            why = reasons_of(petition, due.to_reply)
            references = [str(response.reference) for response in due.to_reply]
            notify(
                to=petition.filed_by.email,
                template=f"remind_{due.kind}",
                subject=f"{name}: {_SAID[due.kind]}",
                context={
                    "reference": petition.reference or "",
                    "round": petition.round.title,
                    "until": in_words(due.due_at),
                    "replies": [
                        {"response": of, "url": page_address("docket-reply", petition.reference, of)}
                        for of in references
                    ],
                    "url": page_address("petition", petition.pk),
                    "why": why.get(references[0] if references else str(due.kind), ""),
                    "calendar": [
                        in_calendar(petition, str(due.kind), due.due_at, of=of, why=why.get(of or str(due.kind), ""))
                        for of in references or ("",)
                    ],
                },
                at=at,
            )
    return made
