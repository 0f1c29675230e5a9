"""The filters of the worklist: the names in its address are those of its form."""

from exclusions.forms.casework.worklist import UNFILTERED, WorklistFilter
from exclusions.queries.casework.lists.worklist_address import PARAMETERS


def test_the_address_names_the_filters_that_the_form_declares() -> None:
    assert set(PARAMETERS) == set(WorklistFilter.declared_filters) == set(UNFILTERED)
