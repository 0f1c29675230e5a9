"""What a notice wrote beside its grants, taken back with it: superseded by what stood before."""

from datetime import datetime

from exclusions.actions.decision.draft_states import Status, enter_status
from exclusions.actions.record.supersession import successor
from exclusions.models import ExclusionTerm, FederalNotice, NoticeDraft, NoticeItem, NoticeTerm, User

Kind = NoticeItem.Kind


def written_beside(notice: FederalNotice) -> list[int]:
    """Return the keys of the terms that the items of a notice, or its decisions on listed exclusions, wrote."""
    items = NoticeItem.objects.filter(draft__notice=notice, written__isnull=False).exclude(kind=Kind.GRANT)
    terms = NoticeTerm.objects.filter(notice=notice, term__isnull=False)
    return sorted({*items.values_list("written_id", flat=True), *terms.values_list("term_id", flat=True)})


def amends(notice: FederalNotice) -> bool:
    """Say whether a notice amended the text of an exclusion."""
    return NoticeItem.objects.filter(draft__notice=notice, kind=Kind.AMENDMENT).exists()


def take_back_items(notice: FederalNotice, *, by: User, at: datetime) -> None:
    """Supersede the terms that a notice wrote beside its grants; its draft can be changed again. Call it under lock."""
    draft = NoticeDraft.objects.select_for_update(of=("self",)).filter(notice=notice).first()
    why = f"{notice.citation} was entered in error, and taken back on the day of its entry."
    for term in ExclusionTerm.versions.filter(pk__in=written_beside(notice)).order_by("pk"):
        _before(term, why, at)
    if draft is None:
        return
    draft.items.update(written=None)
    draft.notice = draft.facts = draft.sent_by = draft.sent_at = None
    enter_status(draft, Status.DRAFTED, by=by, at=at)


def _before(term: ExclusionTerm, why: str, at: datetime) -> None:
    """Supersede a term by the one before it; where there was none, by one that is deleted."""
    before = ExclusionTerm.versions.filter(superseded_by=term).order_by("pk").first()
    if before is None:
        term.status = ExclusionTerm.Status.DELETED
    else:
        term.heading, term.note, term.seq, term.item = before.heading, before.note, before.seq, before.item
        term.status, term.valid_from, term.valid_to = before.status, before.valid_from, before.valid_to
        term.authority, term.published_on = before.authority, before.published_on
        term.dates_from = before.dates_from
    term.reason = why
    successor(term, at=at).save()
