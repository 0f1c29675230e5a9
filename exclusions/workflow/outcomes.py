"""What became of a case, in the few words in which cases are compared: live ones, and those of loaded dockets."""

from django.db.models import TextChoices

from exclusions.workflow.states import CLOSED, STATUSES, Stage, Status


class CaseOutcome(TextChoices):
    """How a case ended, or that it has not."""

    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_CONSIDERED = "not_considered", "Not considered"


DECIDED_OUTCOMES = frozenset({CaseOutcome.GRANTED, CaseOutcome.DENIED})

OUTCOME_OF_STAGE: dict[Stage, CaseOutcome] = {
    # Stage 4 begins with the signature of a grant.
    Stage.STAGE4: CaseOutcome.GRANTED,
    Stage.GRANTED: CaseOutcome.GRANTED,
    Stage.DENIED: CaseOutcome.DENIED,
    Stage.WITHDRAWN: CaseOutcome.WITHDRAWN,
}


def _outcome(status: Status) -> CaseOutcome:
    stage = STATUSES[status].stage
    ended = CaseOutcome.NOT_CONSIDERED if status in CLOSED else CaseOutcome.OPEN
    return OUTCOME_OF_STAGE.get(stage, ended) if isinstance(stage, Stage) else ended


# Complete by construction: a status that is closed and tells the public neither grant, denial nor withdrawal was not
# considered.
OUTCOME_OF: dict[Status, CaseOutcome] = {status: _outcome(status) for status in Status}
