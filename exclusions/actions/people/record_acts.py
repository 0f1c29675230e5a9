"""What two members of staff do to the record: correct what was published, reopen a decision, issue a letter anew."""

from dataclasses import dataclass
from datetime import datetime

from exclusions.actions.decision.corrections import (
    Correction,
    read_correction,
    refuse_taking_back,
    write_correction,
)
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground, lock_petition
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.letters import correction_letter, issue_anew, letter_of
from exclusions.actions.record.supplements.adding import hold_naming, note_reopening
from exclusions.actions.record.transition import move
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Decision, Exclusion, Letter, Petition, Reopening, User
from exclusions.permissions import standing_of
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.roles import Role
from exclusions.workflow.states import DECIDED

SHOWN = 300  # characters of what is told of a wording
MOST = 900  # characters of a reason that a letter prints
MOST_BESIDE = 600  # of one that it prints beside what was changed, and by which authority
LETTER_TAKES = 1000  # of all three


@dataclass(frozen=True)
class Published:
    """An exclusion with its row locked after those of the petitions that it answers, their grants, and a correction."""

    exclusion: Exclusion
    grants: list[Decision]
    correction: Correction


def lock_published(key: str, facts: Facts) -> Published:
    """Return an exclusion, locked, with what is to change of it. Raises WrongState, and as `read_correction`."""
    answered = Decision.objects.filter(exclusion__in=Exclusion.objects.filter(pk=_number(key)))
    answered = answered.filter(petition__status__in=DECIDED)
    # In one order, for whoever else locks several petitions.
    list(Petition.objects.select_for_update().filter(pk__in=answered.values("petition")).order_by("reference"))
    of_it = (f"petition__{name}" for name in ("round", "organization", "filer_organization", "filed_by"))
    grants = answered.select_related(*of_it, "signed_by")
    for exclusion in Exclusion.objects.select_for_update().filter(pk=_number(key)):
        found = list(grants.select_related("exclusion__action").order_by("petition__reference"))
        return Published(exclusion, found, read_correction(exclusion, facts))
    raise WrongState("There is no such exclusion.")


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() else 0


def in_one_line(correction: Correction) -> str:
    """Say what is corrected in one line."""
    words = "; ".join(f"{label}: “{_short(was)}” to “{_short(becomes)}”" for label, was, becomes in correction.changes)
    return f"{words}, from {in_full(correction.holds_from)} on" if correction.holds_from else words


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _ground_of_correction(key: str, facts: Facts) -> Ground:
    found = lock_published(key, facts)
    exclusion, correction = found.exclusion, found.correction
    return Ground(
        summary=f"Correct {exclusion.reference}: {in_one_line(correction)}",
        basis={
            "what is corrected": [list(change) for change in correction.changes],
            "the wordings and terms": [
                list(exclusion.texts.order_by("pk").values_list("pk", flat=True)),
                list(exclusion.terms.order_by("pk").values_list("pk", flat=True)),
            ],
        },
        found=found,
    )


