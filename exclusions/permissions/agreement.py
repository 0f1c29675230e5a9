"""What a desk may adopt of the one before, and what is in the way: one rule for the page and the action.

A desk that agrees writes a record of its own, with the outcome, codes and reasons that it adopts. It cannot agree with
what could not be concluded anew: codes keep needing their findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exclusions.criteria import OTHER_FACT
from exclusions.models import Outcome, Petition, User
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.permissions.conclusions import (
    COMMITTEE,
    DESK_OF,
    LEGAL,
    LEVEL1,
    LEVEL2,
    Concluding,
    before,
    conclusion_faults,
    conclusions,
    latest,
)
from exclusions.permissions.gates import GATES
from exclusions.permissions.standing import Standing
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS

# The case entry in which each desk concludes; the first desk has nobody to agree with.
ENTRY_OF: Mapping[str, str] = {LEVEL2: "recommendation", LEGAL: "legal_review", COMMITTEE: "assessment"}
# Gates that the desk's own record satisfies.
_BY_THE_ENTRY = frozenset(
    {"recommendation_made", "codes_found", "departure_reasoned", "legal_favours_grant", "legal_favours_denial"}
    | {"committee_assessed"}
)


@dataclass(frozen=True)
class Adoption:
    """What a desk would adopt: the row of the desk `of`, and `onward`, the transition that leads the case on."""

    desk: str
    of: str
    row: Concluding
    onward: str

    @property
    def codes(self) -> list[str]:
        """The coded reasons for a denial."""
        return list(getattr(self.row, "denial_codes", []))


def adoption(petition: Petition) -> Adoption | None:
    """Return what the desk at which a case stands may adopt; None where none is before it, or it concluded itself."""
    desk = DESK_OF.get(Status(petition.status), "")
    if desk not in ENTRY_OF:
        return None
    made = conclusions(petition)
    earlier, own = before(desk, made), made.get(desk)
    if earlier is None or (own is not None and own.made_at >= petition.status_since):
        return None
    row = row_of(petition, earlier.desk)
    return Adoption(desk, earlier.desk, row, _onward(desk, row.outcome)) if row else None


def row_of(petition: Petition, desk: str) -> Concluding | None:
    """Return the row in which a desk concluded last, or None."""
    if desk == LEGAL:
        return latest(petition.legal_reviews.all())
    if desk == COMMITTEE:
        return latest(petition.assessments.all())
    level = 1 if desk == LEVEL1 else 2
    return latest(row for row in petition.recommendations.all() if row.level == level)


def _onward(desk: str, outcome: str) -> str:
    if desk == LEGAL:
        return "clear_for_drafting" if outcome != Outcome.DENY else "clear_for_denial"
    return "concur" if desk == LEVEL2 else "assess"


def agreement_refusals(
    petition: Petition, found: Adoption, user: User, at: datetime, standing: Standing | None = None
) -> list[str]:
    """Return the sentences that keep a person from agreeing now; empty when nothing does."""
    refused = case_entry_refusal(ENTRY_OF[found.desk], petition, user, at, standing)
    if refused:
        return refused.reasons
    faults = conclusion_faults(petition, found.desk, found.row.outcome, found.codes, "")
    said = [sentence for sentences in faults.values() for sentence in sentences]
    if found.desk == LEGAL and OTHER_FACT in found.codes:
        said.append(f"{OTHER_FACT} needs counsel’s own words. Reach the outcome with reasons of your own.")
    gates: list[Any] = [GATES[gate] for gate in TRANSITIONS[found.onward].gates if gate not in _BY_THE_ENTRY]
    said += [sentence for gate in gates for sentence in gate(petition, user, at, None)]
    return list(dict.fromkeys(said))


def basis(petition: Petition) -> str:
    """Return a name of what a decision stands on: the last row of each kind. Another one means that something came to
    it. Six statements, or none where the record has been read.
    """
    kinds = (
        petition.findings,
        petition.recommendations,
        petition.consistency_reviews,
        petition.legal_reviews,
        petition.assessments,
        petition.drafts,
    )
    return ".".join(str(max((row.pk for row in kind.all()), default=0)) for kind in kinds)
