"""Questions to the filer of a case: asked by who judges it, answered by its owners, taken back, or lapsed by the clock.

A question lapses by itself; the petition never does by it. Question and answer stand on the public docket
and may be quoted in the decision: both are looked through for what was given in confidence.
"""

from datetime import date, datetime

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.publication import publish_petition
from exclusions.actions.record.transition import lock
from exclusions.actions.review.case_entries import case_entry
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Inquiry, InquiryAnswer, Petition, User
from exclusions.permissions import standing_of
from exclusions.permissions.cures import last_day_problem
from exclusions.queries.casework.inquiries import open_inquiries, overdue_inquiries
from exclusions.workflow.deadlines import end_of_day, in_words
from exclusions.workflow.roles import OWNERS
from exclusions.workflow.states import CLOSED

LONGEST = 4000  # characters of a question; an answer may have five times as many
MOST_OPEN = 3


def ask(petition: Petition, *, question: str, last_day: date, by: User, at: datetime) -> Inquiry:
    """Put a question to the filer, with the last day to answer; return it. The filer is mailed that there is one.

    Raises NotPermitted, WrongState, Incomplete (with the field), Repeats.
    """
    words = question.strip()
    require_reason(words, "Type the question.", field="question")
    if len(words) > LONGEST:
        raise Incomplete.beside("question", f"The question has {len(words)} characters. The limit is {LONGEST}.")
    problem = last_day_problem(last_day, at)
    if problem:
        raise Incomplete.beside("last_day", problem)
    with case_entry(petition, "inquiry", by=by, at=at, words={"question": words}) as locked:
        if open_inquiries(locked).count() >= MOST_OPEN:
            raise WrongState(f"{MOST_OPEN} questions already wait for an answer. Take one back first.")
        number = Inquiry.objects.filter(petition=locked).count() + 1
        made = Inquiry.objects.create(
            petition=locked, number=number, question=words, asked_by=by, asked_at=at, closes_at=end_of_day(last_day)
        )
        publish_petition(locked, at=at)
        _tell(made, f"{locked.reference}: a question from the agency", "until", at)
    return made


def answer(inquiry: Inquiry, *, text: str, by: User, at: datetime) -> InquiryAnswer:
    """Answer a question for the requester, once and in time; return the answer.

    Raises NotPermitted for who does not own the petition, WrongState where it was answered, taken back or is too late,
    Incomplete, Repeats.
    """
    words = text.strip()
    with transaction.atomic():
        petition, locked = _locked(inquiry)
        standing = standing_of(by, petition, at)
        if not standing.roles & OWNERS:
            raise NotPermitted("Only the requester or its filer answers a question from the agency.")
        _refuse_ended(petition, locked, at)
        require_reason(words, "Type your answer.", field="text")
        if len(words) > 5 * LONGEST:
            raise Incomplete.beside("text", f"The answer has {len(words)} characters. The limit is {5 * LONGEST}.")
        look_through("inquiry_answer", petition, {"text": words}, by=by, at=at, standing=standing)
        made = InquiryAnswer.objects.create(inquiry=locked, text=words, answered_by=by, answered_at=at)
        data = {"question": locked.number}
        record_event(petition_subject(petition), "answer_inquiry", by=by, at=at, data=data)
        publish_petition(petition, at=at)
    return made


def take_back(inquiry: Inquiry, *, by: User, at: datetime) -> Inquiry:
    """Take a question back that nobody answered, and tell the filer; return it. It stays on record.

    Raises NotPermitted for another than who asked, WrongState where it has ended.
    """
    with transaction.atomic():
        petition, locked = _locked(inquiry)
        if locked.asked_by_id != by.pk:
            raise NotPermitted("Only the person who asked the question can take it back.")
        _refuse_ended(petition, locked, at)
        locked.withdrawn_at, locked.withdrawn_by = at, by
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        data = {"question": locked.number}
        record_event(petition_subject(petition), "take_back_inquiry", by=by, at=at, data=data)
        publish_petition(petition, at=at)
        _tell(locked, f"{petition.reference}: a question was taken back", "", at)
    return locked


def lapse_inquiries(*, at: datetime) -> list[str]:
    """Let the questions lapse whose last day has passed, each in a transaction of its own; return which. The clock."""
    found = []
    for inquiry in list(overdue_inquiries(at).select_related("petition")):
        with transaction.atomic():
            petition, locked = _locked(inquiry)
            if not overdue_inquiries(at).filter(pk=locked.pk).exists():
                continue  # answered or taken back meanwhile
            locked.lapsed_at = at
            locked.save(update_fields=["lapsed_at"])
            data = {"question": locked.number}
            record_event(petition_subject(petition), "lapse_inquiry", by=None, at=at, role="clock", data=data)
            publish_petition(petition, at=at)
        found.append(f"{petition.reference}, question {locked.number}")
    return found


def _locked(inquiry: Inquiry) -> tuple[Petition, Inquiry]:
    """Lock the case, then the question: always in this order."""
    petition = lock(Petition.objects.get(pk=inquiry.petition_id))
    return petition, Inquiry.objects.select_for_update().get(pk=inquiry.pk)


def _refuse_ended(petition: Petition, inquiry: Inquiry, at: datetime) -> None:
    given = InquiryAnswer.objects.filter(inquiry=inquiry).first()
    if given is not None:
        raise WrongState(f"This question was answered on {in_words(given.answered_at)}. You can answer once.")
    if inquiry.withdrawn_at:
        raise WrongState(f"The agency took this question back on {in_words(inquiry.withdrawn_at)}.")
    if inquiry.lapsed_at or inquiry.closes_at < at:
        raise WrongState(f"This question could be answered until {in_words(inquiry.closes_at)}.")
    if petition.status in CLOSED:
        raise WrongState(f"The case is closed: {petition.get_status_display().lower()}.")


def _tell(inquiry: Inquiry, subject: str, until: str, at: datetime) -> None:
    petition = inquiry.petition
    notify(
        to=petition.filed_by.email,
        template="inquiry",
        subject=subject,
        context={
            "reference": petition.reference or "",
            "number": inquiry.number,
            "until": in_words(inquiry.closes_at) if until else "",
            "url": page_address("petition", petition.pk),
        },
        at=at,
    )
