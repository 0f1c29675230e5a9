"""Decisions on listed exclusions in a drafted notice: put into one, and their terms completed when it is published."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from exclusions import hts
from exclusions.actions.decision.entering import note_wordings
from exclusions.actions.decision.notice_checks import check_day, check_form, heading_of
from exclusions.actions.notices.drafting import DraftRow, draft_rows
from exclusions.actions.notices.term_decisions import lock_listed, refuse_many, terms_subject
from exclusions.actions.notices.term_notices import note_of_list, refuse_overlaps
from exclusions.actions.notices.told_anew import tell_anew
from exclusions.actions.record.events import record_event
from exclusions.actions.record.supersession import successor
from exclusions.days import in_full
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    FederalNotice,
    Letter,
    ListedExclusion,
    NoticeDraft,
    NoticeItem,
    NoticeTerm,
    Round,
    TermDecision,
    User,
)
from exclusions.models.exclusion import note_cited
from exclusions.permissions.notices.terms import publishing_refusal
from exclusions.queries.notices.notice_drafts import stays
from exclusions.queries.notices.term_drafts import drafted, published, standing_terms, wordings_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from exclusions.workflow.term_choices import Choice

BATCH = 200
Kind = NoticeItem.Kind
NONE_WAITS = "None of these exclusions is signed and waits for its notice with a term and a text."


def draft_terms(
    *,
    slug: str,
    references: Collection[str],
    heading: str = "",
    note: str = "",
    only_waiting: bool = False,
    by: User,
    at: datetime,
) -> NoticeDraft:
    """Draft a notice of signed decisions on exclusions (references) of a round, and return it.

    What is extended, and a transition, is an extension; at its own place of the note it stays there. What is reinstated
    is a new paragraph. `heading` and `note` override those of the round. With `only_waiting` what cannot be drafted is
    left out. Raises NotPermitted for who is no publisher; Incomplete, led by the reference, for what is not signed, is
    published, stands in an open draft, lapses without a term, or has no text that an annex could print.
    """
    if refused := publishing_refusal(by):
        raise refused
    check_form("", note.strip())
    with transaction.atomic():
        round = Round.objects.select_for_update().get(slug=slug, superseded_at__isnull=True)
        rows = lock_listed(round, references)
        found = TermDecision.objects.filter(listed__in=[row.pk for row in rows]).select_related(
            "term", "recommendation"
        )
        decisions = {one.listed_id: one for one in found}
        terms = standing_terms([one.term_id for one in decisions.values() if one.term_id])
        first_days = {term.exclusion_id: term.valid_from for term in terms.values()}
        texts = wordings_of(rows, first_days)
        faults = _faults(rows, decisions, texts)
        if only_waiting:
            rows = [row for row in rows if row.pk not in faults]
            if not rows:
                raise Incomplete.beside("exclusions", NONE_WAITS)
        else:
            refuse_many(list(faults.values()))
        moving = {row.exclusion.action_id: row for row in rows if _moves(row, decisions[row.pk])}
        places = {key: _place(row, heading, note, at) for key, row in moving.items()}
        drafting = [_row(row, decisions[row.pk], texts[row.exclusion_id].text, places) for row in rows]
        draft = draft_rows(drafting, by=by, at=at)
        told = {"numbers": [row.number for row in rows], "draft": draft.pk}
        record_event(terms_subject(slug), "draft_terms", by=by, at=at, data=told)
    return draft


def _faults(
    rows: Sequence[ListedExclusion], decisions: dict[int, TermDecision], texts: dict[int, ExclusionText]
) -> dict[int, str]:
    """Return why listed exclusions cannot be drafted, a sentence each, by their keys."""
    known = list(decisions.values())
    done, in_drafts = published(known), drafted(known)
    faults = {}
    for row in rows:
        decision = decisions.get(row.pk)
        if decision is None:
            said = "it is not signed yet."
        elif decision.pk in done:
            said = "a notice published this decision already."
        elif decision.term_id is None:
            said = "it lapses without a transition, so no annex has a row for it. Enter it under the citation."
        elif decision.term_id in in_drafts:
            said = f"it is in notice draft {in_drafts[decision.term_id]} already."
        elif row.exclusion_id not in texts:
            cited = note_cited(row.note, row.item)
            said = (
                f"its text (U.S. note {cited}, heading {hts.dotted(row.heading)}) is not in the source, so no "
                "annex can print or count it. Load its text, or enter it under the citation of its notice."
            )
        else:
            continue
        faults[row.pk] = f"{row.exclusion.reference}: {said}"
    return faults


def _moves(row: ListedExclusion, decision: TermDecision) -> bool:
    """Whether a decision's term goes under the heading of its round, as a new paragraph there."""
    term, of_round = decision.term, row.round.heading_for(row.exclusion.action.code)[0]
    return term is not None and not term.seq and term.heading == of_round


