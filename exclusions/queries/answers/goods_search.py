"""From words to the tariff: the headings that a product may belong to, and the lines within them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from exclusions.facts.lines import Edition, editions_fetch, whole_edition
from exclusions.gateways.database.among import among
from exclusions.gateways.database.prepared import Prepared, PreparedMany
from exclusions.gateways.database.together import Fetch, fetch, fetch_many, together
from exclusions.gateways.tariff.hs_names import chapter_names
from exclusions.gateways.tariff.shipped_schedule import shipped_notes
from exclusions.goods.notes import notes_for
from exclusions.goods.scoring import Asked, Place, Way, ranked, way
from exclusions.goods.spelling import allowed, distance, halves, nearest, trigrams
from exclusions.goods.texts import head
from exclusions.goods.words import MOST_TERMS, stem, terms, words_of
from exclusions.hts import range_of
from exclusions.models.answers.evidence import Evidence, GoodsWord
from exclusions.models.tariff import TariffLine

MOST_LETTERS = 300  # of a query that are read: more than any name of goods has
MOST_CORRECTED = 3
MOST_BARE = 500
LONG, RARE = 7, 6  # a word of so many letters in so few texts may be two written as one
MOST_WAYS = 4
OTHER_READING = 0.9
SPARE = 3  # headings beyond those wanted, since some may not stand on the day


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line within a heading. `number` is plain; `ending` the words that distinguish it, `words` all of them."""

    number: str
    ending: str
    words: str


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading of the schedule, `number` its four digits. `why` says in a sentence what speaks for it.

    `score` orders the headings of one answer; those of two answers do not compare. `stands`: it is a line by itself.
    """

    number: str
    words: str
    score: float
    why: str
    lines: list[FoundLine] = field(default_factory=list)
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What words found. `corrected` is what was searched instead, where a word was corrected; else empty.

    `notes` say on what material or use the place depends. `chapters` (two digits, name) are offered where no heading
    fits. `edition` is the one that speaks on the day; None: none on file does, so that no heading is sure to stand.
    """

    asked: str
    corrected: str = ""
    headings: list[FoundHeading] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chapters: list[tuple[str, str]] = field(default_factory=list)
    edition: Edition | None = None


def find_goods(
    q: str,
    as_of: date,
    *,
    headings: int = 10,
    lines: int = 5,
    verbatim: bool = False,
    in_doubt: bool = True,
) -> Found:
    """Find the headings, best first, that the words may belong to on the day, with the lines that fit best.

    Words that nobody knows are corrected, unless `verbatim`. Nothing is found rather than something that does not fit;
    then chapters are offered. Not `in_doubt`: nothing is looked for where no edition speaks on the day. At most eight
    statements; never an error for what was typed.
    """
    shown = " ".join(q[:MOST_LETTERS].split())
    words = words_of(shown)
    asked = terms(shown)[:MOST_TERMS]
    if not asked:
        return Found(shown, chapters=chapter_names(), edition=whole_edition(as_of))
    knowing, on_file = _known(asked, words), editions_fetch()
    together(knowing, on_file)
    known, edition = knowing.found(), whole_edition(as_of, on_file.found())
    if edition is None and not in_doubt:
        return Found(shown)
    meant, corrected = (asked, "") if verbatim else _corrected(words, asked, known)
    ways = _ways(meant, _head(corrected or shown, meant), known)
    often = {term: known[term][1] for way in ways for term in way.asked.terms if term in known}
    places: list[Place] = []
    if often:
        places = ranked(ways, Evidence.objects.speaking(list(often), often))[: headings + SPARE]
    found = _headings(places, as_of, lines, is_sure=edition is not None)[:headings]
    return Found(
        shown,
        corrected,
        found,
        notes_for(meant, shipped_notes()),
        [] if found else chapter_names(),
        edition,
    )


def _known(asked: Sequence[str], words: Sequence[str]) -> Fetch[dict[str, tuple[str, int]]]:
    """Return of the stems, of two neighbours joined and of long ones parted, those that are known. One statement."""
    tried = set(asked)
    tried.update(stem(one + other) for one, other in pairwise(words))
    for term in asked:
        tried.update(stem(part) for pair in halves(term) for part in pair)
    return fetch(_WORDS, sorted(tried), made=lambda rows: {found: (word, often) for found, word, often in rows})


_WORDS: Prepared[GoodsWord] = Prepared(
    lambda stems: GoodsWord.objects.filter(among("stem", stems)).values_list("stem", "word", "frequency"),
    (["1"],),
    (["2"],),
    one_plan=True,
)


