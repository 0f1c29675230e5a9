"""Whether two names are of one product, and the words for it.

Names are near when they say the same words, whatever their order, number or spelling. What a product is may hang on
one word (“with shade”, “without shade”), so one that is over keeps apart, but for a color; so does a part number or
a measure that is not on both sides. Part numbers are compared whole: that two are spelled alike says nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from exclusions.likeness.words import Measure, Said

_COLOR_WORDS = "beige black blue brown gray green ivory navy orange pink purple red tan teal white yellow"
COLORS = frozenset(_COLOR_WORDS.split())
_VOWELS = frozenset("aeiouy")
_SHORT_CODE = 5
_TEXT_WORDS, _TEXT_RATIO = 12, 92.0
# Where a color is no property of the goods but their paint: not food, minerals, chemicals, wood, jewels, copper.
_PAINTED = frozenset(f"{chapter}" for chapter in (*range(39, 44), *range(46, 71), 73, *range(82, 97)))
# Names of chemicals and plastics differ by one letter.
_CHEMICAL = frozenset(f"{chapter}" for chapter in range(28, 40))


class Grade(IntEnum):
    """How near two are; more is nearer."""

    APART, TEXT, SPELLING, COLOR, WORDS, CODE, LETTERS = range(7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How near two are and the words for it: why they are one product, or why they stand apart."""

    grade: Grade
    why: str

    @property
    def near(self) -> bool:
        """Whether they are one product as far as is told."""
        return self.grade > Grade.APART


def compare(one: Said, other: Said, *, chapter: str, same_requester: bool) -> Verdict:
    """Compare two names. `chapter` has two digits; `same_requester` is whether one organization gave both."""
    if not (one.says and other.says):
        return Verdict(Grade.APART, "no product is named")
    if one.letters == other.letters and one.measures == other.measures:
        return _same_letters(one, other, same_requester)
    if one.cas and other.cas:
        if one.cas != other.cas:
            return Verdict(Grade.APART, _unlike("CAS numbers", one.cas, other.cas))
        return Verdict(Grade.CODE, f"same CAS number: {_and(one.cas)}")
    if one.codes != other.codes:
        return Verdict(Grade.APART, _unlike("part or model numbers", one.codes, other.codes))
    if not _meet(one.measures, other.measures):
        return Verdict(Grade.APART, _unlike("measures", map(str, one.measures), map(str, other.measures)))
    if one.words == other.words or (one.run and one.run == other.run):
        return Verdict(Grade.WORDS, "same words, written otherwise")
    return _nearly(one, other, chapter)


def near_text(one: str, other: str) -> bool:
    """Whether two descriptions of at least twelve words, in lower case, say nearly the same."""
    if min(len(one.split()), len(other.split())) < _TEXT_WORDS:
        return False
    return fuzz.token_sort_ratio(one, other, score_cutoff=_TEXT_RATIO) > 0


def contrary(ours: Iterable[Measure], theirs: Iterable[Measure]) -> str:
    """Return the measures in which two descriptions contradict one another, in words: no value of a quantity is in
    both. "" when they do not.
    """
    ours, theirs = list(ours), list(theirs)
    for quantity in sorted({one.quantity for one in ours} & {other.quantity for other in theirs}):
        here = [one for one in ours if one.quantity == quantity]
        there = [other for other in theirs if other.quantity == quantity]
        if not any(one.meets(other) for one in here for other in there):
            return _unlike("measures", map(str, here), map(str, there))
    return ""


def _same_letters(one: Said, other: Said, same_requester: bool) -> Verdict:
    if one.only_a_code:
        if len(one.letters) < _SHORT_CODE and not same_requester:
            return Verdict(Grade.APART, "a short part number, not known to be of one organization")
        return Verdict(Grade.CODE, "same part number")
    if one.cut and other.cut:
        return Verdict(Grade.LETTERS, "same name as far as the docket keeps it, 40 characters")
    return Verdict(Grade.LETTERS, "same name, letters and digits alike")


def _meet(ours: frozenset[Measure], theirs: frozenset[Measure]) -> bool:
    return all(any(one.meets(other) for other in theirs) for one in ours) and all(
        any(other.meets(one) for one in ours) for other in theirs
    )


def _nearly(one: Said, other: Said, chapter: str) -> Verdict:
    ours, theirs = Counter(one.words), Counter(other.words)
    extra, missing = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
    shared = len(one.words) - len(extra)
    if shared and chapter in _PAINTED and COLORS.issuperset(extra + missing):
        return Verdict(Grade.COLOR, f"same words but for the color: {_and(extra)} and {_and(missing)}")
    if shared > 1 and len(extra) == len(missing) == 1 and _misspelled(extra[0], missing[0], chapter):
        return Verdict(Grade.SPELLING, f"near text: “{extra[0]}” and “{missing[0]}”")
    return Verdict(Grade.APART, _unlike("words", extra, missing))


def _misspelled(one: str, other: str, chapter: str) -> bool:
    """Whether one word is the other with a slip of the pen. What has no vowel is no word but an abbreviation."""
    if one[0] != other[0] or chapter in _CHEMICAL or _VOWELS.isdisjoint(one):
        return False
    shorter, longer = sorted((len(one), len(other)))
    return shorter > 4 and longer > 5 and OSA.distance(one, other, score_cutoff=2) <= (1 if shorter < 10 else 2)


def _unlike(what: str, ours: Iterable[str], theirs: Iterable[str]) -> str:
    return f"unlike {what}: {_and(ours)} and {_and(theirs)}"


def _and(things: Iterable[str]) -> str:
    return ", ".join(sorted(things)) or "none"