def _row(row: ListedExclusion, decision: TermDecision, text: str, places: dict[int, tuple[str, str]]) -> DraftRow:
    """Return a decision as a row of a notice; the term as the signature wrote it keeps the two together."""
    term = decision.term
    assert term is not None, "what has none is refused before"
    own = (term.heading, term.note)
    heading, note = places[row.exclusion.action_id] if _moves(row, decision) else own
    kind = Kind.REINSTATEMENT if decision.recommendation.choice == Choice.REINSTATE else Kind.EXTENSION
    return DraftRow(
        kind, row.exclusion, heading, note, text, term, term.seq, starts_on=term.valid_from, ends_on=term.valid_to
    )


def _place(row: ListedExclusion, heading: str, note: str, at: datetime) -> tuple[str, str]:
    """Return heading and note of new paragraphs of the list of a listed exclusion."""
    action = row.exclusion.action
    known = heading_of(heading, note, action, row.round, eastern_date(at))
    return known.heading, known.note if note else note_of_list(row.round, action)


def complete_terms(
    items: Sequence[NoticeItem], decisions: dict[int, TermDecision], notice: FederalNotice, *, by: User, at: datetime
) -> None:
    """Supersede the pending terms of decisions by what a notice says, and tell whose petitions its exclusions answer.

    `decisions` are those of the items by the key of their terms. Raises ActionRefused, led by the reference, for one
    that was published or changed since it was drafted, for an overlap, and for a notice older than a signature.
    """
    keys = sorted({item.exclusion_id for item in items})
    list(Exclusion.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    check_day(notice.published_on, at, signed=[one.signed_at for one in decisions.values()])
    done, now = published(list(decisions.values())), standing_terms(list(decisions))
    made = [_completed(item, decisions, done, now, notice, at) for item in items]
    refuse_overlaps([decisions[item.term_id or 0].listed for item in items], made)
    bulk_create_with_history(made, ExclusionTerm, batch_size=BATCH)
    written = {term.supersedes_id: term for term in ExclusionTerm.objects.filter(supersedes__in=now.values())}
    for item in items:
        item.written = written[now[item.term_id or 0].pk]
    NoticeItem.objects.bulk_update(items, ["written"], batch_size=100)
    NoticeTerm.objects.bulk_create(
        NoticeTerm(notice=notice, decision=decisions[item.term_id or 0], term=item.written) for item in items
    )
    _note_wordings(items)
    rounds: dict[str, list[int]] = {}
    for one in decisions.values():
        rounds.setdefault(one.listed.round.slug, []).append(one.listed.number)
    for slug, numbers in rounds.items():
        told = {"numbers": sorted(numbers), "citation": notice.citation}
        record_event(terms_subject(slug), "publish_terms", by=by, at=at, data=told)
    _tell(items, notice, at)


def _completed(
    item: NoticeItem,
    decisions: dict[int, TermDecision],
    done: set[int],
    now: dict[int, ExclusionTerm],
    notice: FederalNotice,
    at: datetime,
) -> ExclusionTerm:
    """Return the term, not saved, that takes the place of the pending one of an item."""
    decision, term = decisions[item.term_id or 0], now[item.term_id or 0]
    same = (term.valid_from, term.valid_to) == (item.starts_on, item.ends_on)
    if decision.pk in done or term.status != ExclusionTerm.Status.PENDING or not same:
        raise WrongState(
            f"{item.exclusion.reference}: its decision was published or changed since it was drafted. Take it out of "
            "this notice."
        )
    printed = term.item if stays(item) else ""
    term.heading, term.note, term.seq = item.heading, item.note, item.number
    term.item = printed or str(item.number)
    term.status, term.reason = ExclusionTerm.Status.PUBLISHED, "The notice was published."
    term.published_on, term.authority = notice.published_on, notice.citation
    term.dates_from = f"{notice.citation} and the decision in {decision.listed.round.title}"[:200]
    return successor(term, at=at)


def _note_wordings(items: Sequence[NoticeItem]) -> None:
    """Note which wording is printed at the place of each: the one whose words went out."""
    texts = ExclusionText.objects.filter(exclusion__in=[item.exclusion_id for item in items])
    by_words = {(text.exclusion_id, text.text): text for text in texts.order_by("version")}
    found = {item.exclusion_id: by_words.get((item.exclusion_id, item.text)) for item in items}
    note_wordings([item.written for item in items if item.written], found)


def _tell(items: Sequence[NoticeItem], notice: FederalNotice, at: datetime) -> None:
    """Issue letters on the exclusions that answer petitions; of the others nobody is told."""
    keys = [item.exclusion_id for item in items]
    answers = Decision.objects.filter(exclusion__in=keys, petition__status=Status.PUBLISHED)
    told = set(answers.values_list("exclusion_id", flat=True))
    for item in items:
        if item.exclusion_id in told:
            tell_of_term(item, notice, at)


def tell_of_term(item: NoticeItem, notice: FederalNotice, at: datetime) -> list[Letter]:
    """Issue letters on an exclusion that a notice extends or reinstates, to those whose petitions it answers."""
    does = "reinstated" if item.kind == Kind.REINSTATEMENT else "extended"
    until = f" through {in_full(item.ends_on)}" if item.ends_on else ""
    return tell_anew(item.exclusion, f"The exclusion is {does}{until} by {notice.citation}. {item.reason}", at=at)
