"""What became of a case, in the few words in which cases are compared: live ones, and those of loaded dockets."""

from django.db.models import TextChoices

from exclusions.workflow.states import CLOSED, STATUSES, Stage, Status


class CaseOutcome(TextChoices):
    """How a case ended, or that it has not."""

    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    IN_PART = "in_part", "Granted in part"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_CONSIDERED = "not_considered", "Not considered"


GRANTS = frozenset({CaseOutcome.GRANTED, CaseOutcome.IN_PART})
DECIDED_OUTCOMES = GRANTS | {CaseOutcome.DENIED}

OUTCOME_OF_STAGE: dict[Stage, CaseOutcome] = {
    # Stage 4 begins with the signature of a grant.
    Stage.STAGE4: CaseOutcome.GRANTED,
    Stage.GRANTED: CaseOutcome.GRANTED,
    Stage.IN_PART: CaseOutcome.IN_PART,
    Stage.DENIED: CaseOutcome.DENIED,
    Stage.WITHDRAWN: CaseOutcome.WITHDRAWN,
}


# What a decision of each outcome has come to, as the public reads it.
DECIDED_AS = {"grant": "Granted", "in_part": "Granted in part", "deny": "Denied"}
_BY_STAGE: dict[str, str] = {Stage.GRANTED: "grant", Stage.IN_PART: "in_part", Stage.DENIED: "deny"}


def decided_as(stage: str, *, is_decided: bool, in_part: bool) -> str:
    """Return what was decided of a public petition, a key of DECIDED_AS; "" before that.

    A grant stays in stage 4 until its notice is published, and is decided from its signature on; of a petition of a
    docket's spreadsheet nothing but the stage may be known.
    """
    return _BY_STAGE.get(stage, "") or (("in_part" if in_part else "grant") if is_decided else "")


def _outcome(status: Status) -> CaseOutcome:
    stage = STATUSES[status].stage
    ended = CaseOutcome.NOT_CONSIDERED if status in CLOSED else CaseOutcome.OPEN
    return OUTCOME_OF_STAGE.get(stage, ended) if isinstance(stage, Stage) else ended


# Complete by construction: a status that is closed and tells the public neither grant, denial nor withdrawal was not
# considered.
OUTCOME_OF: dict[Status, CaseOutcome] = {status: _outcome(status) for status in Status}


def outcome_of(status: Status, *, in_part: bool) -> CaseOutcome:
    """Return how a case ended, or that it has not; `in_part` says of a granted one that less is granted than asked."""
    found = OUTCOME_OF[status]
    return CaseOutcome.IN_PART if in_part and found == CaseOutcome.GRANTED else found


def opposed(one: str, other: str) -> bool:
    """Whether two results speak against each other: a grant in part is a grant, however narrow, and no denial is."""
    return (one in GRANTS) != (other in GRANTS) and {one, other} <= DECIDED_OUTCOMES
