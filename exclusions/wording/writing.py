"""Product texts written in the style of the annex: from a text's parts, or from attributes that somebody typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exclusions.wording.description import Description
from exclusions.wording.named_numbers import NamedNumber, write_tail
from exclusions.wording.parsing import parse
from exclusions.wording.units import is_unit

# What is measured, in the words of the annex; {} is the limit.
SENTENCES = {
    "length": "measuring {} in length",
    "width": "measuring {} in width",
    "height": "measuring {} in height",
    "depth": "measuring {} in depth",
    "thickness": "measuring {} in thickness",
    "diameter": "measuring {} in diameter",
    "weight": "weighing {}",
    "capacity": "having a capacity of {}",
    "output": "of an output of {}",
    "voltage": "for a voltage of {}",
    "current": "rated at {}",
    "pressure": "rated at a pressure of {}",
    "frequency": "operating at {}",
    "temperature": "rated at a temperature of {}",
    "purity": "of a purity of {}",
    "value": "valued {}",
}
_MONEY = re.compile(r"^(?P<whole>\d+)(?P<rest>\.\d+)?$")


@dataclass(frozen=True)
class Stated:
    """An attribute that somebody typed: what is measured (a key of `SENTENCES`), from, to (figures), and the unit.

    `over` says that the lower end itself is not meant. A lower end, an upper one or both; equal ends are one figure.
    """

    kind: str
    low: str = ""
    high: str = ""
    unit: str = ""
    over: bool = False

    def problem(self) -> str:
        """Return what is wrong with it in a sentence; "" when nothing is."""
        for end, figure in (("lower", self.low), ("upper", self.high)):
            if figure and not _MONEY.match(figure.replace(",", "")):
                return (
                    f"The {end} limit of the {self.kind} is not a figure: “{figure}”. Type only digits, such as 12.5."
                )
        if (self.low or self.high) and self.kind != "value" and not is_unit(self.unit):
            return f"The {self.kind} needs a unit, such as mm, kg, kW or percent. “{self.unit}” is not a unit."
        if self.low and self.high and _value(self.low) > _value(self.high):
            return f"The {self.kind} goes from {self.low} to {self.high}. The lower limit is above the upper one."
        return ""


@dataclass(frozen=True)
class Attributes:
    """What a drafter types of a product. Figures are as typed; `numbers` are the statistical numbers it falls under."""

    noun: str
    material: str = ""
    features: Sequence[str] = ()
    stated: Sequence[Stated] = ()
    use: str = ""
    whether: str = ""
    numbers: Sequence[NamedNumber] = field(default_factory=tuple)


def generate(description: Description) -> str:
    """Return the text of a description. Of one that was parsed it is the parsed text, blanks made single."""
    return description.body + description.ending


def describe(attributes: Attributes) -> Description:
    """Return the description of a product with these attributes, in the annex's order and words.

    Noun in the plural, material, features, dimensions, weight, ratings, purity, purpose, value, numbers. Raises
    ValueError with the sentence of `Stated.problem` for a figure that cannot be written.
    """
    for stated in attributes.stated:
        if problem := stated.problem():
            raise ValueError(problem)
    noun = attributes.noun.strip()
    head = noun[:1].upper() + noun[1:]
    if attributes.material.strip():
        head = f"{head} of {re.sub(r'^(?:made )?of ', '', attributes.material.strip())}"
    clauses = [head, *(feature.strip() for feature in attributes.features if feature.strip())]
    measured = list(_measured(attributes.stated))
    if measured and not measured[0].startswith("of a purity"):
        measured[0] = f"each {measured[0]}"
    clauses += measured
    if attributes.use.strip():
        clauses.append(_purpose(attributes.use.strip()))
    if attributes.whether.strip():
        clauses.append(f"whether or not {re.sub(r'^whether or not ', '', attributes.whether.strip())}")
    return parse(", ".join(clauses) + write_tail(list(attributes.numbers)))


def _measured(stated: Sequence[Stated]) -> Iterator[str]:
    given = sorted((one for one in stated if one.low or one.high), key=lambda one: list(SENTENCES).index(one.kind))
    sizes = [SENTENCES[one.kind].format(_range(one)).removeprefix("measuring ") for one in given if _is_size(one)]
    if sizes:
        yield "measuring " + (sizes[0] if len(sizes) == 1 else f"{', '.join(sizes[:-1])} and {sizes[-1]}")
    for one in given:
        if not _is_size(one):
            sentence = SENTENCES[one.kind]
            limit = _range(one)
            # “for a voltage not exceeding 1,000 V”, “of an output exceeding 74.6 W”: no “of” before such a limit.
            if sentence.endswith("of {}") and limit.startswith(("exceeding", "not exceeding")):
                sentence = sentence.replace("of {}", "{}")
            yield sentence.format(limit)


def _is_size(one: Stated) -> bool:
    return SENTENCES[one.kind].startswith("measuring")


def _range(one: Stated) -> str:
    low, high = _written(one, one.low), _written(one, one.high)
    if one.kind in ("voltage", "output"):
        return " but ".join(
            phrase for phrase in (f"exceeding {low}" if low and one.over else f"at least {low}" if low else "",
                                  f"not exceeding {high}" if high else "") if phrase
        )  # fmt: skip
    if low and high and _value(one.low) == _value(one.high):
        return low
    start = f"{'over' if one.over else 'at least'} {low}" if low else ""
    end = f"not {'over' if one.over or one.kind == 'value' else 'more than'} {high}" if high else ""
    return " but ".join(phrase for phrase in (start, end) if phrase)


def _written(one: Stated, figure: str) -> str:
    if not figure:
        return ""
    match = _MONEY.match(figure.replace(",", ""))
    assert match
    printed = f"{int(match['whole']):,}{match['rest'] or ''}"
    return f"${printed}" if one.kind == "value" else f"{printed} {'percent' if one.unit == '%' else one.unit}"


def _purpose(use: str) -> str:
    begins = use.startswith(("designed", "of a kind", "of a type", "suitable", "for use", "intended", "capable"))
    return use if begins else f"designed for use {'' if use.startswith(('in ', 'with ', 'on ', 'as ')) else 'in '}{use}"


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))
