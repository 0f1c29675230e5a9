"""What became of a case, by its status: said once more by hand."""

from exclusions.workflow.outcomes import OUTCOME_OF
from exclusions.workflow.states import CLOSED, Status


def test_every_status_has_its_outcome() -> None:
    said = {
        Status.GRANTED: "granted",
        Status.PUBLISHED: "granted",
        Status.DENIED: "denied",
        Status.WITHDRAWN: "withdrawn",
        Status.LAPSED: "not_considered",
    }
    assert set(OUTCOME_OF) == set(Status)
    assert {status: str(OUTCOME_OF[status]) for status in said} == said
    assert {str(outcome) for status, outcome in OUTCOME_OF.items() if status not in CLOSED | {Status.GRANTED}} == {
        "open"
    }
