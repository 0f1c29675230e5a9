"""From words to the tariff: the headings that a product may belong to, and the lines within them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from exclusions.facts.lines import Edition, whole_edition
from exclusions.gateways.tariff.hs_names import chapter_names
from exclusions.gateways.tariff.shipped_schedule import shipped_notes
from exclusions.goods.notes import notes_for
from exclusions.goods.scoring import Place, ranked
from exclusions.goods.spanish import MARK
from exclusions.goods.words import MOST_TERMS, terms, words_of
from exclusions.models.evidence import Evidence
from exclusions.queries.lookup.goods_meant import Meant, known_words, meant
from exclusions.queries.lookup.standing_lines import chosen_of, lines_on

MOST_LETTERS = 300  # of a query that are read: more than any name of goods has
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

    `score` orders the headings of one answer; those of two answers do not compare.
    """

    number: str
    words: str
    score: float
    why: str
    lines: list[FoundLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """What words found. `corrected` is what was searched instead, where a word was corrected; else empty.

    `unknown` are stems of the query that nobody knows.

    `notes` say on what material or use the place depends. `chapters` (two digits, name) are offered where no heading
    fits. `edition` is the one that speaks on the day; None: none on file does, so that no heading is sure to stand.
    """

    asked: str
    corrected: str = ""
    headings: list[FoundHeading] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chapters: list[tuple[str, str]] = field(default_factory=list)
    edition: Edition | None = None
    unknown: Sequence[str] = ()


def find_goods(q: str, as_of: date, *, headings: int = 10, lines: int = 5, verbatim: bool = False) -> Found:
    """Find the headings, best first, that the words may belong to on the day, with the lines that fit best.

    Words that nobody knows are corrected, unless `verbatim`. Nothing is found rather than something that does not fit;
    then chapters are offered. At most eleven statements; never an error for what was typed.
    """
    return Search(q, as_of, headings=headings, lines=lines, verbatim=verbatim).result


class Search:
    """A search for what was typed; asked by whoever first shows something of it.

    `surely`: nothing is looked for where no edition speaks on the day.
    """

    def __init__(
        self, q: str, as_of: date, *, headings: int, lines: int, verbatim: bool = False, surely: bool = False
    ) -> None:
        self._shown = " ".join(q[:MOST_LETTERS].split())
        self._as_of, self._headings, self._lines = as_of, headings, lines
        self._verbatim, self._surely = verbatim, surely

    @cached_property
    def edition(self) -> Edition | None:
        """The edition that speaks on the day. One statement."""
        return whole_edition(self._as_of)

    @cached_property
    def _meant(self) -> Meant:
        asked, spoken = terms(self._shown)[:MOST_TERMS], words_of(self._shown)
        if not asked or (self._surely and self.edition is None):
            return meant(self._shown, spoken, [], {}, {}, verbatim=self._verbatim)
        return meant(self._shown, spoken, asked, *known_words(asked, spoken), verbatim=self._verbatim)

    @cached_property
    def places(self) -> list[Place]:
        """The headings that the words speak for, best first, with some to spare for those that do not stand."""
        often = self._meant.often
        said = [*(Evidence.objects.speaking(list(often), often) if often else []), *self._meant.said]
        return ranked(self._meant.ways, said)[: self._headings + SPARE] if said else []

    @cached_property
    def result(self) -> Found:
        """The result of the search, as `find_goods` returns it."""
        found = _headings(self.places, self._as_of, self._lines, is_sure=self.edition is not None)[: self._headings]
        return Found(
            self._shown,
            self._meant.corrected,
            found,
            notes_for(self._meant.terms, shipped_notes()),
            [] if found else chapter_names(),
            self.edition,
            self._meant.unknown,
        )


def _headings(places: Sequence[Place], as_of: date, lines: int, *, is_sure: bool) -> list[FoundHeading]:
    """Return the places as they stand on the day, without those that do not where that is known."""
    chosen = {place.heading: chosen_of(place, lines) for place in places}
    on_day: defaultdict[str, dict[str, FoundLine]] = defaultdict(dict)
    for number, ending, words in lines_on(as_of, chosen):
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
        found.append(FoundHeading(place.heading, title, place.score, _why(place), shown))
    return found


def _titles(headings: Iterable[str]) -> dict[str, str]:
    rows = Evidence.objects.filter(kind=Evidence.Kind.HEADING, number__in=list(headings)).order_by("-pk")
    return dict(rows.values_list("number", "text"))


def _why(place: Place) -> str:
    best = place.best
    if best is None:
        return ""
    text = best.text if len(best.text) <= 90 else f"{best.text[:89].rstrip()}…"
    return {
        "heading": "The heading uses these words.",
        "line": f"One of its lines says “{text}”.",
        "word": f"{'Spanish' if best.terms.startswith(MARK) else 'Everyday'} word: “{text}”.",
        "name": "Petitions used these words for goods of this heading.",
        "exclusion": "An exclusion uses these words for goods of this heading.",
    }[best.kind]
