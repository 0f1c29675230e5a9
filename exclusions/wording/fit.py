"""Does a description of goods satisfy a product text? Yes, no, or: ask, with what is to be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from exclusions.wording.description import Clause, Description, Kind
from exclusions.wording.doubts import doubts
from exclusions.wording.limit_fit import apart, keep
from exclusions.wording.materials import apart as of_other_materials
from exclusions.wording.materials import materials
from exclusions.wording.said import IDLE, WORD, Goods, head_stem, stem, stems

_EXCEPT = re.compile(
    r"\b(?:other\sthan|not\s(?:of|including|containing)?|except(?:\sfor)?|excluding|without)\s*", re.IGNORECASE
)
_MANY = 4  # clauses that are asked about one by one


class Verdict(StrEnum):
    """Whether the goods are within the text, as far as their description tells."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Fit:
    """A verdict and why: what contradicts the text, or what the description does not say. `missed` are the limits that
    the goods do not keep, as printed. `named`: the description calls the goods as the text does.
    """

    verdict: Verdict
    why: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    named: bool = True


def fits(text: Description, goods: Goods) -> Fit:
    """Return whether goods that are described so satisfy a product text.

    No: another material, a kind that the text leaves out, or a measure outside a limit. Ask: what the text requires and
    the description does not say, or leaves in doubt; another noun too, for the same goods have many names. Yes:
    everything the text requires is said, of these goods. Numbers are not compared: the caller asks of one number.
    """
    named = _is_named(text, goods)
    against = [*_material(text, goods), *_left_out(text, goods)]
    if against:
        return Fit(Verdict.NO, tuple(against), named=named)
    required, aside = text.required_limits
    stated = goods.limits(frozenset(limit.measured_in.quantity for limit in text.limits)) if required else ()
    kept = keep(required, stated, aside=aside)
    against += [f"the text requires {limit}; the description states {other}" for limit, other in kept.missed]
    if against:
        return Fit(Verdict.NO, tuple(against), tuple(limit for limit, _ in kept.missed), named=named)
    asked = [*kept.asked, *_clauses(text, goods, named=named)] or [*doubts(text, goods)]
    if asked:
        return Fit(Verdict.ASK, tuple(asked), named=named)
    return Fit(Verdict.YES, ("the description says everything that the text requires",), named=named)


def meet(one: Description, other: Description) -> Fit:
    """Return whether some goods may satisfy both texts: yes or ask where they overlap, no with what keeps them apart.

    Two texts of one noun overlap unless a limit of the one lies outside the same limit of the other.
    """
    against = list(apart(one.limits, other.limits))
    head, theirs = head_stem(one.noun), head_stem(other.noun)
    if head and theirs and head != theirs and head not in stems(other.body) and theirs not in stems(one.body):
        return Fit(Verdict.NO, (f"“{one.noun}” and “{other.noun}” are different goods",))
    here, there = materials(one.material), materials(other.material)
    if here and there and here.isdisjoint(there):
        against.append(f"of {one.material}, and of {other.material}")
    if against:
        return Fit(Verdict.NO, tuple(against))
    same = stems(one.body) == stems(other.body)
    return Fit(Verdict.YES if same else Verdict.ASK, ("the same words",) if same else ("no limit keeps them apart",))


def _is_named(text: Description, goods: Goods) -> bool:
    head = head_stem(text.noun)
    return not head or head in goods.stems


def _material(text: Description, goods: Goods) -> Iterator[str]:
    required, stated = materials(text.material), goods.materials
    if required and stated and of_other_materials(required, stated):
        yield f"the text requires goods of {text.material}; the description says {', '.join(sorted(stated))}"


def _left_out(text: Description, goods: Goods) -> Iterator[str]:
    """Yield the kinds that the text leaves out and by which the goods are called: a “screw type compressor”.

    Of chair legs nothing is said by “other than chairs”: the kind is the goods’ own name, or stands before the text’s.
    """
    noun = head_stem(text.noun)
    for clause, left_out in text.asked:
        if not left_out or clause.limits or clause.as_printed.casefold() in goods.plain:
            continue
        kind = stems(_EXCEPT.sub("", clause.bare)) - _WEAK
        called = any(kind <= words and head in (noun, *kind) for head, words in goods.names)
        if kind and called and not kind & goods.denied:
            yield f"the text requires “{_with_not(clause, text)}”; the description says {' '.join(sorted(kind))}"


def _clauses(text: Description, goods: Goods, *, named: bool) -> Iterator[str]:
    """Yield what else the text requires and the description does not say, clause by clause."""
    said = goods.stems
    wanting = [word for word in WORD.findall(text.noun.casefold()) if word not in IDLE and stem(word) not in said]
    if not named:
        yield f"are the goods “{text.noun}”? The description uses other words"
    elif wanting:
        yield f"“{' '.join(wanting)}” is required; the description does not say"
    if text.material and not materials(text.material) & goods.materials:
        yield f"goods of {text.material} are required; the description does not say"
    asked = 0
    for clause, left_out in text.asked:
        if clause.kind in (Kind.NOUN, Kind.MATERIAL):
            continue
        if left_out:
            yield from _except(clause, text, goods)
            continue
        missing = stems(clause.bare) - said - _MEASURED
        if missing and asked < _MANY:
            asked += 1
            yield f"“{clause.as_printed}” is required; the description does not say"


def _except(clause: Clause, text: Description, goods: Goods) -> Iterator[str]:
    """Yield what to ask of goods that a text leaves out (“other than of rubber”), unless the same is said."""
    words = _with_not(clause, text)
    named = stems(_EXCEPT.sub("", clause.bare))
    if named and words.casefold() not in goods.plain:
        says = "speaks of it" if named <= goods.stems else "does not say"
        yield f"“{words}” is required; the description {says}"


def _with_not(clause: Clause, text: Description) -> str:
    """Return what a text leaves out with the “not” or “other than” before it."""
    if _EXCEPT.search(clause.as_printed):
        return clause.as_printed
    return f"{text.body[: clause.start].split()[-1]} {clause.as_printed}"


# What a kind is left out by says nothing without the word before it: “infrared light”, “household purposes”.
_WEAK = stems("light purpose application service environment condition")
_MEASURED = stems(
    "length width height depth thickness diameter weight capacity output voltage pressure current value unit "
    "net maximum minimum rating power percent dimension"
)
