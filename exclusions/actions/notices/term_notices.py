"""Publishing decisions on listed exclusions: a Federal Register notice completes their terms, and they apply.

A notice may cover several lists (87 FR 17380 does): it is entered once for each, under one citation and day.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from exclusions.actions.decision.entering import note_wordings
from exclusions.actions.decision.notice_checks import check_citation, check_day, check_form, heading_of
from exclusions.actions.decision.notices import Notice
from exclusions.actions.notices.term_decisions import lock_listed, refuse_many, terms_subject
from exclusions.actions.record.events import record_event
from exclusions.actions.record.supersession import successor
from exclusions.errors import Incomplete
from exclusions.models import (
    ExclusionTerm,
    FederalNotice,
    ListedExclusion,
    NoticeTerm,
    Round,
    TariffAction,
    TermDecision,
    User,
)
from exclusions.models.exclusion import subdivision
from exclusions.permissions.notices.terms import overlap_words, overlapped, publishing_refusal, terms_of
from exclusions.queries.notices.term_drafts import drafted, published, standing_terms, wordings_of
from exclusions.workflow.term_choices import Span

PUBLISHED = "The notice was published."
BATCH = 200
Places = Mapping[str, tuple[str, str]]  # reference of an exclusion: subdivision of the note, paragraph as printed


def publish_terms(
    *, slug: str, references: Collection[str], notice: Notice, places: Places | None = None, by: User, at: datetime
) -> list[NoticeTerm]:
    """Publish signed decisions on exclusions (references) of a round under one notice, all or none; return the rows.

    `places` are the paragraphs that the notice's annex gives; one that is not named is numbered after the last one of
    its note. Raises NotPermitted, Incomplete for a decision that is not signed or was published, a citation, day,
    heading or note that does not fit, a paragraph used twice, and an overlap under the same heading.
    """
    if refused := publishing_refusal(by):
        raise refused
    check_form(notice.citation.strip(), notice.note.strip())
    with transaction.atomic():
        round = Round.objects.select_for_update().get(slug=slug, superseded_at__isnull=True)
        rows = lock_listed(round, references)
        decisions = _decisions(rows)
        check_day(notice.published_on, at, signed=[one.signed_at for one in decisions.values()])
        entered: dict[int, FederalNotice] = {}
        completed: list[ExclusionTerm] = []
        for action in sorted({row.exclusion.action for row in rows}, key=lambda one: (one.position, one.code)):
            of_list = [row for row in rows if row.exclusion.action_id == action.pk]
            check_citation(notice.citation.strip(), notice.published_on, action, demo=round.is_demo)
            entered[action.pk] = FederalNotice.objects.create(
                action=action,
                citation=notice.citation.strip(),
                published_on=notice.published_on,
                entered_by=by,
                entered_at=at,
            )
            completed += _completed(of_list, decisions, notice, action, places or {}, at)
        refuse_overlaps(rows, completed)
        bulk_create_with_history(completed, ExclusionTerm, batch_size=BATCH)
        note_wordings(completed, wordings_of(rows, {term.exclusion_id: term.valid_from for term in completed}))
        made = _enter(rows, decisions, entered)
        told = {"numbers": [row.number for row in rows], "citation": notice.citation.strip()}
        record_event(terms_subject(slug), "publish_terms", by=by, at=at, data=told)
    return made


def _decisions(rows: Sequence[ListedExclusion]) -> dict[int, TermDecision]:
    found = TermDecision.objects.filter(listed__in=[row.pk for row in rows])
    decisions = {one.listed_id: one for one in found}
    done, in_drafts = published(list(found)), drafted(list(found))
    refuse_many(
        [f"{row.exclusion.reference}: it is not decided yet." for row in rows if row.pk not in decisions]
        + [
            f"{row.exclusion.reference}: a notice published this decision already."
            for row in rows
            if row.pk in decisions and decisions[row.pk].pk in done
        ]
        + [
            f"{row.exclusion.reference}: it is in notice draft {in_drafts[key]}. Publish that draft, or take it out."
            for row in rows
            if row.pk in decisions and (key := decisions[row.pk].term_id) in in_drafts
        ]
    )
    return decisions


def _completed(
    rows: Sequence[ListedExclusion],
    decisions: Mapping[int, TermDecision],
    notice: Notice,
    action: TariffAction,
    places: Places,
    at: datetime,
) -> list[ExclusionTerm]:
    """Return the terms, not saved, that take the place of the pending ones of one list."""
    numbers = _Numbers()
    made = []
    now = standing_terms([one.term_id for one in decisions.values() if one.term_id])
    for row in rows:
        term = now.get(decisions[row.pk].term_id or 0)
        if term is None:
            continue
        if not term.seq and term.heading == row.round.heading_for(action.code)[0]:
            known = heading_of(notice.heading, notice.note, action, row.round, notice.published_on)
            term.heading = known.heading
            term.note = known.note if notice.note else note_of_list(row.round, action)
        note, item = places.get(row.exclusion.reference, ("", term.item))
        term.note = note or term.note
        term.seq, term.item = numbers.place(term, item)
        term.status, term.reason = ExclusionTerm.Status.PUBLISHED, PUBLISHED
        term.published_on, term.authority = notice.published_on, notice.citation.strip()
        term.dates_from = f"{notice.citation.strip()} and the decision in {row.round.title}"[:200]
        made.append(successor(term, at=at))
    twice = Counter((term.heading, term.note, term.item) for term in made)
    refuse_many(
        [
            f"Paragraph 20({note})({item}) of heading {heading} is given to {count} exclusions. Give each its own."
            for (heading, note, item), count in twice.items()
            if count > 1
        ]
    )
    return made


def note_of_list(round: Round, action: TariffAction) -> str:
    """Return the subdivision of a round's note in which a list of its own stands: 20(ttt) and List 2 give "ttt(ii)".

    The later notes are divided by list, in the order in which these took effect.
    """
    order = {"1": "i", "2": "ii", "3": "iii", "4A": "iv"}
    note = subdivision(round.heading_for(action.code)[1])
    return f"{note}({order[action.code]})" if round.actions.count() > 1 and action.code in order else note


class _Numbers:
    """The paragraphs of notes: which are taken, and which comes next."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def place(self, term: ExclusionTerm, item: str) -> tuple[int, str]:
        """Return number and paragraph of a term: as given, or the next. Raises Incomplete for one that is used."""
        there = ExclusionTerm.objects.filter(heading=term.heading, note=term.note)
        if item:
            used = there.filter(item=item).exclude(exclusion=term.exclusion_id)
            other = used.select_related("exclusion").order_by("pk").first()
            if other:
                said = f"Paragraph 20({term.note})({item}) is {other.exclusion.reference} already. Give another number."
                raise Incomplete(said)
            return (int(item) if item.isdecimal() else term.seq), item
        key = term.heading, term.note
        if key not in self._last:
            self._last[key] = there.aggregate(last=Max("seq"))["last"] or 0
        self._last[key] += 1
        return self._last[key], str(self._last[key])


def refuse_overlaps(rows: Sequence[ListedExclusion], completed: Sequence[ExclusionTerm]) -> None:
    """Raise Incomplete for each completed term, not saved, that overlaps another one under the same heading."""
    there, names = terms_of(rows), {row.exclusion_id: row.exclusion.reference for row in rows}
    said = []
    for term in completed:
        others = [one for one in there[term.exclusion_id] if one.pk != term.supersedes_id]
        other = overlapped(term.heading, Span(term.valid_from, term.valid_to), others)
        said += [f"{names[term.exclusion_id]}: {overlap_words(other)}"] if other else []
    refuse_many(said)


def _enter(
    rows: Sequence[ListedExclusion], decisions: Mapping[int, TermDecision], entered: Mapping[int, FederalNotice]
) -> list[NoticeTerm]:
    now = standing_terms([one.term_id for one in decisions.values() if one.term_id])
    return NoticeTerm.objects.bulk_create(
        NoticeTerm(
            notice=entered[row.exclusion.action_id],
            decision=decisions[row.pk],
            term=now.get(decisions[row.pk].term_id or 0),
        )
        for row in rows
    )
