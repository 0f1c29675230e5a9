"""Does a description of goods satisfy a product text? Yes, no, or: ask, with what is to be asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from exclusions.wording.description import Description, Kind
from exclusions.wording.finding import find_limits
from exclusions.wording.limits import Limit
from exclusions.wording.materials import materials
from exclusions.wording.word_lists import listed

_WORD = re.compile(r"[^\W\d_]{2,}")
_IDLE = listed(
    "a an and are as at be by each for from has have having in into is it its kind more not of on or over "
    "such than that the their these this to type types under use used which whether with without "
    "foregoing designed suitable intended including consisting comprising containing measuring weighing "
    "valued rated put up presented other capable one two being per any all least exceeding but made"
)
_EXCEPT = re.compile(
    r"^(?:other\sthan|not\s(?:of|including|containing)?|except(?:\sfor)?|excluding|without)\s*", re.IGNORECASE
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


class Goods:
    """Goods as somebody describes them, in any words; read as far as a comparison needs it, and once."""

    def __init__(self, words: str) -> None:
        self.words = " ".join(words.split())

    @cached_property
    def said(self) -> frozenset[str]:
        """The words that say something, in the singular."""
        return stems(self.words)

    @cached_property
    def materials(self) -> frozenset[str]:
        """The words for materials."""
        return materials(self.words)

    def limits(self, quantities: frozenset[str]) -> Sequence[Limit]:
        """Return what is stated of these quantities (length, value …), and of what is counted."""
        return find_limits(self.words, quantities=quantities)


def fits(text: Description, goods: Goods) -> Fit:
    """Return whether goods that are described so satisfy a product text.

    No: another noun, another material, or a measure outside a limit. Ask: what the text requires and the description
    does not say. Yes: everything the text requires is said. Numbers are not compared: the caller asks of one number.
    """
    against = [*_noun(text, goods.said), *_material(text, goods)]
    if against:
        return Fit(Verdict.NO, tuple(against))
    required = text.limits
    stated = goods.limits(frozenset(limit.measured_in.quantity for limit in required)) if required else ()
    missed, open_limits = _limits(required, stated)
    against += [f"the text requires {limit}; the description states {other}" for limit, other in missed]
    if against:
        return Fit(Verdict.NO, tuple(against), tuple(limit for limit, _ in missed))
    asked = [*open_limits, *_clauses(text, goods)]
    return Fit(Verdict.ASK, tuple(asked)) if asked else Fit(Verdict.YES, ("everything the text requires is said",))


def meet(one: Description, other: Description) -> Fit:
    """Return whether some goods may satisfy both texts: yes or ask where they overlap, no with what keeps them apart.

    Two texts of one noun overlap unless a limit of the one lies outside the same limit of the other.
    """
    apart = list(_apart(one.limits, other.limits))
    head, theirs = head_stem(one.noun), head_stem(other.noun)
    if head and theirs and head != theirs and head not in stems(other.body) and theirs not in stems(one.body):
        return Fit(Verdict.NO, (f"“{one.noun}” and “{other.noun}” are different goods",))
    here, there = materials(one.material), materials(other.material)
    if here and there and here.isdisjoint(there):
        apart.append(f"of {one.material}, and of {other.material}")
    if apart:
        return Fit(Verdict.NO, tuple(apart))
    same = stems(one.body) == stems(other.body)
    return Fit(Verdict.YES if same else Verdict.ASK, ("the same words",) if same else ("no limit keeps them apart",))


@lru_cache(maxsize=2048)
def stems(words: str) -> frozenset[str]:
    """Return the words of a text that say something, in lower case and the singular."""
    return frozenset(_stem(word) for word in _WORD.findall(words.casefold()) if word not in _IDLE)


def head_stem(noun: str) -> str:
    """Return the word that names the goods: of “Centrifugal pumps” pump, of “Parts of engines” part; "" for none."""
    first = re.split(r"\s(?:of|for|with|and|or|containing)\s", noun.casefold())[0]
    words = [word for word in _WORD.findall(first) if word not in _IDLE]
    return _stem(words[-1]) if words else ""


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _noun(text: Description, said: frozenset[str]) -> Iterator[str]:
    head = head_stem(text.noun)
    if head and head not in said:
        yield f"the description does not call the goods “{text.noun}”"


def _material(text: Description, goods: Goods) -> Iterator[str]:
    required, stated = materials(text.material), goods.materials
    if required and stated and required.isdisjoint(stated):
        yield f"the text requires goods of {text.material}; the description says {', '.join(sorted(stated))}"


def _limits(required: Sequence[Limit], stated: Sequence[Limit]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (what is missed with what is stated, what is to be asked) of the limits that a text requires."""
    missed, asked = [], []
    for limit in required:
        of = [other for other in stated if other.quantity == limit.quantity and _one_kind(limit, other)]
        shown = _shown(limit)
        if any(_inside(other, limit) for other in of):
            continue
        same = [other for other in of if other.kind and other.kind == limit.kind]
        if same and not any(_touch(other, limit) for other in same):
            missed.append((shown, _shown(same[0])))
        elif of and not any(_touch(other, limit) for other in of) and len(of) == 1 and limit.kind:
            asked.append(f"{shown} is required; the description states {_shown(of[0])}")
        elif of:
            asked.append(f"{shown} is required; the description allows more")
        else:
            asked.append(f"{shown} is required; the description does not say")
    return missed, asked


