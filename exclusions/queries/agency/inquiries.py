"""The questions to the filer of a case, where they stand, and how many days the filer had for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

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


def filer_stays(petitions: Iterable[Petition], at: datetime) -> dict[UUID, list[tuple[date, date]]]:
    """Return for each petition from which day to which its filer had a question. One statement for all of them."""
    rows = Inquiry.objects.filter(petition__in=[petition.pk for petition in petitions]).order_by("asked_at", "pk")
    found: dict[UUID, list[tuple[date, date]]] = {}
    for key, asked_at, closes_at, withdrawn_at, lapsed_at, answered_at in rows.values_list(
        "petition_id", "asked_at", "closes_at", "withdrawn_at", "lapsed_at", "answer__answered_at"
    ):
        ends = [moment for moment in (answered_at, withdrawn_at, closes_at if lapsed_at else None) if moment]
        end = min(ends, default=at)
        found.setdefault(key, []).append((eastern_date(asked_at), eastern_date(min(end, at))))
    return found


def stays_of(asked: Iterable[Asked], at: datetime) -> list[tuple[date, date]]:
    """Return from which day to which the filer had each of the questions of one case. No statement."""
    spans = []
    for one in asked:
        row, answer = one.inquiry, one.answer
        ends = [
            moment
            for moment in (
                answer.answered_at if answer else None, row.withdrawn_at, row.closes_at if row.lapsed_at else None
            )
            if moment
        ]  # fmt: skip
        spans.append((eastern_date(row.asked_at), eastern_date(min(min(ends, default=at), at))))
    return spans