def look_at_correction(found: Published, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through a correction for what was given in confidence in the cases that the exclusion answers.

    Counsel is always one of the two, and is told; a publisher may not know. Raises NotPermitted for who is kept from
    one of these cases, Incomplete where days that have passed would be taken back.
    """
    look_at_published("correct_exclusion", found, facts, reason, by, at)


def look_at_published(door: str, found: Published, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through what is to be published of an exclusion, by the door of this name, as `look_at_correction` does."""
    _require(reason, "Say what was wrong.", MOST_BESIDE)
    granted_once = Decision.versions.filter(exclusion=found.exclusion).exists()
    superseded = granted_once and not Decision.objects.filter(exclusion=found.exclusion).exists()
    refuse_taking_back(found.correction, at, forward_only=superseded)
    typed = "\n".join(str(facts[field]) for field in ("text", "instead", "note") if facts.get(field))
    for decision in found.grants:
        standing = standing_of(by, decision.petition, at)
        if standing.kept_from_acting:
            raise NotPermitted(*standing.kept_from_acting)
        words = {"facts": typed, "reason": reason}
        look_through(door, decision.petition, words, by=by, at=at, standing=standing)


def _correct(key: str, facts: Facts, carried: Carried) -> None:
    """Write the new versions; each petition that it answers gets a superseding letter that names what was corrected."""
    found: Published = carried.found
    exclusion, correction = found.exclusion, found.correction
    told = in_one_line(correction)
    write_correction(correction, corrected_by=str(carried.proposed_by), reason=carried.reason, at=carried.at)
    record_act(f"exclusion:{key}", "correct_exclusion", carried, {"what": str(facts["what"])})
    authority = correction.citation or f"{carried.proposed_by}, for the agency"
    why = _in_a_letter(told, f". Authority: {authority}. {carried.reason}")
    for decision in found.grants:
        record_act(
            petition_subject(decision.petition), "correct_exclusion", carried, {"exclusion": exclusion.reference}
        )
        letter = letter_of(decision)
        if letter:
            issue_anew(letter, reason=why, at=carried.at)
        correction_letter(decision, what=why, at=carried.at)
        _tell(decision.petition, f"The exclusion {exclusion.reference} was corrected. {told}.", carried)


def _in_a_letter(told: str, rest: str) -> str:
    """Say what was corrected, as shortly as leaves room for the authority and the reason, which stay whole."""
    room = LETTER_TAKES - len("Corrected: ") - len(rest)
    return f"Corrected: {told if len(told) <= room else f'{told[: max(room - 1, 0)]}…'}{rest}"


def record_act(subject: str, kind: str, carried: Carried, data: Facts) -> None:
    """Append the event of an act of two persons, with its reason and what else is given."""
    data = {**carried.data, **data}
    record_event(subject, kind, by=carried.by, at=carried.at, reason=carried.reason, data=data)


def _tell(petition: Petition, what: str, carried: Carried) -> None:
    """Write to who filed that the letter was issued anew; `what` is a sentence."""
    notify(
        to=petition.filed_by.email,
        template="letter_superseded",
        subject=f"{petition.reference}: a new version of a letter was issued",
        context={
            "reference": petition.reference or "",
            "what": what,
            "url": page_address("petition", petition.pk),
        },
        at=carried.at,
    )


# ---- Reopening a decision -----------------------------------------------------------------------------------------
def _ground_of_reopening(key: str, facts: Facts) -> Ground:
    petition = lock_petition(key)
    decision = Decision.objects.filter(petition=petition).order_by("version").first()
    if decision is None or petition.status not in DECIDED:
        raise WrongState("You can reopen only a signed decision. This petition has none.")
    word = decision.get_outcome_display().lower()
    return Ground(
        summary=f"Reopen the decision on {petition.reference}: {word}, signed {in_words(decision.signed_at)}",
        basis={"the decision": decision.pk, "where the case stands": petition.status},
        found=(petition, decision),
    )


def look_at_reopening(found: tuple[Petition, Decision], facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through the reason, which everybody reads; raise NotPermitted for who is kept from the case."""
    _look_at_reason("reopen_decision", found[0], reason, "Say why it was wrong.", by, at)


def _reopen(key: str, facts: Facts, carried: Carried) -> None:
    """Lead the case back to counsel, in the name of the signatory of the two; the decision stays as it was signed."""
    petition, decision = carried.found
    Reopening.objects.create(
        decision=decision,
        reason=carried.reason,
        proposed_by=carried.proposed_by,
        confirmed_by=carried.by,
        reopened_at=carried.at,
    )
    decision.petition = petition
    naming = hold_naming(decision)
    signatory = carried.by if carried.by.role == Role.SIGNATORY else carried.proposed_by
    move(
        petition, "reopen_decision", by=signatory, at=carried.at, reason=carried.reason, data=carried.data,
        is_locked=True,
    )  # fmt: skip
    note_reopening(decision, naming, at=carried.at)


# ---- Issuing a letter anew ----------------------------------------------------------------------------------------
def _ground_of_letter(key: str, facts: Facts) -> Ground:
    petition = lock_petition(key)
    letters = Letter.objects.filter(petition=petition, superseded_by__isnull=True).order_by("issued_at", "pk")
    standing_ones = {letter.code: letter for letter in letters.select_related("petition__round")}
    letter = standing_ones.get(str(facts.get("letter", "")))
    if letter is None:
        raise WrongState("This petition has no such letter, or a newer one has replaced it.")
    return Ground(
        summary=f"Issue a new version of letter {letter.code} on {petition.reference}: "
        f"{letter.get_kind_display().lower()}",
        basis={"the letters": list(standing_ones), "the addressee": petition.organization.legal_name},
        found=(petition, letter),
    )


def look_at_letter(found: tuple[Petition, Letter], facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through the reason, which the letter prints; raise NotPermitted for who is kept from the case."""
    _look_at_reason("reissue_letter", found[0], reason, "Say what is wrong with the letter.", by, at)


def _reissue(key: str, facts: Facts, carried: Carried) -> None:
    """Set the letter from the record as it is now, addressee included; it names the one before and the reason."""
    petition, letter = carried.found
    record_act(petition_subject(petition), "reissue_letter", carried, {"letter": letter.code})
    issue_anew(letter, reason=carried.reason, at=carried.at)
    _tell(petition, f"{letter.get_kind_display()}, {letter.code}: {carried.reason}", carried)


def _look_at_reason(act: str, petition: Petition, reason: str, missing: str, by: User, at: datetime) -> None:
    """Raise NotPermitted for who is kept from the case, Incomplete and Repeats for a reason that will not do."""
    standing = standing_of(by, petition, at)
    if standing.kept_from_acting:
        raise NotPermitted(*standing.kept_from_acting)
    _require(reason, missing)
    look_through(act, petition, {"reason": reason}, by=by, at=at, standing=standing)


def _require(reason: str, missing: str, most: int = MOST) -> None:
    """Raise Incomplete for a reason that shows nothing, or is too long for a letter."""
    require_reason(reason, missing)
    if len(reason) > most:
        sentence = f"The reason has {len(reason)} characters. The limit is {most}, because the letter prints it."
        raise Incomplete(fields={"reason": [sentence]})


RECORD_ACTS = {
    "reissue_letter": ActBody(_ground_of_letter, _reissue, look_at_letter),
    "reopen_decision": ActBody(_ground_of_reopening, _reopen, look_at_reopening),
    "correct_exclusion": ActBody(_ground_of_correction, _correct, look_at_correction),
}
