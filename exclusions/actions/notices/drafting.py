"""Drafting a notice: its items are chosen, numbered, taken out; it is sent, taken back, or dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from exclusions import hts
from exclusions.actions.decision.draft_states import Status, draft_subject, enter_status, lock_draft
from exclusions.actions.decision.entering import last_items
from exclusions.actions.decision.notice_checks import check_last_day, heading_of
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import record_event
from exclusions.days import span_in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.annex.rows import AnnexRow, numbered
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    NoticeDraft,
    NoticeItem,
    NoticeItemCase,
    Petition,
    User,
)
from exclusions.permissions import standing_of
from exclusions.queries.notices import notice_drafts
from exclusions.queries.notices.annexes import rows_of_terms
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status as CaseStatus

Kind = NoticeItem.Kind


@dataclass(frozen=True)
class DraftRow:
    """An item to be drafted. `number` 0: the next paragraph of the note. Days are inclusive; `reason` is public."""

    kind: str
    exclusion: Exclusion
    heading: str
    note: str
    text: str
    term: ExclusionTerm | None = None
    number: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    text_before: str = ""
    reason: str = ""
    petitions: tuple[Petition, ...] = ()


def draft_notice(
    petitions: Sequence[Petition], *, heading: str = "", note: str = "", ends_on: date | None = None, by: User,
    at: datetime,
) -> NoticeDraft:  # fmt: skip
    """Draft a notice of granted cases, one item an exclusion, and return it.

    `heading` and `note` override those of the round; `ends_on` is for rounds whose notice fixes the end. Raises
    ActionRefused, led by the reference, for a case that is not granted, is in another draft, or whose exclusion applies
    already by an earlier notice.
    """
    _publisher(by)
    if not petitions:
        raise Incomplete(fields={"cases": ["Choose at least one granted case."]})
    with transaction.atomic():
        locked = Petition.objects.select_for_update(of=("self",)).select_related("round")
        chosen = list(locked.filter(pk__in=[one.pk for one in petitions]).order_by("reference"))
        rows = _grant_rows(chosen, heading, note, ends_on, at)
        return draft_rows(rows, by=by, at=at)


def _grant_rows(
    petitions: Sequence[Petition], heading: str, note: str, ends_on: date | None, at: datetime
) -> list[DraftRow]:
    in_drafts = notice_drafts.drafts_of_cases(petitions)
    standing_ = Decision.objects.filter(petition__in=petitions).select_related("exclusion__action")
    decisions = {decision.petition_id: decision for decision in standing_.prefetch_related("exclusion__texts")}
    pending = ExclusionTerm.objects.filter(
        exclusion__in=[decision.exclusion_id for decision in decisions.values()], status=ExclusionTerm.Status.PENDING
    )
    terms = {term.exclusion_id: term for term in pending.order_by("-heading", "-seq")}
    by_exclusion: dict[int, list[Petition]] = {}
    for petition in petitions:
        decision = decisions.get(petition.pk)
        if petition.status != CaseStatus.GRANTED or decision is None or decision.exclusion is None:
            raise WrongState(f"{petition.reference}: it is not a granted case that waits for its notice.")
        if petition.pk in in_drafts:
            raise WrongState(f"{petition.reference}: it is in notice draft {in_drafts[petition.pk]} already.")
        if decision.exclusion.pk not in terms:
            sentence = "its exclusion already applies under an earlier notice. Enter it under that notice’s citation."
            raise WrongState(f"{petition.reference}: {sentence}")
        by_exclusion.setdefault(decision.exclusion.pk, []).append(petition)
    found = []
    for key, of_it in by_exclusion.items():
        exclusion = next(one.exclusion for one in decisions.values() if one.exclusion_id == key)
        assert exclusion is not None
        check_last_day(ends_on, of_it[0].round)
        known = heading_of(heading, note, exclusion.action, of_it[0].round, eastern_date(at))
        text = max(exclusion.texts.all(), key=lambda one: (one.version, one.revision))
        found.append(
            DraftRow(
                Kind.GRANT,
                exclusion,
                known.heading,
                known.note,
                text.text,
                terms[key],
                ends_on=ends_on,
                petitions=tuple(of_it),
            )
        )
    return found


def draft_rows(rows: Sequence[DraftRow], *, by: User, at: datetime, draft: NoticeDraft | None = None) -> NoticeDraft:
    """Put rows into a draft, a new one where none is given, and return it. New paragraphs are numbered in code order.

    Raises NotPermitted for who is no publisher, WrongState for an exclusion that the draft has in the same way already.
    """
    _publisher(by)
    return _put(rows, by, at, draft)


def _put(rows: Sequence[DraftRow], by: User, at: datetime, draft: NoticeDraft | None = None) -> NoticeDraft:
    with transaction.atomic():
        if draft is None:
            draft = NoticeDraft.objects.create(created_by=by, created_at=at)
            record_event(draft_subject(draft), "draft_notice", by=by, at=at, data={"items": len(rows)})
        else:
            draft = lock_draft(draft, Status.DRAFTED, by=by)
        there = set(NoticeItem.objects.filter(draft=draft).values_list("kind", "exclusion_id", "heading"))
        for row in rows:
            if (row.kind, row.exclusion.pk, row.heading) in there:
                raise WrongState(f"{row.exclusion.reference} is in this notice already. Change that item instead.")
            there.add((row.kind, row.exclusion.pk, row.heading))
        items = [
            NoticeItem(
                draft=draft, kind=row.kind, exclusion=row.exclusion, term=row.term, heading=row.heading, note=row.note,
                number=row.number, starts_on=row.starts_on, ends_on=row.ends_on, text=row.text,
                text_before=row.text_before, reason=row.reason,
            )
            for row in rows
        ]  # fmt: skip
        NoticeItem.objects.bulk_create(items, batch_size=500)
        cases = [
            NoticeItemCase(item=item, petition=petition)
            for item, row in zip(items, rows, strict=True)
            for petition in row.petitions
        ]
        NoticeItemCase.objects.bulk_create(cases, batch_size=500)
        _number(draft, [item for item in items if not item.number])
    return draft


def _number(draft: NoticeDraft, items: Sequence[NoticeItem]) -> None:
    """Number new paragraphs on from the last of the note, and of the draft, whole numbers first, then by code."""
    mine = {item.exclusion.reference: item for item in items}
    rows = [
        AnnexRow(item.kind, "", (), hts.dotted(item.heading), item.note, 0, item.text, exclusion=reference)
        for reference, item in mine.items()
    ]
    last = last_items(rows)
    for item in NoticeItem.objects.filter(draft=draft).exclude(number=0).order_by("pk"):
        place = (hts.dotted(item.heading), item.note)
        last[place] = max(last.get(place, 0), item.number)
    for row in numbered(rows, last):
        mine[row.exclusion].number = row.number
    NoticeItem.objects.bulk_update(items, ["number"], batch_size=100)


def draft_withdrawal(
    terms: Sequence[ExclusionTerm], *, last_day: date, reason: str, by: User, at: datetime
) -> NoticeDraft:
    """Draft a notice by which the agency withdraws exclusions: these terms end on a day, for a reason; return it.

    Counsel drafts it, who is told what was given in confidence; the publisher sends it. Raises NotPermitted for others,
    ActionRefused for a day that has passed, for a term that does not hold on it or ends by then, and for a
    reason that is missing or repeats what was given in confidence.
    """
    if by.role != Role.LEGAL:
        raise NotPermitted("Only legal counsel drafts withdrawals of exclusions.")
    require_reason(reason, "Say why the exclusions are withdrawn. The reason is public.")
    if not terms:
        raise Incomplete(fields={"exclusions": ["Name at least one exclusion, one a line."]})
    if last_day < eastern_date(at):
        raise Incomplete(fields={"last_day": ["You cannot withdraw an exclusion for past days."]})
    for term in terms:
        lasts = term.valid_to is None or term.valid_to > last_day
        if term.status != ExclusionTerm.Status.PUBLISHED or not lasts or (term.valid_from or last_day) > last_day:
            days = span_in_full(term.valid_from, term.valid_to) if term.valid_from else "on days that are not known"
            sentence = f"{term.exclusion.reference} under {hts.dotted(term.heading)} holds {days}."
            raise WrongState(f"{sentence} Choose a last day within, before its own.")
    _look_at_reason(terms, reason, by, at)
    texts = {(row.exclusion, row.heading): row.text for row in rows_of_terms(terms)}
    rows = [
        DraftRow(
            Kind.WITHDRAWAL, term.exclusion, term.heading, term.note,
            texts[term.exclusion.reference, hts.dotted(term.heading)], term, term.seq, term.valid_from, last_day,
            reason=reason,
        )
        for term in terms
    ]  # fmt: skip
    return _put(rows, by, at)


def _look_at_reason(terms: Iterable[ExclusionTerm], reason: str, by: User, at: datetime) -> None:
    """Look through a reason for what was given in confidence in the cases that the exclusions answer."""
    decisions = Decision.versions.filter(exclusion__in=[term.exclusion_id for term in terms])
    for decision in decisions.select_related("petition").order_by("petition__reference"):
        standing = standing_of(by, decision.petition, at)
        if standing.kept_from_acting:
            raise NotPermitted(*standing.kept_from_acting)
        look_through("withdraw_exclusion", decision.petition, {"reason": reason}, by=by, at=at, standing=standing)


def change_paragraphs(draft: NoticeDraft, numbers: Mapping[int, int], *, by: User, at: datetime) -> NoticeDraft:
    """Give items of a draft, by key, other paragraphs; return it. What is used twice is refused when it is sent."""
    with transaction.atomic():
        locked = lock_draft(draft, Status.DRAFTED, by=by)
        items = {item.pk: item for item in NoticeItem.objects.filter(draft=locked, pk__in=numbers)}
        for key, number in numbers.items():
            if key not in items or number < 1:
                raise Incomplete("Give each item of this notice a paragraph from 1 on.")
            items[key].number = number
        NoticeItem.objects.bulk_update(items.values(), ["number"], batch_size=100)
        record_event(draft_subject(locked), "change_paragraphs", by=by, at=at, data={"items": len(items)})
    return locked


def take_out(draft: NoticeDraft, items: Iterable[int], *, by: User, at: datetime) -> NoticeDraft:
    """Take items, by key, out of a draft, and close the gaps that they leave among its new paragraphs; return it."""
    with transaction.atomic():
        locked = lock_draft(draft, Status.DRAFTED, by=by)
        gone = NoticeItem.objects.filter(draft=locked, pk__in=list(items))
        count = gone.count()
        gone.delete()
        left = [item for item in notice_drafts.items_of(locked) if _is_new(item)]
        NoticeItem.objects.filter(pk__in=[item.pk for item in left]).update(number=0)
        _number(locked, left)
        record_event(draft_subject(locked), "take_out_of_draft", by=by, at=at, data={"items": count})
    return locked


def _is_new(item: NoticeItem) -> bool:
    return item.kind in (Kind.GRANT, Kind.REINSTATEMENT) or (item.kind == Kind.EXTENSION and not _stays(item))


def _stays(item: NoticeItem) -> bool:
    return notice_drafts.stays(item)


def send_draft(draft: NoticeDraft, *, by: User, at: datetime) -> NoticeDraft:
    """Enter that a draft goes to the Federal Register, with what it says; return it.

    Raises Incomplete with every duplicate, conflict, overlap, missing number and count that does not agree, by name.
    """
    with transaction.atomic():
        locked = lock_draft(draft, Status.DRAFTED, by=by)
        items, day = notice_drafts.items_of(locked), eastern_date(at)
        facts = notice_drafts.facts_of(locked, items)
        faults = notice_drafts.draft_faults(items, facts, notice_drafts.blocks_of(facts), day)
        if faults:
            raise Incomplete(*faults)
        locked.facts, locked.sent_by, locked.sent_at = facts.to_json(), by, at
        return enter_status(locked, Status.SENT, by=by, at=at)


def reopen_draft(draft: NoticeDraft, *, by: User, at: datetime) -> NoticeDraft:
    """Take a draft that was sent back, to change it; return it."""
    with transaction.atomic():
        locked = lock_draft(draft, Status.SENT, by=by)
        locked.facts = locked.sent_by = locked.sent_at = None
        return enter_status(locked, Status.DRAFTED, by=by, at=at)


def drop_draft(draft: NoticeDraft, *, by: User, at: datetime) -> NoticeDraft:
    """Drop a draft: its cases wait for another notice; return it."""
    with transaction.atomic():
        locked = lock_draft(draft, Status.DRAFTED, Status.SENT, by=by)
        return enter_status(locked, Status.DROPPED, by=by, at=at)


def _publisher(by: User) -> None:
    if by.role != Role.PUBLISHER:
        raise NotPermitted("Only the publisher of notices drafts notices.")
