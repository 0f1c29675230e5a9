"""Publishing granted cases: the Federal Register citation and date complete the terms, and the exclusions apply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from exclusions.actions.decision.entering import (
    NOTHING_ELSE,
    enter_notice,
    in_annex,
    notice_subject,
    terms_in_force,
)
from exclusions.actions.decision.notice_checks import (
    check_citation,
    check_day,
    check_form,
    check_last_day,
    heading_of,
    one_list,
)
from exclusions.actions.decision.published import PUBLISHED, Effect, Notice, Place
from exclusions.actions.record.many.batch import Batch, open_batch
from exclusions.days import in_full
from exclusions.errors import ActionRefused, Conflict, Incomplete, WrongState
from exclusions.facts.headings import KnownHeading
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    Petition,
    Round,
    User,
)
from exclusions.permissions import refusal
from exclusions.queries.notices.notice_drafts import drafts_of_cases
from exclusions.queries.public.rounds import term as term_of
from exclusions.workflow.terms import Term, TermRule

__all__ = ["PUBLISHED", "Effect", "Notice", "effects", "effects_among", "notice_subject", "publish_notice"]

OUT_OF_DRAFT = "Publish that draft, or take the case out of it first."
NOWHERE: Mapping[int, Place] = MappingProxyType({})


def effects(petitions: Sequence[Petition], notice: Notice, *, by: User, at: datetime) -> list[Effect]:
    """Return what publishing these cases would change, in the order of their references; change nothing.

    Raises ActionRefused for whatever stands in the way, the sentences led by the reference that they concern.
    """
    with open_batch([petition.pk for petition in petitions], by=by, at=at) as cases:
        return effects_among(cases, petitions, notice)


def effects_among(
    cases: Batch, petitions: Sequence[Petition], notice: Notice, places: Mapping[int, Place] = NOWHERE
) -> list[Effect]:
    """Return the same of cases that are locked already. `places`, by exclusion, are those that a draft gives them."""
    if not petitions:
        raise Incomplete.beside("cases", "Choose at least one granted case.")
    check_form(notice.citation.strip(), notice.note.strip())
    ordered = list(cases.petitions.values())
    if len(ordered) < len({petition.pk for petition in petitions}):
        raise Conflict("Someone deleted one of these cases meanwhile. Look at the list again.")
    for petition in ordered:
        standing = cases.standing(petition, cases.by)
        _led_by(petition, refusal("publish", petition, cases.by, cases.at, noted(notice), standing))
    decisions = {petition.pk: decision for petition in ordered for decision in _standing(petition)}
    exclusions = _exclusions(decisions.values())
    action = None if places else one_list(exclusions.values())
    if not places:
        _not_in_a_draft(ordered)
    waiting, applying = _waiting(exclusions), terms_in_force(exclusions)
    known: dict[tuple[Any, ...], Any] = {}
    found = []
    for petition in ordered:
        decision = decisions[petition.pk]
        exclusion = exclusions[decision.exclusion_id or 0]
        try:
            pending = waiting.get(exclusion.pk)
            applies = None if pending else applying.get(exclusion.pk)
            # A case may join an exclusion in force under the notice that brought it, which is older than the decision.
            joins = applies is not None and applies.published_on == notice.published_on
            check_day(notice.published_on, cases.at, signed=[] if joins else [decision.signed_at])
            place = places.get(exclusion.pk)
            effect = _effect(petition, exclusion, notice, place, pending, known)
            found.append(replace(effect, applies=applies))
        except ActionRefused as refused:
            _led_by(petition, refused)
    demo = all(petition.round.is_demo for petition in ordered)
    check_citation(notice.citation.strip(), notice.published_on, action, demo=demo)
    return found


def publish_notice(petitions: Sequence[Petition], notice: Notice, *, by: User, at: datetime) -> list[Petition]:
    """Publish several granted cases of one list under one notice, all or none; return them.

    Each exclusion's pending term gets its dates and applies; where another petition of the same exclusion was published
    before, the term stays as it is. Raises ActionRefused as `effects` does.
    """
    with open_batch([petition.pk for petition in petitions], by=by, at=at) as cases:
        found = effects_among(cases, petitions, notice)
        enter_notice(cases, found, in_annex(found), notice, NOTHING_ELSE)
        return [effect.petition for effect in found]


def publish_grant(petition: Petition, notice: Notice, *, by: User, at: datetime) -> Petition:
    """Publish one granted case under a notice, as `publish_notice` does; return the petition."""
    try:
        return publish_notice([petition], notice, by=by, at=at)[0]
    except ActionRefused as refused:
        lead = f"{petition.reference}: "
        refused.reasons = [reason.removeprefix(lead) for reason in refused.reasons]
        raise


def noted(notice: Notice) -> dict[str, object]:
    """Return what of a notice the gates and the events of its cases take."""
    return {"citation": notice.citation.strip(), "published_on": notice.published_on}


def _standing(petition: Petition) -> list[Decision]:
    """Return the decision that stands, of those that were read for all cases at once."""
    return sorted(petition.decisions.all(), key=lambda decision: decision.version)[-1:]


def _exclusions(decisions: Any) -> dict[int, Exclusion]:
    keys = [decision.exclusion_id for decision in decisions]
    rows = Exclusion.objects.filter(pk__in=keys).select_related("action").prefetch_related("texts")
    return {exclusion.pk: exclusion for exclusion in rows}


def _waiting(exclusions: Mapping[int, Exclusion]) -> dict[int, ExclusionTerm]:
    """Return the first pending term of each exclusion, locked."""
    rows = ExclusionTerm.objects.select_for_update(of=("self",)).filter(exclusion__in=exclusions, status="pending")
    found: dict[int, ExclusionTerm] = {}
    for term in rows.order_by("heading", "seq"):
        term.exclusion = exclusions[term.exclusion_id]
        found.setdefault(term.exclusion_id, term)
    return found


def _not_in_a_draft(petitions: Sequence[Petition]) -> None:
    """Refuse cases of an open draft: it may have been sent to the Register, and is published as it was sent."""
    drafts = drafts_of_cases(petitions)
    said = [
        f"{petition.reference}: it is in notice draft {drafts[petition.pk]}. {OUT_OF_DRAFT}"
        for petition in petitions
        if petition.pk in drafts
    ]
    if said:
        raise WrongState(*said)


def _led_by(petition: Petition, refused: ActionRefused | None) -> None:
    """Raise a refusal, its sentences led by the reference of the case."""
    if refused:
        led = [f"{petition.reference}: {reason}" for reason in refused.reasons]
        raise type(refused)(*led, fields=refused.fields) from refused


def _effect(
    petition: Petition,
    exclusion: Exclusion,
    notice: Notice,
    place: Place | None,
    pending: ExclusionTerm | None,
    known: dict[tuple[Any, ...], Any],
) -> Effect:
    """Return what one case brings. `known` keeps what is the same for cases of one round and list."""
    round, action = petition.round, exclusion.action
    typed = (place.heading, place.note) if place else (notice.heading, notice.note)
    last_day = place.ends_on if place else notice.ends_on
    key = (round.pk, action.pk, typed, last_day)
    if key not in known:
        check_last_day(last_day, round)
        heading: KnownHeading = heading_of(*typed, action, round, notice.published_on)
        known[key] = (heading, days_of(round, notice.published_on, last_day))
    heading, days = known[key]
    text = max(exclusion.texts.all(), key=lambda one: (one.version, one.revision), default=None)
    return Effect(petition, exclusion, action, heading, days, pending, text, place.number if place else 0)


def days_of(round: Round, published_on: date, last_day: date | None) -> Term:
    """Return the days of an exclusion published on a day; `last_day` is the notice's own. Raises Incomplete."""
    try:
        days = term_of(round, published_on)
    except ValueError as error:
        raise Incomplete.beside("published_on", str(error)) from error
    ends_on = last_day if round.term_rule == TermRule.NOTICE else days.ends_on
    if ends_on and days.starts_on and ends_on < days.starts_on:
        raise Incomplete.beside("ends_on", f"The last day is before the first, {in_full(days.starts_on)}.")
    return replace(days, ends_on=ends_on)
