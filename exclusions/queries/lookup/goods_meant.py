"""What words for goods mean: which of them are known, what instead of one that is not, and how they may be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exclusions.gateways.tariff.shipped_schedule import shipped_spanish
from exclusions.goods.scoring import Asked, Said, Way, way
from exclusions.goods.spanish import SPANISH_LITTLE, read_in_spanish
from exclusions.goods.spelling import allowed, distance, halves, nearest, swapped, trigrams
from exclusions.goods.texts import head
from exclusions.goods.words import stem
from exclusions.models.evidence import GoodsWord

MOST_CORRECTED = 3
LONG, RARE = 7, 6  # a word of so many letters in so few texts may be two written as one
MOST_WAYS = 4
SPANISH_WEIGHS = 20  # texts of the whole evidence that one of the short Spanish list stands for
OTHER_READING = 0.9

Known = dict[str, tuple[str, int]]  # by stem a word of it, and in how many texts it stands


@dataclass(frozen=True, slots=True)
class Meant:
    """The stems that are searched, the words as they were corrected ("": they were not), and the ways to read them.

    `often` says in how many texts of the evidence a stem stands. `said` are texts that speak beside the evidence.
    `unknown` are stems that nobody knows, nor a word near them.
    """

    terms: Sequence[str]
    corrected: str
    ways: Sequence[Way]
    often: Mapping[str, int]
    said: Sequence[Said] = ()
    unknown: Sequence[str] = ()


def meant(
    shown: str, words: Sequence[str], asked: Sequence[str], known: Known, mixed_up: Known, *, verbatim: bool
) -> Meant:
    """Return what words mean; those that nobody knows are corrected, unless `verbatim`.

    `known` and `mixed_up` are what `known_words` found. At most three statements.
    """
    if not asked:
        return Meant([], "", [], {})
    if spanish := read_in_spanish(words, known, shipped_spanish()):
        return _in_spanish(spanish, asked, known)
    terms, corrected = (list(asked), "") if verbatim else _corrected(words, asked, known, mixed_up)
    ways = _ways(terms, _head(corrected or shown, terms), known)
    often = {term: known[term][1] for way in ways for term in way.asked.terms if term in known}
    unknown = [term for term in terms if term not in known and not term.isdigit()]
    return Meant(terms, corrected, ways, often, unknown=unknown)


def _in_spanish(spanish: Sequence[str], asked: Sequence[str], known: Known) -> Meant:
    """Return what words mean that Spanish knows and English does not: nothing is corrected."""
    texts = shipped_spanish()
    said = list(dict.fromkeys(text for term in spanish for text in texts[term]))
    rest = [term for term in asked if term not in SPANISH_LITTLE]
    english = {term: known[term][1] for term in rest if term in known}
    ways = [
        way(Asked(spanish, spanish[0], {term: SPANISH_WEIGHS * len(texts[term]) for term in spanish})),
        way(Asked(rest, rest[-1], english)),
    ]
    return Meant(rest, "", ways, english, said)


def known_words(asked: Sequence[str], words: Sequence[str]) -> tuple[Known, Known]:
    """Return what is known of the stems, of two neighbours joined and of long ones parted; and of the stems in which
    two letters changed places. One statement.
    """
    tried = set(asked)
    tried.update(stem(one + other) for one, other in pairwise(words))
    for term in asked:
        tried.update(stem(part) for pair in halves(term) for part in pair)
    mixed_up = {other for term in asked for other in swapped(term)}
    rows = GoodsWord.objects.filter(stem__in=tried | mixed_up).values_list("stem", "word", "frequency")
    found = {one: (word, often) for one, word, often in rows}
    return ({one: found[one] for one in tried if one in found}, {one: found[one] for one in mixed_up if one in found})


def _corrected(words: Sequence[str], asked: Sequence[str], known: Known, mixed_up: Known) -> tuple[list[str], str]:
    """Return the stems to search, and the words as corrected; "" where every word was known.

    What is learnt of words is added to `known`.
    """
    unknown = [term for term in asked if term not in known and not term.isdigit()]
    instead: dict[str, list[str]] = {}
    for term in unknown[:MOST_CORRECTED]:
        found = _joined(term, words, known) or _near_or_parted(term, known, mixed_up)
        if found:
            instead[term] = found
    meant = list(dict.fromkeys(said for term in asked for said in instead.get(term, [term])))
    if not instead:
        return meant, ""
    spoken = []
    for word in words:
        said = instead.get(stem(word))
        spoken.append(" ".join(known[part][0] for part in said) if said else word)
    return meant, " ".join(dict.fromkeys(spoken))


def _joined(term: str, words: Sequence[str], known: Mapping[str, tuple[str, int]]) -> list[str]:
    """Return the word that the term makes with its neighbour: “snow board”."""
    for one, other in pairwise(words):
        if term in (stem(one), stem(other)) and stem(one + other) in known:
            return [stem(one + other)]
    return []


def _parted(term: str, known: Mapping[str, tuple[str, int]]) -> list[str]:
    """Return the two words that the term is made of, of several ways the one of longer and more common words."""
    ways = [
        (min(known[stem(one)][1], known[stem(other)][1], len(one), len(other)), [stem(one), stem(other)])
        for one, other in halves(term)
        if stem(one) in known and stem(other) in known
    ]
    best = max(ways, default=(0, []))
    return best[1]


def _near_or_parted(term: str, known: Known, mixed_up: Known) -> list[str]:
    """Return the known word that differs by a letter, else the two words it is made of, else a word less near.

    One statement.
    """
    most, parts = allowed(term), _parted(term, known)
    if not most:
        return parts
    rows = GoodsWord.objects.like(trigrams(term), len(term) - most, len(term) + most)
    rows += [(other, *mixed_up[other]) for other in swapped(term) if other in mixed_up]
    found = nearest(term, {other: often for other, _, often in rows})
    if not found or (parts and distance(term, found, 1) > 1):
        return parts
    known.update({other: (word, often) for other, word, often in rows if other == found})
    return [found]


def _ways(meant: Sequence[str], what: str, known: Mapping[str, tuple[str, int]]) -> list[Way]:
    """Return the ways to read the query: as it stands, two neighbours as one word, a long word as two."""
    often = {term: how_often for term, (_, how_often) in known.items()}
    ways = [way(Asked(meant, what, often))]
    for one, other in pairwise(meant):
        both = stem(one + other)
        if both in known and both not in meant:
            terms = [both if term == one else term for term in meant if term != other]
            ways.append(way(Asked(terms, both if what in (one, other) else what, often), OTHER_READING))
    for term in meant:
        parts = _parted(term, known) if len(term) >= LONG and often.get(term, 0) <= RARE else []
        if parts and not set(parts) & set(meant):
            terms = [part for word in meant for part in (parts if word == term else [word])]
            ways.append(way(Asked(terms, parts[-1] if what == term else what, often), OTHER_READING))
    return ways[:MOST_WAYS]


def _head(text: str, meant: Sequence[str]) -> str:
    what = head(text)
    return what if what in meant else meant[-1]
