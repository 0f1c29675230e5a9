"""Publishing a notice that was sent: its terms are written, all or none, and what everybody reads of it."""

from collections.abc import Sequence
from datetime import date, datetime

from exclusions import hts
from exclusions.actions.decision.draft_states import Status, enter_status, lock_draft
from exclusions.actions.decision.entering import Beside, enter_notice, in_annex, note_wordings
from exclusions.actions.decision.notice_checks import check_citation, check_day, check_form
from exclusions.actions.decision.notices import effects_among
from exclusions.actions.decision.published import Effect, Notice, Place
from exclusions.actions.notices.amendments import write_amendment
from exclusions.actions.notices.term_drafts import complete_terms, tell_of_term
from exclusions.actions.notices.told_anew import tell_anew
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.actions.record.many.batch import open_batch
from exclusions.actions.record.supersession import successor
from exclusions.days import in_full
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    Decision,
    ExclusionTerm,
    FederalNotice,
    NoticeDraft,
    NoticeItem,
    NoticeItemCase,
    User,
)
from exclusions.queries.notices.notice_drafts import is_fictional, items_of, rounds_of, rows_of_items, stays
from exclusions.queries.notices.notice_faults import row_faults
from exclusions.queries.notices.term_drafts import decisions_of

Kind = NoticeItem.Kind


def publish_draft(
    draft: NoticeDraft, *, citation: str, published_on: date | None, by: User, at: datetime
) -> FederalNotice:
    """Enter that a sent notice was published, with its citation and day, and write what it does; return the notice.

    Raises ActionRefused with nothing written: as publishing granted cases does, for a text or term that changed since
    it was drafted, and for whatever would be refused when a draft is sent.
    """
    notice = Notice(citation.strip(), check_day(published_on, at))
    keys = NoticeItemCase.objects.filter(item__draft=draft).values_list("petition_id", flat=True)
    with open_batch(list(keys), by=by, at=at) as cases:
        locked = lock_draft(draft, Status.SENT, by=by)
        items = items_of(locked)
        decisions = decisions_of(items)
        rounds, is_demo = rounds_of(items, decisions), is_fictional(items, decisions)
        grants = {item.exclusion_id: item for item in items if item.kind == Kind.GRANT}
        others = [item for item in items if item.kind != Kind.GRANT]
        found: list[Effect] = []
        if grants:
            places = {key: Place(one.heading, one.note, one.number, one.ends_on) for key, one in grants.items()}
            found = effects_among(cases, list(cases.petitions.values()), notice, places)
            _as_drafted(found, grants)
        else:
            _check(notice, is_demo=is_demo)
        rows, beside = in_annex(found), rows_of_items(others)
        if faults := row_faults([*rows, *beside], notice.published_on):
            raise Incomplete(*faults)
        entered = enter_notice(
            cases,
            found,
            rows,
            notice,
            Beside(beside, rounds, is_demo, lambda entered: _write(others, entered, by, at)),
        )
        _note_terms(entered, grants)
        locked.notice = entered
        enter_status(locked, Status.PUBLISHED, by=by, at=at)
    return entered


def _check(notice: Notice, *, is_demo: bool) -> None:
    """The citation of a notice without cases, as that of one with cases is checked."""
    if not notice.citation:
        raise Incomplete.beside("citation", "Give the Federal Register citation, for example 84 FR 38717.")
    check_form(notice.citation, "")
    check_citation(notice.citation, notice.published_on, None, demo=is_demo)


def _as_drafted(found: Sequence[Effect], grants: dict[int, NoticeItem]) -> None:
    """Refuse where what was sent is no longer what the registry holds."""
    for effect in found:
        item = grants[effect.exclusion.pk]
        if effect.waits is None:
            sentence = "its exclusion already applies under another notice. Take it out of this one."
            raise WrongState(f"{effect.petition.reference}: {sentence}")
        if effect.text is None or effect.text.text != item.text:
            sentence = "its text has changed since it was drafted. Take it out, and draft it again."
            raise WrongState(f"{effect.exclusion.reference}: {sentence}")


def _note_terms(entered: FederalNotice, grants: dict[int, NoticeItem]) -> None:
    items = []
    for case in entered.cases.select_related("term").order_by("pk"):
        if case.term:
            item = grants[case.term.exclusion_id]
            item.written = case.term
            items.append(item)
    NoticeItem.objects.bulk_update(items, ["written"], batch_size=100)


