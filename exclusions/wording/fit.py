"""Does a description of goods satisfy a product text? Yes, no, or: ask, with what is to be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from exclusions.wording.description import Clause, Description, Kind
from exclusions.wording.doubts import doubts
from exclusions.wording.limit_fit import apart, keep
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
    the goods do not keep, as printed.
    """

    verdict: Verdict
    why: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


def fits(text: Description, goods: Goods) -> Fit:
    """Return whether goods that are described so satisfy a product text.

    No: another noun, another material, or a measure outside a limit. Ask: what the text requires and the description
    does not say, or leaves in doubt. Yes: everything the text requires is said, of these goods. Numbers are not
    compared: the caller asks of one number.
    """
    against = [*_noun(text, goods.said), *_material(text, goods)]
    if against:
        return Fit(Verdict.NO, tuple(against))
    required, aside = text.required_limits
    stated = goods.limits(frozenset(limit.measured_in.quantity for limit in text.limits)) if required else ()
    kept = keep(required, stated, aside=aside)
    against += [f"the text requires {limit}; the description states {other}" for limit, other in kept.missed]
    if against:
        return Fit(Verdict.NO, tuple(against), tuple(limit for limit, _ in kept.missed))
    asked = [*kept.asked, *_clauses(text, goods)] or [*doubts(text, goods)]
    return Fit(Verdict.ASK, tuple(asked)) if asked else Fit(Verdict.YES, ("everything the text requires is said",))


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


def _noun(text: Description, said: frozenset[str]) -> Iterator[str]:
    head = head_stem(text.noun)
    if head and head not in said:
        yield f"the description does not call the goods “{text.noun}”"


def _material(text: Description, goods: Goods) -> Iterator[str]:
    required, stated = materials(text.material), goods.materials
    if required and stated and required.isdisjoint(stated):
        yield f"the text requires goods of {text.material}; the description says {', '.join(sorted(stated))}"


def _clauses(text: Description, goods: Goods) -> Iterator[str]:
    """Yield what else the text requires and the description does not say, clause by clause."""
    said = goods.said
    wanting = [word for word in WORD.findall(text.noun.casefold()) if word not in IDLE and stem(word) not in said]
    if wanting:
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
            yield f"“{clause.words}” is required; the description does not say"


def _except(clause: Clause, text: Description, goods: Goods) -> Iterator[str]:
    """Yield what to ask of goods that a text leaves out (“other than of rubber”), unless the same is said."""
    words = clause.words if _EXCEPT.search(clause.words) else text.body[: clause.start].split()[-1] + f" {clause.words}"
    named = stems(_EXCEPT.sub("", clause.bare))
    if named and words.casefold() not in goods.plain:
        says = "speaks of it" if named <= goods.said else "does not say"
        yield f"“{words}” is required; the description {says}"


_MEASURED = stems(
    "length width height depth thickness diameter weight capacity output voltage pressure current value unit "
    "net maximum minimum rating power percent"
)
