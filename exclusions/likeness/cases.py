"""A case as likeness sees it, and whether two cases are of one product."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from exclusions.likeness.near import COLORS, Grade, Verdict, compare, contrary, near_text
from exclusions.likeness.words import Measure, Said, folded, measures, organization, parse_name

_SHORT_CODE = 5
_TEXT_KEYS = 4


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a case states of its product: a value in words, or a range in a unit (None: open on that side)."""

    name: str
    value: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None

    def meets(self, other: "Attribute") -> bool:
        """Whether both may be true of one product, being of one name."""
        return (
            (self.value.casefold(), self.unit) == (other.value.casefold(), other.unit)
            and (self.low is None or other.high is None or self.low <= other.high)
            and (self.high is None or other.low is None or other.low <= self.high)
        )

    def __str__(self) -> str:
        if self.value:
            return self.value
        low, high = ("" if bound is None else f"{bound:g}" for bound in (self.low, self.high))
        return f"{low}–{high} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One case: reference, plain 10-digit number, product name, public description, attributes, requester."""

    reference: str
    hts10: str
    product: str
    text: str = ""
    attributes: tuple[Attribute, ...] = ()
    requester: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is compared of a case. Cases of one number and one kind are near to the same others."""

    chapter: str
    said: Said
    text: str
    measures: frozenset[Measure]
    attributes: tuple[Attribute, ...]
    requester: tuple[str, ...]
    alone: str

    @classmethod
    def from_row(cls, row: Row) -> "Kind":
        """Return the kind of goods of a case.

        A product name that is the tariff number counts as none; the requester's own name in it counts as a brand.
        """
        name = parse_name(row.product)
        if name.only_a_code and name.letters in (row.hts10, row.hts10[:8]):
            name = parse_name("")
        asker = organization(row.requester)
        short = name.only_a_code and len(name.letters) < _SHORT_CODE
        return cls(
            chapter=row.hts10[:2],
            said=name.without_brand(asker),
            text=folded(row.text) if row.text else "",
            measures=measures(row.text) if row.text else frozenset(),
            attributes=row.attributes,
            requester=asker if short else (),
            alone="" if name.says and (asker or not short) else row.reference,
        )

    def marks(self) -> Iterator[str]:
        """Yield what the kind is made of, in words; kinds of the same are near to the same others."""
        for names in (self.said.codes, self.said.cas, map(str, self.said.measures), map(str, self.measures)):
            yield "\t".join(sorted(names))
        yield from (self.chapter, self.said.letters, self.said.run, "\t".join(self.said.words), str(self.said.cut))
        yield from (self.text, "\t".join(self.requester), repr(self.attributes))

    def near(self, other: "Kind") -> Verdict:
        """Return whether cases of the two kinds are of one product."""
        verdict = compare(
            self.said, other.said, chapter=self.chapter, same_requester=self.requester == other.requester != ()
        )
        if not verdict.near and self._near_text(other):
            verdict = Verdict(Grade.TEXT, "near text of the description")
        if verdict.near and (why := self._contrary(other)):
            return Verdict(Grade.APART, why)
        return verdict

    def keys(self) -> Iterator[tuple[str, ...]]:
        """Yield keys of which two near kinds have at least one in common."""
        codes = tuple(sorted(self.said.codes))
        words = self.said.words
        yield ("letters", self.said.letters)
        if self.said.cas:
            yield ("cas", *sorted(self.said.cas))
        yield ("run", *codes, self.said.run)
        yield ("words", *codes, *words)
        yield ("words", *codes, *(word for word in words if word not in COLORS))
        for index in range(len(words)):
            yield ("but one", *codes, *words[:index], *words[index + 1 :])
        for word in sorted(set(self.text.split()), key=lambda word: (-len(word), word))[:_TEXT_KEYS]:
            yield ("text", word)

    def _near_text(self, other: "Kind") -> bool:
        return (
            self.said.codes == other.said.codes
            and not set(self.said.words).isdisjoint(other.said.words)
            and near_text(self.text, other.text)
        )

    def _contrary(self, other: "Kind") -> str:
        theirs = {attribute.name: attribute for attribute in other.attributes}
        for ours in self.attributes:
            if ours.name in theirs and not ours.meets(theirs[ours.name]):
                return f"unlike {ours.name}: {ours} and {theirs[ours.name]}"
        return contrary(self.measures, other.measures)


def name_key(row: Row) -> str:
    """Return what the rows of one number and name have in common, whatever their colors: "" where none is named."""
    said = Kind.from_row(row).said
    if not said.says:
        return ""
    parts = (sorted(said.codes), sorted(said.cas), [word for word in said.words if word not in COLORS])
    return hashlib.sha256(repr((row.hts10, *parts)).encode()).hexdigest()[:32]
