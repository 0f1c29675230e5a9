"""Which headings the evidence speaks for: three ranked lists, each scaled to its best, added up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

HEAD = 1.7  # how much heavier the word is that says what the thing is
BOOST = 1.3  # of a heading's own words over those of a line
ALL_TEXTS = 60_000
ABOVE = 0.8  # of what a line's own words count, those of the lines above it
LEAST_CLOSE: Mapping[str, float] = {"line": 0.35, "word": 0.25, "name": 0.25}  # where most of a text is something else
# What each list weighs in the sum. A name says how petitioners speak, an everyday word how all do.
WEIGHTS: Mapping[str, float] = {"schedule": 1.0, "words": 1.3, "names": 0.8}
LIST_OF: Mapping[str, str] = {
    "heading": "schedule",
    "line": "schedule",
    "word": "words",
    "name": "names",
    "exclusion": "names",
}
OWN_LINES = "|"
FLOOR = 0.05  # of the best score there can be: below it nothing is shown
SURE, SHARE_OF_SURE = 1.0, 0.1  # where the best is sure, others below this share of it are not shown


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: its stems in order, the one that says what the thing is, and how many texts each stands in."""

    terms: Sequence[str]
    head: str
    often: Mapping[str, int] = field(default_factory=dict)

    def weight(self, term: str) -> float:
        """Return how much a term says: more, the fewer texts it stands in; the head noun is heavier."""
        rarity = log(1 + ALL_TEXTS / (1 + self.often.get(term, 0)))
        return rarity * (HEAD if term == self.head else 1.0)


class Text(NamedTuple):
    """A text of the evidence that was found. `terms` are its stems; those of the lines above it follow `OWN_LINES`."""

    heading: str
    number: str
    kind: str
    text: str
    terms: str
    head: str
    confidence: float


Said = tuple[str, str, str, str, str, str, float]  # the same before it is asked by its names, as it is read
# A text with its score below zero, its number and its place among those found: the least of several is the best.
Scored = tuple[float, str, int, Said]


@dataclass(slots=True)
class Place:
    """A heading with its score, from 0 to about 3, the text that speaks most for it, and its lines.

    Each line with its own score below zero, so that the least is the best.
    """

    heading: str
    score: float = 0.0
    best: Text | None = None
    lines: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a query, weighed: its stems, what each weighs, and how much the reading counts for.

    Each stem stands between blanks, as those of a text do: so it is found in them without taking them apart.
    """

    asked: Asked
    weighed: Sequence[tuple[str, float]]
    total: float
    counts: float


def way(asked: Asked, counts: float = 1.0) -> Way:
    """Return the query weighed."""
    weights = {term: asked.weight(term) for term in asked.terms}
    return Way(asked, [(f" {term} ", weight) for term, weight in weights.items()], sum(weights.values()), counts)


def likeness(way: Way, text: Said, own: str, above: str) -> float:
    """Return how well a text answers one reading of the query, from 0 to about 1.5.

    The share of the query that it covers, cubed, by how much else it says, by how sure it is. `own` are the stems of
    the text, `above` those of the lines above it, each between blanks.
    """
    _, _, kind, _, _, says, confidence = text
    covered, further, met = 0.0, 0.0, 0
    for term, weight in way.weighed:
        if term in own:
            covered += weight
            met += 1
        if term in above:
            further += weight
    if further:
        covered += ABOVE * further
    told = met / (own.count(" ") - 1) if met else 0.0
    least = LEAST_CLOSE.get(kind)
    close = 0.5 + 0.5 * min(1.0, 2.5 * told) if least is None else least + (1 - least) * told
    same = 1.25 if says and says == way.asked.head else 1.0
    boost = BOOST if kind == "heading" else 1.0
    return (covered / way.total) ** 3 * close * same * confidence * boost * way.counts


def ranked(ways: Sequence[Way], texts: Iterable[Said]) -> list[Place]:
    """Return the headings that the texts speak for, best first; none below the floor, or far below one that is sure.

    Of several ways to read the query each text counts by the one that it answers best.
    """
    lists: dict[str, dict[str, list[Scored]]] = {name: {} for name in WEIGHTS}
    first, *others = ways
    for place, text in enumerate(texts):
        heading, number, kind, _, stems, _, _ = text
        own, _, above = f" {stems} ".partition(OWN_LINES)
        score = likeness(first, text, own, above)
        for other in others:
            score = max(score, likeness(other, text, own, above))
        if score > 0:
            scored = (-score, number, place, text)
            known = lists[LIST_OF[kind]]
            if heading in known:
                known[heading].append(scored)
            else:
                known[heading] = [scored]
    places: dict[str, Place] = {}
    for name, weight in WEIGHTS.items():
        _add(places, lists[name], weight, several=name == "names")
    best = sorted(places.values(), key=lambda place: (-place.score, place.heading))
    floor = SHARE_OF_SURE * best[0].score if best and best[0].score >= SURE else FLOOR
    return [place for place in best if place.score >= floor]


def _add(places: dict[str, Place], said: Mapping[str, list[Scored]], weight: float, *, several: bool) -> None:
    """Add one list to the places, scaled to its best heading and by how good that is in itself."""
    sums: dict[str, float] = {}
    for heading, texts in said.items():
        texts.sort()
        scores = [-below for below, *_ in texts[:8]]
        sums[heading] = sum(scores) if several else scores[0] + 0.1 * sum(scores[1:4])
    most = max(sums.values(), default=0.0)
    if not most:
        return
    trust = min(1.0, max([-texts[0][0] for texts in said.values()])) ** 0.5
    for heading, total in sums.items():
        place = places.setdefault(heading, Place(heading))
        part = weight * trust * total / most
        if place.best is None or part > place.score:
            place.best = Text._make(said[heading][0][-1])
        place.score += part
        place.lines += [(below, number) for below, number, *_ in said[heading] if len(number) > 4]