def _write(items: Sequence[NoticeItem], notice: FederalNotice, by: User, at: datetime) -> None:
    """Write what a notice does beside its grants: decisions on listed exclusions at once, the others item by item."""
    decisions = decisions_of(items)
    if decided := [item for item in items if item.term_id in decisions]:
        complete_terms(decided, decisions, notice, by=by, at=at)
    for item in items:
        if item.term_id in decisions:
            continue
        if item.kind == Kind.AMENDMENT:
            _amend(item, notice, at)
            tell_anew(item.exclusion, f"The text was amended by {notice.citation}. {item.reason}", at=at)
            continue
        if item.kind == Kind.WITHDRAWAL:
            item.written = _end(item, notice, at)
            tell_anew(item.exclusion, f"The agency withdraws it by {notice.citation}. {item.reason}", at=at)
        elif stays(item):
            item.written = _prolong(item, notice, at)
            tell_of_term(item, notice, at)
        else:
            item.written = _begin(item, notice, at)
            tell_of_term(item, notice, at)
        item.save(update_fields=["written"])


def _standing(item: NoticeItem) -> ExclusionTerm:
    """Return the term that an item was drafted on, locked; refused where something took its place since."""
    term = ExclusionTerm.objects.select_for_update(of=("self",)).filter(pk=item.term_id or 0).first()
    if term is None:
        sentence = f"its term under {hts.dotted(item.heading)} has changed since it was drafted."
        raise WrongState(f"{item.exclusion.reference}: {sentence} Take it out, and draft it again.")
    return term


def _end(item: NoticeItem, notice: FederalNotice, at: datetime) -> ExclusionTerm:
    """End a term by notice, and tell who filed for it."""
    term = _standing(item)
    if item.ends_on is None or item.ends_on < notice.published_on:
        sentence = f"the last day cannot be before the notice of {in_full(notice.published_on)}."
        raise WrongState(f"{item.exclusion.reference}: {sentence} Draft it with a later one.")
    term.valid_to, term.authority, term.published_on = item.ends_on, notice.citation, notice.published_on
    term.dates_from = f"Withdrawn by the agency, by {notice.citation}."
    term.reason = f"Withdrawn by the agency: {item.reason}"[:1000]
    ended = successor(term, at=at)
    ended.save()
    decisions = Decision.objects.filter(exclusion=item.exclusion).select_related("petition__filed_by")
    for decision in decisions.order_by("petition__reference"):
        notify(
            to=decision.petition.filed_by.email,
            template="exclusion_withdrawn",
            subject=f"{decision.petition.reference}: exclusion withdrawn by notice",
            context={
                "reference": decision.petition.reference or "",
                "exclusion": item.exclusion.reference,
                "last_day": item.ends_on.isoformat(),
                "citation": notice.citation,
                "reason": item.reason,
                "url": page_address("exclusion", item.exclusion.reference),
            },
            at=at,
        )
    return ended


def _prolong(item: NoticeItem, notice: FederalNotice, at: datetime) -> ExclusionTerm:
    """Extend a term in its place."""
    term = _standing(item)
    term.valid_to, term.authority, term.published_on = item.ends_on, notice.citation, notice.published_on
    term.dates_from = f"Extended by {notice.citation}."
    term.reason = f"Extended. {item.reason}".strip()[:1000]
    extended = successor(term, at=at)
    extended.save()
    return extended


def _begin(item: NoticeItem, notice: FederalNotice, at: datetime) -> ExclusionTerm:
    """Write a new term: an extension under another heading, or a reinstatement."""
    term = ExclusionTerm(
        exclusion=item.exclusion,
        heading=item.heading,
        note=item.note,
        seq=item.number,
        item=str(item.number),
        status=ExclusionTerm.Status.PUBLISHED,
        valid_from=item.starts_on,
        valid_to=item.ends_on,
        authority=notice.citation,
        published_on=notice.published_on,
        dates_from=f"{item.get_kind_display()} by {notice.citation}.",
        recorded_at=at,
        reason=item.reason,
    )
    term.save(force_insert=True)
    same = item.exclusion.texts.filter(text=item.text).order_by("version").last()
    note_wordings([term], {item.exclusion_id: same})
    return term


def _amend(item: NoticeItem, notice: FederalNotice, at: datetime) -> None:
    """Write the wording that an item makes, with its first day, and note that it is printed in its place."""
    new = write_amendment(item, citation=notice.citation, published_on=notice.published_on, at=at)
    terms = item.exclusion.terms.filter(heading=item.heading, note=item.note)
    note_wordings(terms, {item.exclusion_id: new})
