"""The questions to the filer of a case, where they stand, and how many days the filer had for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from exclusions.models import Inquiry, InquiryAnswer, Petition
from exclusions.workflow.deadlines import eastern_date, in_words


@dataclass(frozen=True)
class Asked:
    """One question with its answer, if there is one; `state` says in words where it stands, `open` that it waits."""

    inquiry: Inquiry
    answer: InquiryAnswer | None
    state: str
    open: bool


def asked_of(petition: Petition) -> list[Asked]:
    """Return the questions of a case, the first one first. One statement."""
    rows = Inquiry.objects.filter(petition=petition).select_related("asked_by", "answer", "answer__answered_by")
    return [_asked(row) for row in rows.order_by("number")]


def open_inquiries(petition: Petition) -> QuerySet[Inquiry]:
    """Return the questions of a case that wait for an answer."""
    return Inquiry.objects.filter(
        petition=petition, answer__isnull=True, withdrawn_at__isnull=True, lapsed_at__isnull=True
    )


def overdue_inquiries(at: datetime) -> QuerySet[Inquiry]:
    """Return the questions whose last day has passed without an answer, but in rounds that are paused."""
    waiting = Inquiry.objects.filter(
        answer__isnull=True, withdrawn_at__isnull=True, lapsed_at__isnull=True, closes_at__lt=at
    )
    return waiting.exclude(petition__round__paused_since__isnull=False).order_by("closes_at", "pk")


def _asked(row: Inquiry) -> Asked:
    answer = getattr(row, "answer", None)
    if answer is not None:
        return Asked(row, answer, f"Answered {in_words(answer.answered_at)}", open=False)
    if row.withdrawn_at:
        return Asked(row, None, f"Taken back {in_words(row.withdrawn_at)}", open=False)
    if row.lapsed_at:
        return Asked(row, None, f"Not answered by {in_words(row.closes_at)}", open=False)
    return Asked(row, None, f"May be answered until {in_words(row.closes_at)}", open=True)


def stay(
    at: datetime,
    asked_at: datetime,
    closes_at: datetime,
    withdrawn_at: datetime | None,
    lapsed_at: datetime | None,
    answered_at: datetime | None,
) -> tuple[date, date]:
    """Return from which day to which the filer had a question, up to a moment."""
    ends = [moment for moment in (answered_at, withdrawn_at, closes_at if lapsed_at else None) if moment]
    return eastern_date(asked_at), eastern_date(min(min(ends, default=at), at))


def stays_of(asked: Iterable[Asked], at: datetime) -> list[tuple[date, date]]:
    """Return from which day to which the filer had each of the questions of one case. No statement."""
    spans = []
    for one in asked:
        row, answer = one.inquiry, one.answer
        answered_at = answer.answered_at if answer else None
        spans.append(stay(at, row.asked_at, row.closes_at, row.withdrawn_at, row.lapsed_at, answered_at))
    return spans
