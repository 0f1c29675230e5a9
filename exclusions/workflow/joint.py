"""What can be done for many cases at once: one row an act. Who may, and when, each case says by its own rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class JointKind:
    """One kind of joint act: its name, its label, whose it is, and where a case has to stand for it.

    `entry` names the case entry that it makes for each; "" where it is a step alone.
    """

    name: str
    label: str
    done: str  # as a message says it, after the number of cases
    places: Mapping[Role, frozenset[Status]]
    entry: str = ""

    def statuses_of(self, role: str) -> frozenset[Status]:
        """Return where a case has to stand for somebody of this role to do it."""
        return next((statuses for one, statuses in self.places.items() if one == role), frozenset())


S, R = Status, Role
_DESKS = {
    R.REVIEWER1: {S.LEVEL1},
    R.REVIEWER2: {S.LEVEL2, S.CONSISTENCY},
    R.LEGAL: {S.LEGAL},
    R.DRAFTER: {S.DRAFTING},
    R.COMMITTEE: {S.COMMITTEE},
}


def _at(**places: Status) -> dict[Role, frozenset[Status]]:
    return {Role(role): frozenset({status}) for role, status in places.items()}


# Who marks what the texts argue, and says what answers it.
_ANSWERERS = _at(reviewer1=S.LEVEL1, legal=S.LEGAL, committee=S.COMMITTEE, signatory=S.SIGNATURE) | {
    R.REVIEWER2: frozenset({S.LEVEL2, S.CONSISTENCY})
}
_ROWS = (
    JointKind("take", "Take all", "taken", {role: frozenset(found) for role, found in _DESKS.items()}),
    JointKind("findings", "Record the findings", "found on", _at(reviewer1=S.LEVEL1, reviewer2=S.LEVEL2), "finding"),
    JointKind("arguments", "Mark the arguments as suggested", "marked", _ANSWERERS, "arguments"),
    JointKind("argument_answer", "Answer an argument once for all", "answered", _ANSWERERS, "argument_answer"),
    JointKind("recommendation", "Recommend an outcome and send on", "recommended",
              _at(reviewer1=S.LEVEL1, reviewer2=S.LEVEL2), "recommendation"),
    JointKind("consistency", "Record the consistency review and confirm", "confirmed",
              _at(reviewer2=S.CONSISTENCY), "consistency"),
    JointKind("legal_review", "Record the legal review and clear", "cleared", _at(legal=S.LEGAL), "legal_review"),
    JointKind("product_text", "Draft the product text and send to customs", "sent to customs",
              _at(drafter=S.DRAFTING), "product_text"),
    JointKind("opinion", "Give an opinion on the text", "judged", {}, "opinion"),  # Customs, from its own page
    JointKind("assessment", "Record the committee's assessment and send for signature", "sent for signature",
              _at(committee=S.COMMITTEE), "assessment"),
    JointKind("grant", "Sign grants", "granted", _at(signatory=S.SIGNATURE)),
    JointKind("grant_in_part", "Sign grants in part", "granted in part", _at(signatory=S.SIGNATURE)),
    JointKind("deny", "Sign denials", "denied", _at(signatory=S.SIGNATURE)),
)  # fmt: skip

JOINT: dict[str, JointKind] = {row.name: row for row in _ROWS}
MOST = 500  # cases in one act: more of a cluster is a second one


def offered_to(role: str) -> list[JointKind]:
    """Return the joint acts of a role, in the order in which they are done."""
    return [row for row in _ROWS if role in row.places]
