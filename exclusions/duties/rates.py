"""What a rate of duty says as the tariff schedule prints it: percent of a value, money a unit, or both.

The forms are all that stand in the general column of chapters 1 to 97 (HTSUS 2019 to 2026). A rate that hangs on
another one (“The rate applicable to …”) cannot be worked out from the line alone, and says so.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

CENT = Decimal("0.01")

VALUE = "value"
# What a unit as printed is called when its number is asked for.
UNITS = {
    "each": "pieces",
    "article": "pieces",
    "head": "head",
    "kg": "kilograms",
    "clean kg": "kilograms, clean",
    "t": "metric tons",
    "liter": "liters",
    "pf.liter": "proof liters",
    "bbl": "barrels",
    "doz.": "dozens",
    "pr.": "pairs",
    "gross": "gross",
    "line/gross": "line-gross",
    "m2": "square meters",
    "m3": "cubic meters",
    "1000": "thousands",
    "thousand": "thousands",
    "1,000 pins": "thousands of pins",
    "jewel": "jewels",
}

_MONEY = r"(?:\$(?P<dollars>\d+(?:\.\d+)?)|(?P<cents>\d+(?:\.\d+)?)¢)"
_PERCENT = re.compile(r"(?P<pct>\d+(?:\.\d+)?)%(?: on (?P<of>.+))?")
_A_UNIT = re.compile(rf"{_MONEY}(?: each|/ ?(?P<unit>.+?))(?: (?:on|of|over) (?P<of>.+))?")
_BY_DEGREE = re.compile(
    rf"{_MONEY}/kg less (?P<less>\d+(?:\.\d+)?)¢/kg for each degree under (?P<degrees>\d+) degrees "
    r"\(and fractions of a degree in proportion\) but not less than (?P<least>\d+(?:\.\d+)?)¢/kg"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What has to be known of a shipment for a part of a rate: its key in an address, and its words with the unit.

    `is_money`: a value in US dollars, a part of the whole one; otherwise a quantity.
    """

    key: str
    words: str
    is_money: bool = False


WHOLE_VALUE = Measure(VALUE, "customs value in US dollars", is_money=True)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rate: `pct` percent of what is measured (US dollars), or `dollars` for each unit of it.

    `by_degree` is of sugar: dollars a kilogram less for each degree under so many, and the least dollars a kilogram.
    """

    printed: str
    measure: Measure
    pct: Decimal | None = None
    dollars: Decimal = Decimal(0)
    by_degree: tuple[Decimal, int, Decimal] | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be known for it."""
        return (self.measure, DEGREES) if self.by_degree else (self.measure,)

    def duty(self, known: dict[str, Decimal]) -> Decimal | None:
        """Return the duty in US dollars, not rounded, for what is known by key; None where something it needs is
        not.
        """
        if any(measure.key not in known for measure in self.measures):
            return None
        amount = known[self.measure.key]
        if self.pct is not None:
            return amount * self.pct / 100
        if self.by_degree is None:
            return amount * self.dollars
        less, degrees, least = self.by_degree
        under = max(Decimal(0), Decimal(degrees) - known[DEGREES.key])
        return amount * max(self.dollars - less * under, least)


DEGREES = Measure("degrees", "degrees of the polariscope (0 to 100)")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as printed, in its parts; none and a sentence in `cannot` where it cannot be worked out from the line."""

    printed: str
    parts: tuple[Part, ...] = ()
    cannot: str = ""

    @property
    def is_free(self) -> bool:
        """Whether nothing is owed."""
        return not self.parts and not self.cannot

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What has to be known of a shipment, each once, in the order of the rate."""
        return tuple(dict.fromkeys(measure for part in self.parts for measure in part.measures))

    def duty(self, known: dict[str, Decimal]) -> Decimal | None:
        """Return the duty in US dollars, rounded to the cent; None where it cannot be worked out from what is known."""
        if self.cannot:
            return None
        duties = [part.duty(known) for part in self.parts]
        amounts = [duty for duty in duties if duty is not None]
        return sum(amounts, Decimal(0)).quantize(CENT, ROUND_HALF_UP) if len(amounts) == len(duties) else None

    def missing(self, known: dict[str, Decimal]) -> list[Measure]:
        """Return what is still to be said of a shipment before the duty can be worked out."""
        return [measure for measure in self.measures if measure.key not in known]


@lru_cache(maxsize=2048)
def read_rate(printed: str) -> Rate:
    """Read a rate as printed in the schedule. Never raises: what it does not know, it cannot work out, and says so.

    General Note 3(c) and the column heads of the schedule: a rate is percent of the customs value where no other base
    is printed.
    """
    text = " ".join(printed.replace("`", "").split())
    if not text:
        return Rate("", cannot="No rate is printed on the line.")
    if text.casefold() == "free":
        return Rate(text)
    parts = [_part(piece.strip()) for piece in re.split(r"\+", text)]
    known = tuple(part for part in parts if part)
    if len(known) < len(parts):
        return Rate(text, cannot=f"The schedule prints “{text}”: that cannot be worked out from this line alone.")
    return Rate(text, known)


def _part(text: str) -> Part | None:
    if found := _PERCENT.fullmatch(text):
        return Part(text, _value_of(found["of"] or ""), pct=Decimal(found["pct"]))
    if found := _BY_DEGREE.fullmatch(text):
        less, least = Decimal(found["less"]) / 100, Decimal(found["least"]) / 100
        return Part(text, _quantity("kg", ""), None, _dollars(found), (less, int(found["degrees"]), least))
    if found := _A_UNIT.fullmatch(text):
        unit = re.sub(r"(?<=[/.]) ", "", found["unit"] or "each")
        if unit in UNITS:
            over = " over " in f"{text} "
            return Part(text, _quantity(unit, found["of"] or "", over=over), dollars=_dollars(found))
    return None


def _dollars(found: re.Match[str]) -> Decimal:
    return Decimal(found["dollars"]) if found["dollars"] else Decimal(found["cents"]) / 100


def _value_of(component: str) -> Measure:
    """Return the value that a percentage is of: that of the goods, or of one component that is valued apart."""
    part = component.removeprefix("the value of ").removeprefix("the ").removesuffix(", if any")
    if part in ("", "entire set"):
        return WHOLE_VALUE
    return Measure(_key("value", part), f"value of the {part} in US dollars", is_money=True)


def _quantity(unit: str, of: str, *, over: bool = False) -> Measure:
    words = UNITS[unit]
    if of:
        words = f"{words} {'over' if over else 'of' if of.endswith(('sugars', 'content')) else 'by'} {of}"
    return Measure(_key(words), words)


def _key(*words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