def _apart(ours: Sequence[Limit], theirs: Sequence[Limit]) -> Iterator[str]:
    for limit in ours:
        same = [
            other for other in theirs if other.quantity == limit.quantity and other.kind == limit.kind and limit.kind
        ]
        if same and not any(_touch(other, limit) for other in same):
            yield f"{_shown(limit)}, and {_shown(same[0])}"


def _one_kind(limit: Limit, other: Limit) -> bool:
    return limit.kind == other.kind or not limit.kind or not other.kind


def _inside(inner: Limit, outer: Limit) -> bool:
    (low, high), (floor, ceiling) = inner.ends(), outer.ends()
    above = floor is None or (low is not None and (low > floor or (low == floor and _holds(outer, inner, "low"))))
    below = ceiling is None or (
        high is not None and (high < ceiling or (high == ceiling and _holds(outer, inner, "high")))
    )
    return above and below


def _holds(outer: Limit, inner: Limit, side: str) -> bool:
    """Whether the end itself is allowed, or not claimed by the inner limit either."""
    bound, other = getattr(outer, side), getattr(inner, side)
    return bound is None or bound.including or (other is not None and not other.including)


def _touch(one: Limit, other: Limit) -> bool:
    (low, high), (floor, ceiling) = one.ends(), other.ends()
    if (
        low is not None
        and ceiling is not None
        and (low > ceiling or (low == ceiling and not _both(one.low, other.high)))
    ):
        return False
    return not (
        high is not None and floor is not None and (high < floor or (high == floor and not _both(one.high, other.low)))
    )


def _both(one: object, other: object) -> bool:
    return bool(getattr(one, "including", True)) and bool(getattr(other, "including", True))


def _clauses(text: Description, goods: Goods) -> Iterator[str]:
    """Yield what else the text requires and the description does not say, clause by clause."""
    said = goods.said
    wanting = [word for word in _WORD.findall(text.noun.casefold()) if word not in _IDLE and _stem(word) not in said]
    if wanting:
        yield f"“{' '.join(wanting)}” is required; the description does not say"
    if text.material and not materials(text.material) & goods.materials:
        yield f"goods of {text.material} are required; the description does not say"
    asked = 0
    for clause in text.clauses:
        if clause.kind in (Kind.NOUN, Kind.MATERIAL, Kind.WHETHER, Kind.ASIDE):
            continue
        words = clause.bare
        if except_for := _EXCEPT.match(words):
            rest = stems(words[except_for.end() :])
            if rest and rest <= said and words not in goods.words:
                yield f"“{clause.words}”: the description speaks of it"
            continue
        missing = stems(words) - said - _MEASURED
        if missing and asked < _MANY:
            asked += 1
            yield f"“{clause.words}” is required; the description does not say"


_MEASURED = stems(
    "length width height depth thickness diameter weight capacity output voltage pressure current value unit "
    "net maximum minimum rating power percent"
)


def _shown(limit: Limit) -> str:
    return f"{limit.kind} {limit.write()}" if limit.kind and limit.kind not in limit.write() else limit.write()
