"""Publishing granted cases: the Federal Register citation and date complete the terms, and the exclusions apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from exclusions.actions.decision.notice_checks import (
    check_citation,
    check_day,
    check_form,
    check_last_day,
    heading_of,
    one_list,
    refuse,
)
from exclusions.actions.record.events import record_event
from exclusions.actions.record.letters import publication_letter
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.record.transition import lock, move
from exclusions.errors import ActionRefused, Incomplete
from exclusions.facts.headings import KnownHeading
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    FederalNotice,
    NoticeCase,
    Petition,
    TariffAction,
    User,
)
from exclusions.permissions import refusal
from exclusions.queries.public.rounds import term as term_of
from exclusions.workflow.terms import Term, TermRule

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


@dataclass(frozen=True)
class Effect:
    """What publishing one case changes for importers. `waits` is the pending term; None where one applies already."""

    petition: Petition
    decision: Decision
    exclusion: Exclusion
    action: TariffAction
    heading: KnownHeading
    days: Term
    waits: ExclusionTerm | None
    text: ExclusionText | None


def effects(petitions: Sequence[Petition], notice: Notice, *, by: User, at: datetime) -> list[Effect]:
    """Return what publishing these cases would change, in the order of their references; change nothing.

    Raises ActionRefused for whatever stands in the way, the sentences led by the reference that they concern.
    """
    if not petitions:
        raise Incomplete("Choose at least one granted case.", fields={"cases": ["Choose at least one granted case."]})
    check_form(notice.citation.strip(), notice.note.strip())
    with transaction.atomic():
        ordered = [lock(petition) for petition in sorted(petitions, key=lambda one: one.reference or "")]
        for petition in ordered:
            _led_by(petition, refusal("publish", petition, by, at, _data(notice)))
        standing = Decision.objects.filter(petition__in=ordered).select_related("exclusion__action")
        standing = standing.prefetch_related("exclusion__texts")
        decisions = {decision.petition_id: decision for decision in standing}
        action = one_list(decisions.values())
        demo = all(petition.round.is_demo for petition in ordered)
        found = []
        for petition in ordered:
            decisions[petition.pk].petition = petition
            try:
                check_day(decisions[petition.pk], notice.published_on, at)
                found.append(_effect(petition, decisions[petition.pk], notice, action))
            except ActionRefused as refused:
                _led_by(petition, refused)
        check_citation(notice.citation.strip(), notice.published_on, action, demo=demo)
    return found


def publish_notice(petitions: Sequence[Petition], notice: Notice, *, by: User, at: datetime) -> list[Petition]:
    """Publish several granted cases of one list under one notice, all or none; return them.

    Each exclusion's pending term gets its dates and applies; where another petition of the same exclusion was published
    before, the term stays as it is. Raises ActionRefused as `effects` does.
    """
    done = []
    with transaction.atomic():
        found = effects(petitions, notice, by=by, at=at)
        entered = FederalNotice.objects.create(
            action=found[0].action,
            citation=notice.citation.strip(),
            published_on=notice.published_on,
            entered_by=by,
            entered_at=at,
        )
        record_event(notice_subject(entered), "enter_notice", by=by, at=at, data={"cases": len(found)})
        for effect in found:
            waits = effect.waits and not ExclusionTerm.objects.filter(supersedes=effect.waits).exists()
            term = _complete(effect, notice, at) if waits else None
            NoticeCase.objects.create(notice=entered, petition=effect.petition, term=term)
            done.append(move(effect.petition, "publish", by=by, at=at, data=_data(notice), is_locked=True))
            publication_letter(effect.decision, f"notice {entered.pk}", at=at)
    return done


def publish_grant(petition: Petition, notice: Notice, *, by: User, at: datetime) -> Petition:
    """Publish one granted case under a notice, as `publish_notice` does; return the petition."""
    try:
        return publish_notice([petition], notice, by=by, at=at)[0]
    except ActionRefused as refused:
        lead = f"{petition.reference}: "
        refused.reasons = [reason.removeprefix(lead) for reason in refused.reasons]
        raise


def _data(notice: Notice) -> dict[str, object]:
    return {"citation": notice.citation.strip(), "published_on": notice.published_on}


def _led_by(petition: Petition, refused: ActionRefused | None) -> None:
    """Raise a refusal, its sentences led by the reference of the case."""
    if refused:
        led = [f"{petition.reference}: {reason}" for reason in refused.reasons]
        raise type(refused)(*led, fields=refused.fields) from refused


def _effect(petition: Petition, decision: Decision, notice: Notice, action: TariffAction) -> Effect:
    round, exclusion = petition.round, decision.exclusion
    assert exclusion is not None  # a grant has one: decision_grant_has_exclusion
    check_last_day(notice.ends_on, round)
    heading = heading_of(notice.heading, notice.note, action, round, notice.published_on)
    try:
        days = term_of(round, notice.published_on)
    except ValueError as error:
        raise refuse("published_on", str(error)) from error
    ends_on = notice.ends_on if round.term_rule == TermRule.NOTICE else days.ends_on
    if ends_on and days.starts_on and ends_on < days.starts_on:
        raise refuse("ends_on", f"The last day lies before the first, {days.starts_on:%Y-%m-%d}.")
    waiting = ExclusionTerm.objects.select_for_update(of=("self",)).filter(exclusion=exclusion, status="pending")
    text = max(exclusion.texts.all(), key=lambda one: one.version, default=None)
    pending = waiting.order_by("heading", "seq").first()
    return Effect(petition, decision, exclusion, action, heading, Term(days.starts_on, ends_on), pending, text)


def notice_subject(notice: FederalNotice) -> str:
    """Return the name of a notice's event chain."""
    return f"notice:{notice.pk}"


def _complete(effect: Effect, notice: Notice, at: datetime) -> ExclusionTerm:
    """Supersede the pending term, and the texts without a first day yet, by what the notice says; return the term."""
    term, heading, days = effect.waits, effect.heading, effect.days
    assert term is not None
    last = ExclusionTerm.objects.filter(heading=heading.heading, note=heading.note).aggregate(last=Max("seq"))
    term.heading, term.note = heading.heading, heading.note
    term.seq = (last["last"] or 0) + 1
    term.item = str(term.seq)
    term.status = ExclusionTerm.Status.PUBLISHED
    term.valid_from, term.valid_to = days.starts_on, days.ends_on
    term.published_on, term.authority = notice.published_on, notice.citation.strip()
    term.dates_from = f"{notice.citation.strip()} and the rules of {effect.petition.round.title}"[:200]
    term.reason = PUBLISHED
    published = successor(term, at=at)
    published.save()
    for text in effect.exclusion.texts.filter(valid_from__isnull=True).order_by("version"):
        text.valid_from, text.authority, text.reason = days.starts_on, notice.citation.strip(), PUBLISHED
        dated = successor(text, at=at)
        dated.save()
        write_numbers([dated])
    return published
