"""What a shipment of one number owes on a day: each duty with its reason, what has to be asked first, and the total.

Additional duties of Section 301 are percent of the customs value, on top of the base rate (U.S. notes 20, 31 and 52 to
subchapter III of chapter 99). Each duty is rounded to the cent for itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from exclusions.duties.rates import CENT, VALUE, Measure, Rate

NO_BASE = "No edition of the HTSUS is loaded for this day, so the base rate is not known."


@dataclass(frozen=True, slots=True)
class Additional:
    """A duty in percent of the customs value under a chapter 99 heading (dotted).

    `code` is that of its list, "" for an action on all goods. `key` names what is asked of the goods, "" where nothing
    is: where `asks` holds it is owed only then, where `unless` holds it is owed only if not. `in_place_of` is the
    heading that is not owed when this one is; `question` is the whole answer that a person may affirm.
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
    `in_words` is the sentence that says all of it.
    """

    base: Rate | None
    additional: Sequence[Additional] = ()
    in_transit: Sequence[Additional] = ()
    texts: Sequence[Text] = ()
    in_words: str = ""

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
        return list({item.key: item for item in (*self.additional, *self.in_transit) if item.key}.values())

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be known of a shipment beside its value."""
        return tuple(measure for measure in (self.base.measures if self.base else ()) if measure.key != VALUE)


@dataclass(frozen=True)
class Shipment:
    """What a person said of a shipment: amounts by the key of their measure (`value` in US dollars), the keys of the
    questions that were affirmed, and the reference of the exclusion whose text it meets."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    meets: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning. `amount` in US dollars, None: not known, and `calculation` says why."""

    duty: str
    rate: str
    calculation: str
    amount: Decimal | None
    heading: str = ""


@dataclass(frozen=True)
class Owed:
    """The reckoning: its steps, the total (None where a step is not known) and what the known steps come to."""

    steps: list[Step]
    total: Decimal | None
    known: Decimal

    @property
    def is_complete(self) -> bool:
        """Whether every duty that is counted is known."""
        return self.total is not None


def owed(duties: Duties, shipment: Shipment) -> Owed:
    """Work out what the shipment owes: base rate, lists, actions on all goods; nothing else is counted."""
    steps = [_base(duties.base, shipment.amounts)]
    value = shipment.amounts.get(VALUE)
    used = next((text for text in duties.texts if text.reference == shipment.meets), None)
    lifted = {text.code: text for text in (*duties.whole, *([used] if used else []))}
    for item in additional_owed((*duties.in_transit, *duties.additional), shipment.said):
        text = lifted.get(item.code) if item.code else None
        if text:
            words = f"Excluded under {text.heading} ({text.reference})"
            steps.append(Step(item.name, percent(item.pct), words, Decimal("0.00"), item.heading))
        elif value is None:
            steps.append(Step(item.name, percent(item.pct), "The customs value is needed", None, item.heading))
        else:
            amount = (value * item.pct / 100).quantize(CENT, ROUND_HALF_UP)
            steps.append(
                Step(item.name, percent(item.pct), f"{percent(item.pct)} of {money(value)}", amount, item.heading)
            )
    amounts = [step.amount for step in steps if step.amount is not None]
    known = sum(amounts, Decimal("0.00"))
    return Owed(steps, known if len(amounts) == len(steps) else None, known)


def freed(duties: Duties, shipment: Shipment) -> Decimal | None:
    """What meeting the text of an exclusion in force would spare the shipment, at most, in US dollars.

    None where it meets one already, where none would spare anything, or where the value is not known.
    """
    texts = {text.code: text for text in duties.some_goods}
    if shipment.meets or VALUE not in shipment.amounts:
        return None
    spared = [
        owed(duties, shipment).known - owed(duties, replace(shipment, meets=text.reference)).known
        for text in texts.values()
    ]
    return max(spared, default=Decimal(0)) or None


def additional_owed(items: Iterable[Additional], said: Collection[str]) -> list[Additional]:
    """Those of the additional duties that goods owe of which these keys were said."""
    found = [item for item in items if item.is_owed(said)]
    replaced = {item.in_place_of for item in found if item.in_place_of}
    return [item for item in found if item.heading not in replaced]


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
