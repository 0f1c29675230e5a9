"""From words to the tariff: the headings that a product may belong to, and the lines within them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.db.models import Q, QuerySet

from exclusions.facts.lines import Edition, editions_fetch, whole_edition
from exclusions.gateways.database.among import among
from exclusions.gateways.database.prepared import Prepared, PreparedMany
from exclusions.gateways.database.together import Fetch, ahead, fetch, fetch_many, together
from exclusions.gateways.tariff.hs_names import chapter_names
from exclusions.gateways.tariff.shipped_schedule import shipped_notes
from exclusions.goods.notes import notes_for
from exclusions.goods.scoring import Place, Said, ranked
from exclusions.goods.words import MOST_TERMS, terms, words_of
from exclusions.hts import range_of
from exclusions.models.answers.evidence import Evidence
from exclusions.models.tariff import TariffLine
from exclusions.queries.answers.goods_meant import Known, known_fetch, meant

MOST_LETTERS = 300  # of a query that are read: more than any name of goods has
MOST_BARE = 500
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


def find_goods(q: str, as_of: date, *, headings: int = 10, lines: int = 5, verbatim: bool = False) -> Found:
    """Find the headings, best first, that the words may belong to on the day, with the lines that fit best.

    Words that nobody knows are corrected, unless `verbatim`. Nothing is found rather than something that does not fit;
    then chapters are offered. At most eight statements; never an error for what was typed.
    """
    return Search(q, as_of, headings=headings, lines=lines, verbatim=verbatim).found


class Search:
    """A search that is on its way: begun when it is made, and waited for by whoever first asks what it found.

    For `numbers_alone`, for a program that reads the lines anew, their words are not read, no chapters are offered, and
    nothing is looked for where no edition speaks on the day. `beside`: statements that go on the first way.
    """

    def __init__(
        self,
        q: str,
        as_of: date,
        *,
        headings: int,
        lines: int,
        verbatim: bool = False,
        numbers_alone: bool = False,
        beside: Sequence[Fetch[Any]] = (),
    ) -> None:
        self._shown = " ".join(q[:MOST_LETTERS].split())
        self._as_of, self._headings, self._lines, self._texts = as_of, headings, lines, not numbers_alone
        self._evidence: Fetch[list[Said]] | None = None
        words, asked = words_of(self._shown), terms(self._shown)[:MOST_TERMS]
        self.edition, known = _begun(words, asked, as_of, beside)
        looked_for = asked if self.edition is not None or self._texts else []
        self._meant = meant(self._shown, words, looked_for, known, verbatim=verbatim)
        if self._meant.often:
            self._evidence = Evidence.objects.speaking(list(self._meant.often), self._meant.often)
            ahead(self._evidence)

    @cached_property
    def found(self) -> Found:
        """What was found, as `find_goods` says it."""
        said = self._evidence.found() if self._evidence else []
        places = ranked(self._meant.ways, said)[: self._headings + SPARE] if said else []
        sure = self.edition is not None
        found = _headings(places, self._as_of, self._lines, is_sure=sure, texts=self._texts)[: self._headings]
        return Found(
            self._shown,
            self._meant.corrected,
            found,
            notes_for(self._meant.terms, shipped_notes()),
            chapter_names() if self._texts and not found else [],
            self.edition,
        )


def _begun(
    words: Sequence[str], asked: Sequence[str], as_of: date, beside: Sequence[Fetch[Any]]
) -> tuple[Edition | None, Known]:
    """Return the edition that speaks on the day, and what is known of the words."""
    on_file, knowing = editions_fetch(), known_fetch(asked, words) if asked else None
    together(on_file, *([knowing] if knowing else []), *beside)
    return whole_edition(as_of, on_file.found()), knowing.found() if knowing else {}


def _headings(places: Sequence[Place], as_of: date, lines: int, *, is_sure: bool, texts: bool) -> list[FoundHeading]:
    """Return the places as they stand on the day, without those that do not where that is known."""
    chosen = {place.heading: _chosen(place, lines) for place in places}
    on_day: defaultdict[str, dict[str, FoundLine]] = defaultdict(dict)
    for number, ending, words in _lines_on(as_of, chosen, texts=texts):
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


def _lines_on(as_of: date, chosen: Mapping[str, Sequence[str]], *, texts: bool) -> list[tuple[str, str, str]]:
    """Return the chosen lines and headings as they stand on the day; of a heading without any, its rate lines.

    As number, ending and all words, which are empty without `texts`. At most three statements.
    """
    if not chosen:
        return []
    of_numbers, of_headings = _STANDING[texts]
    numbers = [number for some in chosen.values() for number in some]
    asked: Fetch[Any] = fetch(of_numbers, list(dict.fromkeys([*numbers, *chosen])), as_of)
    # A heading of which no line was chosen is shown by its rate lines in any case: they are asked for on the same way.
    unlined = [heading for heading, some in chosen.items() if not any(len(number) > len(heading) for number in some)]
    below = fetch_many(of_headings, [range_of(heading) for heading in unlined], as_of)
    together(asked, *below)
    found = asked.found()
    lined = {number[:4] for _, number, *_ in found if len(number) > len(number[:4])}.union(unlined)
    below += fetch_many(of_headings, [range_of(heading) for heading in chosen if heading not in lined], as_of)
    for some in below:
        found += some.found()
    return [(number, *said) if said else (number, "", "") for _, number, *said in sorted(found)]


def _standing_lines(as_of: date, columns: Sequence[str]) -> "QuerySet[TariffLine, Any]":
    return TariffLine.objects.on(as_of).order_by("position", "number").values_list("position", "number", *columns)


def _chosen_lines(columns: Sequence[str], numbers: Sequence[str], as_of: date) -> Any:
    return _standing_lines(as_of, columns).filter(among("number", numbers))


def _rate_lines(columns: Sequence[str], ranges: Sequence[tuple[str, str]], as_of: date) -> Any:
    below = Q()
    for first, after in ranges:
        below |= Q(number__gte=first, number__lt=after)
    return _standing_lines(as_of, columns).filter(below, Q(level=8) | Q(level=10, number__endswith="00"))[:MOST_BARE]


def _standing(*columns: str) -> tuple[Prepared[TariffLine], PreparedMany]:
    """The look-ups of lines by numbers and by headings, with these columns of each."""
    first, other = (date(2019, 1, 1),), (date(2020, 1, 1),)
    of_numbers: Prepared[TariffLine] = Prepared(
        partial(_chosen_lines, columns), (["1"], *first), (["2"], *other), one_plan=True
    )
    of_headings = PreparedMany(
        partial(_rate_lines, columns), (4, 13), lambda n: (f"{n}a", f"{n}b"), first, other, one_plan=True
    )
    return of_numbers, of_headings


_STANDING = {True: _standing("description", "full_description"), False: _standing()}  # with texts, and without


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
