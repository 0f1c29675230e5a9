"""The answer page of a number: what a shipment owes, how that came to be, what frees goods of it, and who has asked."""

from datetime import date
from functools import cached_property

from exclusions.charts.steps import Span, StepChart, step_chart, sums
from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.duties.owed import Duties
from exclusions.facts.also_owed import others_in_words
from exclusions.facts.renumbered import left_on
from exclusions.hts import HtsNumber
from exclusions.queries.lookup.number.exclusions import NumberExclusions, number_exclusions
from exclusions.queries.lookup.number.number_facts import NumberFacts, number_facts
from exclusions.queries.lookup.number.petitions import NumberPetitions, petitions_on
from exclusions.queries.lookup.number.shipment import duties_of


class NumberAnswer:
    """Everything about the number on the day: the statements of its facts, and two more for its petitions."""

    def __init__(self, number: HtsNumber, as_of: date) -> None:
        self.number, self._as_of = number, as_of

    @cached_property
    def facts(self) -> NumberFacts:
        """What holds of the number."""
        return number_facts(self.number, self._as_of)

    @cached_property
    def duties(self) -> Duties | None:
        """What a shipment may owe; None where nothing is entered under the number that day."""
        return duties_of(self.facts)

    @cached_property
    def exclusions(self) -> NumberExclusions:
        """The exclusions that name it."""
        return number_exclusions(self.facts.exclusions, self.facts.other_exclusions, self._as_of)

    @property
    def others(self) -> str:
        """The duties that may come on top, in words."""
        return others_in_words(self.facts.not_counted)

    @cached_property
    def axis(self) -> Axis | None:
        """The time that the terms of the exclusions span; None where none has a known day."""
        found = self.exclusions
        terms = [
            Term(term.valid_from, term.valid_to)
            for group in (found.in_force, found.ahead, found.ended)
            for one in group
            for term in one.terms
        ]
        return term_axis(terms, on=self._as_of)

    @cached_property
    def chart(self) -> StepChart | None:
        """The additional duty on all goods of it over time; None where no duty ever was."""
        return _chart(self.facts)

    @cached_property
    def petitions(self) -> NumberPetitions:
        """The petitions on it."""
        return petitions_on(self.number)


def _chart(facts: NumberFacts) -> StepChart | None:
    """Return the additional duty on all goods of the number over time, the lists' and the others' together.

    What only some goods of it owe is in the table alone. Of a number that left no line is drawn: it would fall to
    nothing, and the goods go on under another number.
    """
    if left_on(facts.number.plain, date.max):
        return None
    listed = [
        Span(item.valid_from, item.valid_to, float(item.rate_pct))
        for item in facts.history
        if item.in_force and not item.goods and not (facts.level < 10 and (item.only or item.without))
    ]
    others = [Span(item.valid_from, item.valid_to, float(item.rate_pct)) for item in facts.all_goods if not item.goods]
    if not (listed or others):
        return None
    return step_chart(sums([*listed, *others]), on=facts.as_of)
