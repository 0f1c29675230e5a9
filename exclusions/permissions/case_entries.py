"""May this person make this kind of case entry now?

A case entry is what staff put on the record of a case, a finding, a review, a contact: it moves nothing, transitions
do. (An entry alone is of goods, at Customs.) This is the second table of the product, beside the transitions: the
page's forms, the actions and the tests read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import Petition, User
from exclusions.permissions.gates import GATES, Gate
from exclusions.permissions.likes.departing import departure_proposed
from exclusions.permissions.standing import Standing, held_by_another, standing_of
from exclusions.workflow.roles import JUDGES, Role
from exclusions.workflow.states import CLOSED, Status, worklist_of


@dataclass(frozen=True)
class CaseEntryKind:
    """One kind of case entry: its name (URL, event, form), its label, and who may make it in which status."""

    name: str
    label: str
    places: Mapping[Status, frozenset[Role]]
    gates: tuple[str, ...] = ()
    barred_too: bool = False  # a person who may not judge can still make this entry

    @property
    def roles(self) -> frozenset[Role]:
        """Everybody who may make it in some status."""
        return frozenset[Role]().union(*self.places.values())


def _at(status: Status, *roles: Role) -> dict[Status, frozenset[Role]]:
    return {status: frozenset(roles)}


_REVIEWERS = _at(Status.LEVEL1, Role.REVIEWER1) | _at(Status.LEVEL2, Role.REVIEWER2)
# Who judges the case puts questions to its filer.
_ASKERS = _REVIEWERS | _at(Status.CONSISTENCY, Role.REVIEWER2) | _at(Status.LEGAL, Role.LEGAL)
# Level 1 marks what is argued; where it did not, and for the answers, the desk that has the case does. So does it cite
# what was found before citations were asked for.
_MARKERS = _ASKERS | _at(Status.COMMITTEE, Role.COMMITTEE) | _at(Status.SIGNATURE, Role.SIGNATORY)
# A like case may be decided after the comparison: whoever compares answers it from there, whoever's move it is.
_COMPARED = {
    status: frozenset({Role.REVIEWER2})
    for status in (
        Status.CONSISTENCY, Status.LEGAL, Status.DRAFTING, Status.CUSTOMS, Status.COMMITTEE, Status.SIGNATURE
    )
}  # fmt: skip
# From what was decided of a like case.
_CONFIRMED = _at(Status.LEGAL, Role.LEGAL) | _at(Status.SIGNATURE, Role.SIGNATORY)
# Customs sees drafts alone, so its people neither log contacts nor recuse themselves from a case they cannot see.
_CASE_STAFF = JUDGES - {Role.CUSTOMS}
_FILED: dict[Status, frozenset[Role]] = {status: _CASE_STAFF for status in Status if status != Status.DRAFT}
_ALIVE: dict[Status, frozenset[Role]] = {status: roles for status, roles in _FILED.items() if status not in CLOSED}

_ROWS = (
    CaseEntryKind("finding", "Record a finding", _REVIEWERS, ("own_view_recorded",)),
    CaseEntryKind("recommendation", "Recommend an outcome", _REVIEWERS, ("own_view_recorded",)),
    CaseEntryKind("consistency", "Record the consistency review", _COMPARED, ("another_level2_reviewer",)),
    CaseEntryKind("legal_review", "Record the legal review", _at(Status.LEGAL, Role.LEGAL), ("every_criterion_found",)),
    CaseEntryKind("departure", "Confirm a departure", _CONFIRMED, ("departure_proposed",)),
    CaseEntryKind("product_text", "Draft the product text", _at(Status.DRAFTING, Role.DRAFTER)),
    CaseEntryKind("opinion", "Give an opinion on the text", _at(Status.CUSTOMS, Role.CUSTOMS)),
    CaseEntryKind("assessment", "Record the committee's assessment", _at(Status.COMMITTEE, Role.COMMITTEE)),
    CaseEntryKind("inquiry", "Put a question to the filer", _ASKERS),
    CaseEntryKind("citations", "Add citations to a finding", _MARKERS, ("own_view_recorded",)),
    CaseEntryKind("arguments", "Mark the arguments", _MARKERS, ("own_view_recorded",)),
    CaseEntryKind("argument_answer", "Answer an argument", _MARKERS, ("own_view_recorded",)),
    CaseEntryKind("contact", "Log a contact outside the docket", _FILED),
    CaseEntryKind("recusal", "Step back from this case", _ALIVE, barred_too=True),
)  # fmt: skip

# Where somebody has the case, only that person makes these.
OF_HOLDER = frozenset(
    {"finding", "recommendation", "consistency", "legal_review", "product_text", "assessment"}
    | {"arguments", "argument_answer", "citations"}
)
# What is shown to those who may make it now, and to nobody else.
RARE = frozenset({"departure"})
# What is made on a tab of the case, and has no page of its own.
ON_TABS = frozenset({"finding", "opinion", "arguments", "argument_answer", "citations"})
# Gates of entries that guard no transition.
_OF_ENTRIES: dict[str, Gate] = {"departure_proposed": departure_proposed}
CASE_ENTRIES: dict[str, CaseEntryKind] = {row.name: row for row in _ROWS}


def case_entry_refusal(
    name: str,
    petition: Petition,
    user: User | AnonymousUser,
    at: datetime,
    standing: Standing | None = None,
) -> ActionRefused | None:
    """Return why a person may not make an entry of that name now, or None when they may. KeyError: no such entry."""
    kind = CASE_ENTRIES[name]
    standing = standing or standing_of(user, petition, at)
    if not standing.roles & kind.roles:
        wanted = " or ".join(sorted(role.one for role in kind.roles))
        yours = ", ".join(sorted(role.label for role in standing.roles)) or "none in this case"
        return NotPermitted(f"“{kind.label}” is for {wanted}. Your role is {yours}.")
    if standing.kept_from_acting and not kind.barred_too:
        return NotPermitted(*standing.kept_from_acting)
    if not standing.roles & kind.places.get(Status(petition.status), frozenset()):
        when = " or ".join(f"“{status.label}”" for status, roles in kind.places.items() if roles & standing.roles)
        return WrongState(
            f"“{kind.label}” needs a petition that is {when}. This one is “{petition.get_status_display()}”."
        )
    # On no worklist of their roles nobody holds the case, so that whoever may compare enters the comparison.
    at_desk = any(petition.status in worklist_of(role) for role in standing.roles)
    elsewhere = held_by_another(petition, user, standing) if name in OF_HOLDER and at_desk else ""
    if elsewhere:
        return NotPermitted(elsewhere)
    gates = [_OF_ENTRIES.get(gate) or GATES[gate] for gate in kind.gates]
    found = [sentence for gate in gates for sentence in gate(petition, user, at, None)]
    return Incomplete(*found) if found else None
