"""What a shipment of one number owes on a day: each duty with its reason, what has to be asked first, and the total.

Additional duties of Section 301 are percent of the customs value, on top of the base rate (U.S. notes 20, 31 and 52 to
subchapter III of chapter 99). Each duty is rounded to the cent for itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from exclusions.duties.rates import CENT, VALUE, Measure, Rate

NO_OTHER = "no-other"  # said of a shipment: what was asked of its goods and not affirmed, is not so
NOTHING = Decimal("0.00")
NO_BASE = "No edition of the HTSUS is on file for this day, so the base rate is not known."


@dataclass(frozen=True, slots=True)
class Additional:
    """A duty in percent of the customs value under a chapter 99 heading (dotted).

    `code` is that of its list, "" for an action on all goods. `key` is the question about the goods, "" for none: with
    `asks` the duty is owed if the answer is yes, with `unless` if it is no. `in_place_of` is the heading that is not
    owed when this one is, and so are those that it `lifts`; `question` is the whole answer that a person may affirm.
    `is_open`: until that is answered, the total is a range; of one `choice` at most one is so.
    """

    name: str
    code: str
    heading: str
    pct: Decimal
    key: str = ""
    asks: str = ""
    unless: str = ""
    in_place_of: str = ""
    question: str = ""
    is_open: bool = False
    choice: str = ""
    lifts: tuple[str, ...] = ()

    def is_owed(self, said: Collection[str]) -> bool:
        """Whether goods of which these keys were said owe it, as far as its own question goes."""
        if not self.key:
            return True
        return (self.key in said) == bool(self.asks)


@dataclass(frozen=True, slots=True)
class Text:
    """An exclusion in force: reference, heading (dotted), list, the words of its text; whether of a whole number."""

    reference: str
    heading: str
    code: str
    words: str
    is_whole: bool = False


@dataclass(frozen=True)
class Duties:
    """What may be owed for a number on a day. No `base`: no edition speaks for the day.

    `in_transit` are the lower rates for goods that were under way when a list's rate rose; `in_place_of` that list's.
    `sentences` say all of it.
    """

    base: Rate | None
    additional: Sequence[Additional] = ()
    in_transit: Sequence[Additional] = ()
    texts: Sequence[Text] = ()
    sentences: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The sentences in one text."""
        return " ".join(self.sentences)

    @property
    def whole(self) -> list[Text]:
        """The exclusions of the whole statistical number: every shipment of it may use them."""
        return [text for text in self.texts if text.is_whole]

    @property
    def some_goods(self) -> list[Text]:
        """The exclusions whose text decides which goods may use them."""
        return [text for text in self.texts if not text.is_whole]

    @property
    def questions(self) -> list[Additional]:
        """What has to be asked of the goods, as one question of several answers; each answer once."""
        found: dict[str, Additional] = {}
        for item in (*self.additional, *self.in_transit):
            if item.key:
                found.setdefault(item.key, item)
        return list(found.values())

    @property
    def has_exceptions(self) -> bool:
        """Whether goods may be among those that an action leaves out."""
        return any(item.unless for item in self.additional)

    @property
    def is_open(self) -> bool:
        """Whether something is asked without which the total is a range."""
        return any(item.is_open for item in self.additional)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be known of a shipment beside its value."""
        return tuple(measure for measure in (self.base.measures if self.base else ()) if measure.key != VALUE)


@dataclass(frozen=True)
class Shipment:
    """What a person said of a shipment: amounts by the key of their measure (`value` in US dollars), the keys of the
    questions that were affirmed (`NO_OTHER`: the others are not so), and the reference of the exclusion whose text it
    meets."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    meets: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning. `amount` in US dollars, None: not known, and `calculation` says why.

    `hangs`: whether it is owed hangs on an answer that is still open, and `amount` is the most.
    """

    duty: str
    rate: str
    calculation: str
    amount: Decimal | None
    heading: str = ""
    hangs: bool = False


@dataclass(frozen=True)
class Owed:
    """The reckoning: its steps, the total (None where a step is not known or a question is open), and what the known
    steps come to, at least (`known`) and at most (`most`): the same where every question is answered."""

    steps: list[Step]
    total: Decimal | None
    known: Decimal
    most: Decimal

    @property
    def is_complete(self) -> bool:
        """Whether every duty that is counted is known, or is in the range."""
        return all(step.amount is not None for step in self.steps)

    @property
    def is_range(self) -> bool:
        """Whether the total hangs on answers that are still open."""
        return self.known != self.most


def owed(duties: Duties, shipment: Shipment) -> Owed:
    """Work out what the shipment owes: base rate, lists, actions on all goods; nothing else is counted.

    Where a question that decides a duty is open, every answer is reckoned with, and the total is from the least to the
    most of them.
    """
    base = _base(duties.base, shipment.amounts)
    used = next((text for text in duties.texts if text.reference == shipment.meets), None)
    lifted = {text.code: text for text in (*duties.whole, *([used] if used else []))}
    items = (*duties.in_transit, *duties.additional)
    cases = [additional_owed(items, said) for said in answer_sets(duties, shipment.said)]
    named = {item.heading for case in cases for item in case}
    first = {item.heading: item for item in reversed(items) if item.heading in named}
    step_of = {heading: _step(item, lifted, shipment.amounts.get(VALUE)) for heading, item in reversed(first.items())}
    steps = [base]
    for heading, step in step_of.items():
        hangs = not all(any(item.heading == heading for item in case) for case in cases)
        if first[heading].pct or not hangs:
            steps.append(replace(step, hangs=hangs))
    sums = [sum((step_of[item.heading].amount or NOTHING for item in case), base.amount or NOTHING) for case in cases]
    is_known = all(step.amount is not None for step in steps) and min(sums) == max(sums)
    return Owed(steps, sums[0] if is_known else None, min(sums), max(sums))


def answer_sets(duties: Duties, said: Collection[str]) -> Iterator[frozenset[str]]:
    """Yield every set of keys that may be true, given the keys that were affirmed; one set where nothing is open."""
    affirmed = frozenset(said)
    choices: dict[str, list[str]] = {}
    for item in duties.additional if NO_OTHER not in affirmed else ():
        if item.is_open and item.key not in affirmed:
            options = choices.setdefault(item.choice or item.key, [])
            options += [] if item.key in options else [item.key]
    made = {item.choice for item in duties.additional if item.choice and item.key in affirmed}
    for answer in product(*(["", *keys] for choice, keys in choices.items() if choice not in made)):
        yield affirmed.union(key for key in answer if key)


def _step(item: Additional, lifted: Mapping[str, Text], value: Decimal | None) -> Step:
    text = lifted.get(item.code) if item.code else None
    if text:
        words = f"Excluded under {text.heading} ({text.reference})"
        return Step(item.name, percent(item.pct), words, NOTHING, item.heading)
    if value is None:
        return Step(item.name, percent(item.pct), "The customs value is needed", None, item.heading)
    amount = (value * item.pct / 100).quantize(CENT, ROUND_HALF_UP)
    return Step(item.name, percent(item.pct), f"{percent(item.pct)} of {money(value)}", amount, item.heading)


def freed(duties: Duties, shipment: Shipment) -> Decimal | None:
    """Return what meeting the text of an exclusion in force would spare the shipment, at most, in US dollars.

    None where it meets one already, where none would spare anything, or where the value is not known.
    """
    texts = {text.code: text for text in duties.some_goods}
    if shipment.meets or VALUE not in shipment.amounts:
        return None
    spared = [
        owed(duties, shipment).most - owed(duties, replace(shipment, meets=text.reference)).most
        for text in texts.values()
    ]
    return max(spared, default=Decimal(0)) or None


def additional_owed(items: Iterable[Additional], said: Collection[str]) -> list[Additional]:
    """Those of the additional duties that goods owe of which these keys were said."""
    found = [item for item in items if item.is_owed(said)]
    replaced = {heading for item in found for heading in (item.in_place_of, *item.lifts) if heading}
    once = {item.heading: item for item in reversed(found) if item.heading not in replaced}
    return list(reversed(once.values()))


def percent(pct: Decimal) -> str:
    """Write a rate without idle zeros: 7.5%."""
    return f"{pct.normalize():f}%"


def money(amount: Decimal) -> str:
    """Write US dollars with thousands marked, cents only where there are any."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def _base(rate: Rate | None, amounts: Mapping[str, Decimal]) -> Step:
    name = "Base rate"
    if rate is None:
        return Step(name, "Not known", NO_BASE, None)
    if rate.cannot:
        return Step(name, rate.printed or "Not printed", rate.cannot, None)
    known = dict(amounts)
    missing = rate.missing(known)
    if missing:
        wanted = " and ".join(measure.words for measure in missing)
        return Step(name, rate.printed, f"Needed: {wanted}", None)
    worked = " + ".join(
        f"{part.printed} of {money(known[part.measure.key])}"
        if part.measure.is_money
        else f"{part.printed} for {known[part.measure.key]:,f} {part.measure.words}"
        for part in rate.parts
    )
    return Step(name, rate.printed, worked or "Nothing is owed", rate.duty(known))
