"""Publishing granted cases: the Federal Register citation and date complete the terms, and the exclusions apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from exclusions import hts
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.record.transition import lock, move
from exclusions.checks.notice import citation_fault, heading_fault, note_fault
from exclusions.errors import ActionRefused, Incomplete
from exclusions.models import ExclusionTerm, Petition, User
from exclusions.models.exclusion import subdivision
from exclusions.permissions import refusal
from exclusions.queries.public.rounds import term as term_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.terms import TermRule

PUBLISHED = "The notice was published."


@dataclass(frozen=True)
class Notice:
    """What a publisher enters of a Federal Register notice.

    `heading` (dotted or plain, 8 digits) and `note` override those of the round; `ends_on`, inclusive, is for a round
    whose notice itself fixes the end.
    """

    citation: str
    published_on: date
    heading: str = ""
    note: str = ""
    ends_on: date | None = None


def publish_notice(petitions: Sequence[Petition], notice: Notice, *, by: User, at: datetime) -> list[Petition]:
    """Publish several granted cases under one notice, all or none; return them.

    Raises ActionRefused, the sentences led by the reference that they concern.
    """
    if not petitions:
        raise Incomplete("Choose at least one granted case.", fields={"cases": ["Choose at least one granted case."]})
    done = []
    with transaction.atomic():
        for petition in sorted(petitions, key=lambda petition: petition.reference or ""):
            try:
                done.append(publish_grant(petition, notice, by=by, at=at))
            except ActionRefused as refused:
                led = [f"{petition.reference}: {reason}" for reason in refused.reasons]
                raise type(refused)(*led, fields=refused.fields) from refused
    return done


def publish_grant(petition: Petition, notice: Notice, *, by: User, at: datetime) -> Petition:
    """Publish one granted case: its exclusion's pending term gets its dates and applies; return the petition.

    Where another petition of the same exclusion was published before, the term stays as it is. Raises ActionRefused.
    """
    data = {"citation": notice.citation.strip(), "published_on": notice.published_on}
    _check_form(notice)
    with transaction.atomic():
        locked = lock(petition)
        refused = refusal("publish", locked, by, at, data)
        if refused:
            raise refused
        _check_date(locked, notice.published_on, at)
        exclusion = locked.decision.exclusion
        if exclusion is not None:
            waiting = ExclusionTerm.objects.select_for_update(of=("self",)).filter(
                exclusion=exclusion, status="pending"
            )
            pending = waiting.order_by("heading", "seq").first()
            if pending:
                _complete(pending, locked, notice, at)
        return move(locked, "publish", by=by, at=at, data=data, is_locked=True)


def _check_form(notice: Notice) -> None:
    """Raise Incomplete for a citation or note of another form: both are printed, and neither is a place for words."""
    cited = notice.citation.strip()
    faults = {"citation": citation_fault(cited) if cited else "", "note": note_fault(notice.note)}
    for field, sentence in faults.items():
        if sentence:
            raise Incomplete(sentence, fields={field: [sentence]})


def _check_date(petition: Petition, published_on: date, at: datetime) -> None:
    sentence = ""
    if published_on > eastern_date(at):
        sentence = "The publication date is in the future; publish the case when the notice is out."
    elif published_on < eastern_date(petition.decision.signed_at):
        signed = eastern_date(petition.decision.signed_at)
        sentence = f"The notice cannot be older than the decision, which was signed on {signed:%Y-%m-%d}."
    if sentence:
        raise Incomplete(sentence, fields={"published_on": [sentence]})


def _complete(term: ExclusionTerm, petition: Petition, notice: Notice, at: datetime) -> None:
    """Supersede the pending term, and the texts that have no first day yet, by what the notice says."""
    round = petition.round
    heading = _heading(notice.heading or term.heading or round.heading)
    if round.term_rule == TermRule.NOTICE and notice.ends_on is None:
        sentence = "The notice fixes the last day of these exclusions; enter it."
        raise Incomplete(sentence, fields={"ends_on": [sentence]})
    try:
        days = term_of(round, notice.published_on)
    except ValueError as error:
        raise Incomplete(str(error), fields={"published_on": [str(error)]}) from error
    ends_on = notice.ends_on if round.term_rule == TermRule.NOTICE else days.ends_on
    if ends_on and days.starts_on and ends_on < days.starts_on:
        sentence = f"The last day lies before the first, {days.starts_on:%Y-%m-%d}."
        raise Incomplete(sentence, fields={"ends_on": [sentence]})
    note = subdivision(notice.note) or term.note
    last = ExclusionTerm.objects.filter(heading=heading, note=note).aggregate(last=Max("seq"))
    term.heading, term.note = heading, note
    term.seq = (last["last"] or 0) + 1
    term.item = str(term.seq)
    term.status = ExclusionTerm.Status.PUBLISHED
    term.valid_from, term.valid_to = days.starts_on, ends_on
    term.published_on, term.authority = notice.published_on, notice.citation.strip()
    term.dates_from = f"{notice.citation.strip()} and the rules of {round.title}"[:200]
    term.reason = PUBLISHED
    successor(term, at=at).save()
    for text in term.exclusion.texts.filter(valid_from__isnull=True).order_by("version"):
        text.valid_from, text.authority, text.reason = days.starts_on, notice.citation.strip(), PUBLISHED
        dated = successor(text, at=at)
        dated.save()
        write_numbers([dated])


def _heading(text: str) -> str:
    sentence = heading_fault(text)
    if sentence:
        raise Incomplete(sentence, fields={"heading": [sentence]})
    return hts.parse(text, digits=(8,)).plain