def _corrected(words: Sequence[str], asked: Sequence[str], known: dict[str, tuple[str, int]]) -> tuple[list[str], str]:
    """Return the stems to search, and the words as corrected; "" where every word was known.

    What is learnt of words is added to `known`.
    """
    unknown = [term for term in asked if term not in known and not term.isdigit()]
    instead: dict[str, list[str]] = {}
    for term in unknown[:MOST_CORRECTED]:
        found = _joined(term, words, known) or _near_or_parted(term, known)
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


def _near_or_parted(term: str, known: dict[str, tuple[str, int]]) -> list[str]:
    """Return the known word that differs by a letter, else the two words it is made of, else a word less near.

    One statement.
    """
    most, parts = allowed(term), _parted(term, known)
    if not most:
        return parts
    rows = GoodsWord.objects.like(trigrams(term), len(term) - most, len(term) + most)
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


def _headings(places: Sequence[Place], as_of: date, lines: int, *, is_sure: bool) -> list[FoundHeading]:
    """Return the places as they stand on the day, without those that do not where that is known."""
    chosen = {place.heading: _chosen(place, lines) for place in places}
    on_day: defaultdict[str, dict[str, FoundLine]] = defaultdict(dict)
    for number, ending, words in _lines_on(as_of, chosen):
        on_day[number[:4]][number] = FoundLine(number, ending, words)
    titles = {} if is_sure else _titles(chosen)
    found = []
    for place in places:
        there = on_day.get(place.heading, {})
        if is_sure and not there:
            continue
        best = [there[number] for number in chosen[place.heading] if number in there]
        below = [line for number, line in there.items() if number != place.heading]
        words = next((line.words.partition(": ")[0].rstrip(" :") for line in there.values()), "")
        title = words or titles.get(place.heading, "")
        shown = (best or below)[:lines]
        found.append(FoundHeading(place.heading, title, place.score, _why(place), shown, place.heading in there))
    return found


def _chosen(place: Place, most: int) -> list[str]:
    return list(dict.fromkeys([number for _, number in sorted(place.lines)]))[: most + 2]


def _lines_on(as_of: date, chosen: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return the chosen lines and headings as they stand on the day; of a heading without any, its rate lines.

    As number, ending and all words. At most two statements.
    """
    if not chosen:
        return []
    numbers = [number for some in chosen.values() for number in some]
    asked: Fetch[Any] = fetch(_CHOSEN, list(dict.fromkeys([*numbers, *chosen])), as_of)
    # A heading of which no line was chosen is shown by its rate lines in any case: they are asked for on the same way.
    unlined = [heading for heading, some in chosen.items() if not any(len(number) > len(heading) for number in some)]
    below = fetch_many(_BARE, [range_of(heading) for heading in unlined], as_of)
    together(asked, *below)
    found = asked.found()
    with_lines = {number[:4] for _, number, *_ in found if len(number) > len(number[:4])}
    bare = [heading for heading in chosen if heading not in with_lines]
    for some in below if bare == unlined else fetch_many(_BARE, [range_of(heading) for heading in bare], as_of):
        found += some.found()
    return [(number, ending, words) for _, number, ending, words in sorted(found)]


def _standing_lines(as_of: date) -> "QuerySet[TariffLine, Any]":
    columns = ("position", "number", "description", "full_description")
    return TariffLine.objects.on(as_of).order_by("position", "number").values_list(*columns)


def _chosen_lines(numbers: Sequence[str], as_of: date) -> Any:
    return _standing_lines(as_of).filter(among("number", numbers))


def _rate_lines(ranges: Sequence[tuple[str, str]], as_of: date) -> Any:
    below = Q()
    for first, after in ranges:
        below |= Q(number__gte=first, number__lt=after)
    return _standing_lines(as_of).filter(below, Q(level=8) | Q(level=10, number__endswith="00"))[:MOST_BARE]


_DAYS = (date(2019, 1, 1),), (date(2020, 1, 1),)
_CHOSEN: Prepared[TariffLine] = Prepared(_chosen_lines, (["1"], *_DAYS[0]), (["2"], *_DAYS[1]), one_plan=True)
_BARE = PreparedMany(_rate_lines, (4, 13), lambda n: (f"{n}a", f"{n}b"), *_DAYS, one_plan=True)


def _titles(headings: Iterable[str]) -> dict[str, str]:
    rows = Evidence.objects.filter(kind=Evidence.Kind.HEADING, number__in=list(headings)).order_by("-pk")
    return dict(rows.values_list("number", "text"))


def _why(place: Place) -> str:
    best = place.best
    if best is None:
        return ""
    text = best.text if len(best.text) <= 90 else f"{best.text[:89].rstrip()}…"
    return {
        "heading": "The heading itself says so.",
        "line": f"One of its lines reads “{text}”.",
        "word": f"Everyday word: “{text}”.",
        "name": "Petitions named goods of this heading like that.",
        "exclusion": "The text of an exclusion names goods of this heading like that.",
    }[best.kind]
