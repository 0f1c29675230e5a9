"""Goods as somebody describes them, in any words, and the words of a text that say something."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from exclusions.wording.finding import find_limits
from exclusions.wording.limits import Limit
from exclusions.wording.materials import materials
from exclusions.wording.word_lists import listed

WORD = re.compile(r"[^\W\d_]{2,}")
IDLE = listed(
    "a an and are as at be by each for from has have having in into is it its kind more not of on or over "
    "such than that the their these this to type types under use used which whether with without "
    "foregoing designed suitable intended including consisting comprising containing measuring weighing "
    "valued rated put up presented other capable one two being per any all least exceeding but made"
)
_STRETCH = re.compile(r"[,;:()]\s*|\.\s+|\.$|\n+|\sbut\s")
_SENTENCE = re.compile(r"[.;]\s+|\n+")
# What follows them says what the goods are of, for or with, not what they are.
_BEHIND = re.compile(
    r"(?:^|\s)(?:of|for|with|without|and|or|containing|that|which|in|into|to|used|designed|made|from|by|on|having|"
    r"suitable|intended|measuring|weighing|valued|rated)(?:\s|$)"
)
_NEGATED = re.compile(r"\b(?:non|not|no|without|other\sthan)\b|-(?:free|less)\b")
# Measures as people write them: “50x28x52 in”, 52".
_TIMES = re.compile(r"(?<=\d)\s*[xX*\u00d7]\s*(?=\d)")
_INCHES = re.compile(
    r"(?<=\d)(?:\s?[\"\u201d\u2033]"
    r"|[\s-]?in\b\.?(?=\s*(?:$|[,;.)(]|by\b|[x\u00d7]\s|wide|long|high|tall|deep|thick|in\s)))",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"(?:^|\s)(?:not(?!\s(?:over|more|less|exceeding|greater|above|below|under|to\sexceed|smaller|larger|fewer))|"
    r"no(?!\s(?:more|less|greater|fewer|larger|longer)\b)|never|neither|nor|without|except|excluding|lacks?|"
    r"lacking|free\sof|other\sthan|rather\sthan|instead\sof|isn.t|aren.t|cannot)(?=[\s-])"
)


class Goods:
    """Goods as somebody describes them; read as far as a comparison needs it, and once."""

    def __init__(self, words: str) -> None:
        self.words = " ".join(words.split())

    @cached_property
    def plain(self) -> str:
        """The words in lower case."""
        return self.words.casefold()

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that describe the goods."""
        return stems(self.words)

    @cached_property
    def materials(self) -> frozenset[str]:
        """The words for materials."""
        return materials(self.words)

    @cached_property
    def stretches(self) -> list[tuple[str, frozenset[str]]]:
        """What stands between commas and the like, each with its words that say something."""
        return [(part, stems(part)) for part in _STRETCH.split(self.plain) if part and part.strip()]

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words by which its sentences call the goods: of “Steel pump for oil” pump."""
        begun = (_STRETCH.split(sentence, maxsplit=1)[0] for sentence in _SENTENCE.split(self.plain))
        return frozenset(filter(None, map(_head, begun)))

    @cached_property
    def names(self) -> list[tuple[str, frozenset[str]]]:
        """What each of its sentences calls the goods: the last word and all of them, of “Screw type pump for oil” pump
        and screw; no sentence that begins with a not."""
        begun = (_STRETCH.split(sentence, maxsplit=1)[0] for sentence in _SENTENCE.split(self.plain))
        return [(_head(part), stems(_BEHIND.split(part, maxsplit=1)[0])) for part in begun if not _NEGATED.search(part)]

    @cached_property
    def called(self) -> frozenset[str]:
        """What the goods are called in all: the words of each stretch before what they are of, for or with."""
        return frozenset().union(*(stems(_BEHIND.split(part, maxsplit=1)[0]) for part, _ in self.stretches))

    @cached_property
    def denied(self) -> frozenset[str]:
        """The words that stand behind a not, without or the like, up to the next comma."""
        return frozenset().union(*(stems(part[found.end() :]) for part, found in self._denials()))

    def denies(self, words: str) -> bool:
        """Whether the same words stand behind a not wherever they stand."""
        wanted = words.casefold()
        behind = [part for part, found in self._denials() if wanted in part[found.end() :]]
        return len(behind) >= self.plain.count(wanted) > 0

    def _denials(self) -> Iterator[tuple[str, re.Match[str]]]:
        for part, _ in self.stretches:
            if found := _DENIES.search(part):
                yield part, found

    def limits(self, quantities: frozenset[str]) -> Sequence[Limit]:
        """Return what is stated of these quantities (length, value …), and of what is counted."""
        return find_limits(_INCHES.sub(" inches", _TIMES.sub(" x ", self.words)), quantities=quantities)


@lru_cache(maxsize=2048)
def stems(words: str) -> frozenset[str]:
    """Return the words of a text that say something, in lower case and the singular."""
    return frozenset(stem(word) for word in WORD.findall(words.casefold()) if word not in IDLE)


def head_stem(noun: str) -> str:
    """Return the word that names the goods: of “Centrifugal pumps” pump, of “Parts of engines” part; "" for none."""
    first = re.split(r"\s(?:of|for|with|and|or|containing)\s", noun.casefold())[0]
    words = [word for word in WORD.findall(first) if word not in IDLE]
    return stem(words[-1]) if words else ""


def stem(word: str) -> str:
    """Return a lower-case word in the singular, roughly."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _head(stretch: str) -> str:
    words = [word for word in WORD.findall(_BEHIND.split(stretch, maxsplit=1)[0]) if word not in IDLE]
    return stem(words[-1]) if words else ""
