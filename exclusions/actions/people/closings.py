"""Closing a case without its merits: incomplete, covered by an exclusion, or a duplicate; intake and counsel do it.

Intake proposes it with the fact that it rests on. The fact is read again, under the lock of the case, when counsel
confirms: an exclusion that was corrected or an earlier petition that was withdrawn meanwhile closes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground, lock_petition
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.letters import closing_letter
from exclusions.actions.record.transition import move
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.facts.filing_day import filing_day
from exclusions.models import Closing, Petition, User
from exclusions.models.casework.closing import EARLIER
from exclusions.permissions import standing_of
from exclusions.permissions.cures import last_cure
from exclusions.queries.casework.closings import (
    covering_exclusions,
    earlier_petitions,
    labels_of,
    last_version,
    term_in_words,
    term_on_record,
)
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.transitions import TRANSITIONS

MOST = 900  # characters of a reason that a letter prints
Kind = Closing.Kind
_ONLY = {
    Kind.COVERED: "Close a petition as “Covered by an existing exclusion” only before its decision is signed.",
    Kind.DUPLICATE: "Close a petition as “Duplicate of an earlier petition” only before counsel has concluded on its "
    "merits.",
    Kind.INCOMPLETE: "Only a petition that waits to be posted can be closed as incomplete.",
}


@dataclass(frozen=True)
class _Found:
    """The case, locked; `facts` are public, in words, as page and letter print them; `basis` what must not change."""

    petition: Petition
    facts: list[dict[str, str]]
    basis: Facts


def _ground(kind: Kind, key: str, facts: Facts) -> Ground:
    petition = lock_petition(key)
    row = TRANSITIONS[f"close_{kind}"]
    if petition.status not in row.sources:
        raise WrongState(f"{petition.reference} is “{petition.get_status_display()}”. {_ONLY[kind]}")
    found = _READ[kind](petition, facts)
    told = "; ".join(f"{fact['label'].lower()}: {fact['value']}" for fact in found.facts)
    return Ground(summary=f"{row.label}: {petition.reference}; {told}"[:900], basis=found.basis, found=found)


def _fact(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _covered(petition: Petition, facts: Facts) -> _Found:
    """The exclusion names the number and was in force on the filing day, which is read from the tariff alone."""
    wanted = str(facts.get("exclusion", ""))
    named = next((one for one in covering_exclusions(petition) if one.reference == wanted), None)
    if named is None or petition.submitted_at is None:
        day = eastern_date(petition.submitted_at) if petition.submitted_at else None
        raise Incomplete.beside(
            "exclusion",
            f"No exclusion “{wanted}” of the list names the number and was in force on the filing day"
            f"{f', {in_full(day)}' if day else ''}. A corrected exclusion no longer counts. Choose another.",
        )
    term, day = term_in_words(named), filing_day(petition.submitted_at, petition.submitted_at)
    return _Found(
        petition,
        [_fact("Exclusion", named.reference), _fact("In force", term), _fact("Filing day", in_full(day))],
        {
            "the exclusion": named.reference,
            "its term on the filing day": term_on_record(named),
            "its wording": named.text,
        },
    )


def _duplicate(petition: Petition, facts: Facts) -> _Found:
    """An earlier petition of the same organization for the same number and a like product stands."""
    wanted = str(facts.get("earlier", ""))
    found = next((one for one in earlier_petitions(petition) if one.reference == wanted), None)
    if found is None:
        raise Incomplete.beside(
            "earlier",
            f"“{wanted}” is not an earlier petition of the same organization for the same number and a like "
            "product. A petition that was withdrawn or lapsed does not count. Choose one of those shown.",
        )
    return _Found(
        petition,
        [_fact(EARLIER, found.reference), _fact("Filed", in_full(found.filed_on))],
        {"the earlier petition": found.reference, "the number": petition.hts10},
    )


def _incomplete(petition: Petition, facts: Facts) -> _Found:
    """It was returned with questions, came back, and some of these are still not answered."""
    cure = last_cure(petition)
    if cure is None:
        raise WrongState(
            "The petition was never returned for correction. Return it first, so that its filer can correct it."
        )
    labels = labels_of(cure.points, facts.get("missing") or [])
    if not labels:
        raise Incomplete.beside(
            "missing", "Choose at least one question that it was returned for and that is still not answered."
        )
    returned = eastern_date(cure.returned_at)
    return _Found(
        petition,
        [_fact("Returned for correction", in_full(returned)), *(_fact("Not answered", label) for label in labels)],
        {"the last return": cure.number, "the answers": last_version(petition)},
    )


_READ = {Kind.COVERED: _covered, Kind.DUPLICATE: _duplicate, Kind.INCOMPLETE: _incomplete}


def look_at_closing(found: _Found, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through the reason, which the letter prints; raise NotPermitted for who is kept from the case."""
    standing = standing_of(by, found.petition, at)
    if standing.kept_from_acting:
        raise NotPermitted(*standing.kept_from_acting)
    require_reason(reason, "Say how the fact answers the petition.")
    if len(reason) > MOST:
        raise Incomplete.beside(
            "reason", f"The reason has {len(reason)} characters. The limit is {MOST}, because the letter prints it."
        )
    look_through("close", found.petition, {"reason": reason}, by=by, at=at, standing=standing)


def _close(kind: Kind, key: str, facts: Facts, carried: Carried) -> None:
    """Write what the case is closed on, then move it: the public copy shows it; then the letter, which prints it."""
    found: _Found = carried.found
    closing = Closing.objects.create(
        petition=found.petition,
        kind=kind,
        facts=found.facts,
        reason=carried.reason,
        proposed_by=carried.proposed_by,
        confirmed_by=carried.by,
        closed_at=carried.at,
    )
    name, told = f"close_{kind}", _facts_in_words(found)
    move(
        found.petition, name, by=carried.by, at=carried.at, reason=carried.reason, data=carried.data, is_locked=True,
        told=told,
    )  # fmt: skip
    closing_letter(closing, at=carried.at)


def _facts_in_words(found: _Found) -> dict[str, Any]:
    return {"facts": [f"{fact['label']}: {fact['value']}" for fact in found.facts]}


CLOSING_ACTS = {
    f"close_{kind}": ActBody(partial(_ground, kind), partial(_close, kind), look_at_closing) for kind in Kind
}
