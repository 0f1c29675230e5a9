"""The questions to the filer of a case, where they stand, and how many days the filer had for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from exclusions.models import Inquiry, InquiryAnswer, Petition
from exclusions.workflow.deadlines import eastern_date, in_words

STANDS = {
    "open": "May be answered until {}",
    "answered": "Answered {}",
    "taken_back": "Taken back {}",
    "lapsed": "Not answered by {}",
}


@dataclass(frozen=True)
class Asked:
    """One question with its answer, if there is one: where it stands (a key of STANDS), and since when."""

    inquiry: Inquiry
    answer: InquiryAnswer | None
    key: str
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it waits for its answer."""
        return self.ended_at is None

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return STANDS[self.key].format(in_words(self.ended_at or self.inquiry.closes_at))


def asked_of(petition: Petition) -> list[Asked]:
    """Return the questions of a case, the first one first. One statement."""
    rows = inquiries_of(petition).select_related("asked_by", "answer__answered_by")
    return [with_answer(row) for row in rows.order_by("number")]


def inquiries_of(petition: Petition) -> QuerySet[Inquiry]:
    """Return the questions of a case with their answers, as rows."""
    return Inquiry.objects.filter(petition=petition).select_related("answer")


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


def with_answer(row: Inquiry) -> Asked:
    """Return a question of `inquiries_of` with its answer, if there is one, and where it stands. No statement."""
    answer = getattr(row, "answer", None)
    if answer is not None:
        return Asked(row, answer, "answered", answer.answered_at)
    if row.withdrawn_at:
        return Asked(row, None, "taken_back", row.withdrawn_at)
    return Asked(row, None, "lapsed", row.closes_at) if row.lapsed_at else Asked(row, None, "open", None)


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
