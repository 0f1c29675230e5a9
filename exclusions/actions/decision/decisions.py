"""The signed determination on a petition, and what a grant writes into the registry of exclusions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, prefetch_related_objects

from exclusions.actions.record.disclosure_checks import look_through
from exclusions.actions.record.letters import decision_letter, letter_of
from exclusions.actions.record.many.batch import Batch, act_of, standing_in, supplement
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.record.supplements.adding import set_apart
from exclusions.actions.record.transition import lock, move
from exclusions.errors import Conflict, Incomplete
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    Outcome,
    Petition,
    ProductDraft,
    Round,
    TariffAction,
    User,
)
from exclusions.models.exclusion import subdivision
from exclusions.models.tariff import lasts_to
from exclusions.permissions import refusal
from exclusions.permissions.agreement import basis
from exclusions.permissions.conclusions import SIGNS, signing_faults
from exclusions.permissions.gates import NO_CONTACT_LEFT_OUT
from exclusions.permissions.notices.text_gates import latest_draft
from exclusions.queries.casework.case.determinations import (
    action_of,
    explanations,
    findings_snapshot,
    same_exclusion,
)
from exclusions.queries.notices.partial_grants import asked_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.terms import known_term

CHOSEN = ("denial_codes", "narrowing_codes", "proposed_by")
SIGNED_BY = {outcome: name for name, outcome in SIGNS.items()}
NEVER_PUBLISHED = "The grant was superseded before its notice."
FROM_ROUND = "Rules of the round; completed when the notice is published."


def grant(
    petition: Petition,
    *,
    rationale: str,
    by: User,
    at: datetime,
    departure: str = "",
    adverse: str = "",
    contacts: str = "",
    seen: str = "",
    batch: Batch | None = None,
) -> Decision:
    """Sign the grant of a petition whose text Customs cleared; return the decision.

    In one transaction: the exclusion with its text, number and pending term (or the one that already has this product
    under the action: one exclusion answers many petitions), the decision with the findings as they stand, the status,
    the event and the letter. The term stays pending until the notice is published. `departure` says why the desk before
    is not followed, `adverse` what outweighs adverse findings; each only where there is such. `contacts` is "none": the
    signatory states that no contact is missing from the log. `seen` names what the signatory saw it stand on
    (`permissions.agreement.basis`; "": nobody says). Raises ActionRefused.
    """
    words = {"rationale": rationale.strip(), "departure": departure.strip(), "adverse": adverse.strip()}
    data = {**words, "contacts": contacts}
    with transaction.atomic():
        locked = _ready(petition, "grant", data, by, at, seen, batch)
        exclusion, _ = _granted(locked, at, batch)
        return _sign(locked, Outcome.GRANT, data, by, at, exclusion=exclusion, batch=batch)


def grant_in_part(
    petition: Petition,
    *,
    rationale: str,
    narrowing_codes: Sequence[str],
    proposed_by: str,
    narrowing: str,
    by: User,
    at: datetime,
    departure: str = "",
    adverse: str = "",
    contacts: str = "",
    seen: str = "",
    batch: Batch | None = None,
) -> Decision:
    """Sign the grant of less than was asked; return the decision. All else is as for a grant.

    The decision keeps what was asked (the petition's own product text as filed), what is granted (the text that Customs
    cleared), why (`narrowing_codes` of `criteria.NARROWING_REASONS`, each with something of the record behind it, and
    `narrowing`, in words) and who proposed it (`proposed_by`, a key of `criteria.PROPOSERS`). Raises ActionRefused.
    """
    typed = {"rationale": rationale, "narrowing": narrowing, "departure": departure, "adverse": adverse}
    words = {name: text.strip() for name, text in typed.items()}
    codes = list(dict.fromkeys(narrowing_codes))
    data = {**words, "narrowing_codes": codes, "proposed_by": proposed_by, "contacts": contacts}
    with transaction.atomic():
        locked = _ready(petition, "grant_in_part", data, by, at, seen, batch)
        exclusion, draft = _granted(locked, at, batch)
        less = {**asked_of(locked), "granted": draft.text, "codes": codes, "proposed_by": proposed_by}
        return _sign(locked, Outcome.IN_PART, data, by, at, exclusion=exclusion, narrowing=less, batch=batch)


def _granted(petition: Petition, at: datetime, batch: Batch | None) -> tuple[Exclusion, ProductDraft]:
    """Return the exclusion that a grant makes or joins, and the text that it takes."""
    draft = latest_draft(petition)
    action = action_of(petition, draft.number) if draft else None
    if draft is None or action is None:
        raise Incomplete("No list of this round covers the number in the product text. Draft the text again.")
    return _exclusion_among(action, draft, petition, at, batch), draft


def deny(
    petition: Petition,
    *,
    rationale: str,
    denial_codes: Sequence[str],
    by: User,
    at: datetime,
    departure: str = "",
    facts: str = "",
    contacts: str = "",
    seen: str = "",
    batch: Batch | None = None,
) -> Decision:
    """Sign the denial of a petition, with coded reasons and rationale; return the decision. Raises ActionRefused.

    `departure` says why the desk before is not followed, `facts` what the codes rest on to which no criterion of the
    round leads; each only where there is such. `contacts` and `seen` as for a grant.
    """
    words = {"rationale": rationale.strip(), "departure": departure.strip(), "facts": facts.strip()}
    data = {**words, "denial_codes": list(dict.fromkeys(denial_codes)), "contacts": contacts}
    with transaction.atomic():
        locked = _ready(petition, "deny", data, by, at, seen, batch)
        return _sign(locked, Outcome.DENY, data, by, at, batch=batch)


def look_over(
    petition: Petition, name: str, data: Mapping[str, Any], *, by: User, at: datetime, seen: str = ""
) -> None:
    """Raise ActionRefused where a decision could not be signed with what was entered; change nothing.

    `name` is grant, grant_in_part or deny, `data` what these take. A page asks before it shows what is about to be
    final; that page asks for the contacts.
    """
    whole = {field: str(data.get(field) or "").strip() for field in DOORS[name].takes}
    chosen = {field: data[field] for field in CHOSEN if data.get(field)}
    with transaction.atomic():
        _ready(petition, name, {**whole, **chosen, "contacts": NO_CONTACT_LEFT_OUT}, by, at, seen)


def _ready(
    petition: Petition,
    name: str,
    data: Mapping[str, Any],
    by: User,
    at: datetime,
    seen: str = "",
    batch: Batch | None = None,
) -> Petition:
    """Lock the petition and raise unless the transition may be taken with what was entered."""
    locked = lock(petition, batch, compares=True)
    prefetch_related_objects([locked], "drafts__opinions")  # several gates ask, here and as the case moves
    refused = refusal(name, locked, by, at, data, standing_in(batch, by, locked, at))
    if isinstance(refused, Incomplete):
        refused.fields |= signing_faults(name, locked, data)
    if refused:
        raise refused
    if seen and seen != basis(locked):
        raise Conflict("The case changed after you opened this page. Read it again, then sign.")
    look_through(name, locked, {field: data[field] for field in DOORS[name].takes}, by=by, at=at, batch=batch)
    return locked


def _sign(
    petition: Petition,
    outcome: Outcome,
    data: Mapping[str, Any],
    by: User,
    at: datetime,
    exclusion: Exclusion | None = None,
    narrowing: Mapping[str, Any] | None = None,
    batch: Batch | None = None,
) -> Decision:
    # The decision comes before the move: the move writes the public copy, which shows it.
    stands = Decision.objects.filter(petition=petition).select_related("exclusion", "reopening")
    former = None if batch and not petition.decisions.all() else stands.order_by("version").first()
    before, apart = letter_of(former) if former else None, set_apart(petition, outcome)
    decision = Decision(
        petition=petition,
        version=former.version + 1 if former else 1,
        supersedes=former,
        outcome=outcome,
        rationale=data["rationale"],
        denial_codes=data.get("denial_codes", []),
        findings=findings_snapshot(petition, batch.passages(petition) if batch else None),
        explanations=explanations(petition, outcome, data, apart),
        narrowing=dict(narrowing or {}),
        exclusion=exclusion,
        signed_by=by,
        signed_at=at,
        joint=act_of(batch),
    )
    if batch:
        batch.add_row(decision)
    else:
        decision.save(force_insert=True)
    move(petition, SIGNED_BY[outcome], by=by, at=at, data=data, is_locked=True, batch=batch)
    why = f"The decision was reopened. {former.reopening.reason}"[:1000] if former else ""
    decision_letter(decision, at=at, instead_of=before, reason=why if before else "", batch=batch)
    supplement(decision, apart, at=at, batch=batch)
    if former and former.exclusion and former.exclusion != exclusion:
        _end_pending(former.exclusion, at)
    return decision


def _end_pending(exclusion: Exclusion, at: datetime) -> None:
    """End a term whose notice is to come, once no decision grants it any more. A published one ends by notice."""
    if Decision.objects.filter(exclusion=exclusion).exists():
        return
    for term in exclusion.terms.filter(status=ExclusionTerm.Status.PENDING).order_by("pk"):
        term.status, term.reason = ExclusionTerm.Status.DELETED, NEVER_PUBLISHED
        successor(term, at=at).save()


def _exclusion_among(
    action: TariffAction, draft: ProductDraft, petition: Petition, at: datetime, batch: Batch | None
) -> Exclusion:
    """Return the exclusion of a grant; cases that are granted together for one product look for it once."""
    if batch is None:
        return _exclusion_for(petition.round, action, draft, petition, at)
    key = (action.pk, product_key(draft.text))
    if key not in batch.exclusions:
        batch.exclusions[key] = _exclusion_for(petition.round, action, draft, petition, at)
    return batch.exclusions[key]


def _exclusion_for(
    round: Round, action: TariffAction, draft: ProductDraft, petition: Petition, at: datetime
) -> Exclusion:
    """Return the exclusion of this product under the action, made or joined, with a term that is pending or lasts."""
    # Two grants of one product at once: the action's row orders them, so that the second joins the first.
    TariffAction.objects.select_for_update().get(pk=action.pk)
    exclusion = same_exclusion(action, draft.text)
    if exclusion is None:
        key = product_key(draft.text)
        exclusion = Exclusion.objects.create(
            reference=f"L{action.code}-{draft.number}-{key[:6].upper()}",
            action=action,
            product_key=key,
            origin=Exclusion.Origin.DECISION,
            created_at=at,
        )
        _write_text(exclusion, draft, round, petition, at)
    pending = Q(status=ExclusionTerm.Status.PENDING)
    lasting = Q(status=ExclusionTerm.Status.PUBLISHED) & lasts_to(eastern_date(at))
    if not exclusion.terms.filter(pending | lasting).exists():
        known = known_term(round)
        heading, note = round.heading_for(action.code)
        ExclusionTerm.objects.create(
            exclusion=exclusion,
            heading=heading,
            note=subdivision(note),
            status=ExclusionTerm.Status.PENDING,
            valid_from=known.starts_on,
            valid_to=known.ends_on,
            dates_from=FROM_ROUND,
            recorded_at=at,
        )
    return exclusion


def _write_text(exclusion: Exclusion, draft: ProductDraft, round: Round, petition: Petition, at: datetime) -> None:
    text = ExclusionText.objects.create(
        exclusion=exclusion,
        text=draft.text,
        whole_number=draft.whole_number,
        valid_from=known_term(round).starts_on,
        source=f"Decision on {petition.reference}",
        recorded_at=at,
    )
    write_numbers([text])
