"""The answer page of a number: what a shipment owes, how that came to be, what frees goods of it, and who has asked."""

from dataclasses import dataclass
from datetime import date

from exclusions.charts.steps import Span, StepChart, step_chart, sums
from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.duties.owed import Duties
from exclusions.facts.also_owed import NO_GOODS
from exclusions.gateways.database.together import Fetch
from exclusions.hts import HtsNumber
from exclusions.queries.answers.number.exclusions import NumberExclusions, number_exclusions
from exclusions.queries.answers.number.owed import duties_of
from exclusions.queries.answers.number.petitions import NONE, NumberPetitions, petitions_fetch
from exclusions.queries.tariff.number_facts import NumberFacts, number_facts


@dataclass(frozen=True)
class NumberAnswer:
    """What the page shows. `duties` is None where nothing is entered under the number that day, `chart` where no duty
    ever was, `axis` where no exclusion has a known day."""

    facts: NumberFacts
    duties: Duties | None
    chart: StepChart | None
    exclusions: NumberExclusions
    axis: Axis | None
    petitions: NumberPetitions

    @property
    def is_goods(self) -> bool:
        """Whether goods are entered under it; chapters 98 and 99 hold provisions."""
        return self.facts.number.chapter not in NO_GOODS


def number_answer(number: HtsNumber, as_of: date, stamp: Fetch[str] | None = None) -> NumberAnswer:
    """Everything about the number on the day: the statements of its facts, and one more for its petitions.

    `stamp` is what `stamp_ahead` gave.
    """
    petitions = petitions_fetch(number)
    facts = number_facts(number, as_of, beside=[petitions] if petitions else [], stamp=stamp)
    duties = duties_of(facts)
    found = number_exclusions(facts.exclusions, facts.other_exclusions, as_of)
    terms = [
        Term(term.valid_from, term.valid_to)
        for group in (found.in_force, found.ahead, found.ended)
        for one in group
        for term in one.terms
    ]
    return NumberAnswer(
        facts=facts,
        duties=duties,
        chart=_chart(facts),
        exclusions=found,
        axis=term_axis(terms, on=as_of),
        petitions=petitions.found() if petitions else NONE,
    )


def _chart(facts: NumberFacts) -> StepChart | None:
    """The additional duty on all goods of the number over time, the lists' and the others' together.

    What only some goods of it owe is in the table alone.
    """
    listed = [
        Span(item.valid_from, item.valid_to, float(item.rate_pct))
        for item in facts.history
        if item.in_force and not item.goods and not (facts.level < 10 and (item.only or item.without))
    ]
    others = [Span(item.valid_from, item.valid_to, float(item.rate_pct)) for item in facts.all_goods]
    if not (listed or others):
        return None
    return step_chart(sums([*listed, *others]), on=facts.as_of)
