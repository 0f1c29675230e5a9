"""The way through the table to a status, which the demonstration and the tests walk."""

import pytest

from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS, path_to


@pytest.mark.parametrize("status", list(Status))
def test_a_path_leads_by_the_table_from_the_draft_to_the_status(status: Status) -> None:
    here = Status.DRAFT
    for name in path_to(status):
        assert here in TRANSITIONS[name].sources
        here = TRANSITIONS[name].target
    assert here == status


def test_a_path_goes_round_what_it_avoids() -> None:
    assert path_to(Status.SIGNATURE)[-1] == "clear_for_denial"
    assert path_to(Status.SIGNATURE, avoiding={"clear_for_denial"})[-3:] == ("send_to_customs", "clear_text", "assess")


def test_a_status_that_cannot_be_reached_is_named() -> None:
    with pytest.raises(ValueError, match="No transition leads to “Denied”"):
        path_to(Status.DENIED, avoiding={"deny"})
