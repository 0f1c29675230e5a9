"""The forms beside the evidence of a case as a page first shows them, into which nothing was entered.

A page has one for each criterion, and what they are made of is the same for every case: their fields are drawn once a
process. A form with its fields is made (`at_desk`) only of what somebody sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString

from exclusions.criteria import Criterion
from exclusions.forms.casework.at_desk import Conclusion, InlineFinding
from exclusions.queries.casework.case.findings import CriterionState
from exclusions.queries.casework.case.passages import Passage


@dataclass(frozen=True)
class EmptyFindingForm:
    """An `InlineFinding` into which nothing was entered, for a template: made without its fields."""

    state: CriterionState
    opened: bool = False  # one at a time: the first criterion that has no finding
    is_bound = False
    filled = False

    @property
    def prefix(self) -> str:
        """What the names of its fields begin with."""
        return self.state.criterion.key

    @property
    def shown_seen(self) -> int:
        """The finding that it is made from."""
        return self.state.finding.pk if self.state.finding else 0

    @property
    def result_drawn(self) -> SafeString:
        """The choice of a result, which is the same for every case."""
        return _empty_fields(self.state.criterion)[0]

    @property
    def fields_drawn(self) -> SafeString:
        """The other fields, which are the same for every case."""
        return _empty_fields(self.state.criterion)[1]

    @property
    def bearing(self) -> Iterator[tuple[Passage, bool, str]]:
        """What bears on the criterion, none of it ticked."""
        return ((passage, False, "") for passage in self.state.bearing)

    @property
    def others(self) -> Iterator[tuple[Passage, bool, str]]:
        """The rest of the record, in the same way."""
        return ((passage, False, "") for passage in self.state.others)


@cache
def _empty_fields(criterion: Criterion) -> tuple[SafeString, SafeString]:
    empty = InlineFinding(None, state=CriterionState(criterion, None, [], [], [], []))
    return empty.result_drawn, empty.fields_drawn


class EmptyConclusionForm:
    """A `Conclusion` into which nothing was entered, for a template."""

    @property
    def fields_drawn(self) -> SafeString:
        """The fields, which are the same for every case."""
        return _empty_conclusion()


@cache
def _empty_conclusion() -> SafeString:
    form = Conclusion()
    form.without_unlike()
    return form.fields_drawn
