"""Watches by the words of a product: how one is written in a line, and which petitions it finds.

What it finds is what the docket's own search finds for the same words. A line is the words as they were typed into that
search, in small letters, and what narrows them: "quartz slabs round:list-3 hts:6810".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import IntegerField, QuerySet, Value

from exclusions.goods.asked import read_asked
from exclusions.hts import LEVELS, HtsError, dotted, parse_prefix, range_of
from exclusions.models.public import PublicPetition
from exclusions.models.round import Round

IN_ROUND, UNDER = "round:", "hts:"
A_STATEMENT = 50  # lines that one statement looks for


@dataclass(frozen=True)
class WordWatch:
    """Words, the round in which they are looked for, and the first digits of the number; "" of both: anywhere."""

    words: str
    round: str = ""
    prefix: str = ""

    @property
    def line(self) -> str:
        """The watch as it is kept."""
        narrowed = {IN_ROUND: self.round, UNDER: self.prefix}
        marked = [mark + "".join(text.split()) for mark, text in narrowed.items() if text]
        return " ".join([*self.words.lower().split(), *marked])

    @property
    def number(self) -> str:
        """The first digits, as a page shows them."""
        return dotted(self.prefix)

    def title(self, round_title: str) -> str:
        """Return what is watched, to stand in a sentence."""
        where = f" in {round_title}" if round_title else ""
        under = f" under HTSUS {self.number}" if self.prefix else ""
        return f"petitions for “{self.words}”{under}{where}"


def read_line(line: str) -> WordWatch:
    """Take a line apart, whatever it holds; a number that is none stays as it was typed."""
    words, found = [], {IN_ROUND: "", UNDER: ""}
    for term in line.split():
        mark = next((mark for mark in found if term.lower().startswith(mark)), "")
        if mark:
            found[mark] = term[len(mark) :]
        else:
            words.append(term)
    try:
        prefix = parse_prefix(found[UNDER])
    except HtsError:
        prefix = found[UNDER]
    return WordWatch(" ".join(words), found[IN_ROUND], prefix)


def watch_like(asked: Mapping[str, str]) -> str:
    """Return the query of `/watch/` that watches for what a search of the docket asks, given by its cleaned filters.

    Words, docket and number are kept, the other filters are not; "" where the search has neither word nor number.
    """
    typed, prefix = read_asked(asked.get("q", "")), asked.get("hts", "")
    if typed.words:
        line = WordWatch(typed.text, asked.get("docket", ""), prefix).line
        return urlencode({"kind": "words", "key": line})
    number = typed.numbers[0] if typed.numbers else prefix
    if not typed.reference and len(number) in LEVELS:
        return urlencode({"kind": "number", "key": dotted(number)})
    return ""


def found_by(
    lines: Sequence[str], among: "QuerySet[PublicPetition]", *, newest: int | None = None
) -> dict[str, set[int]]:
    """Return by line the keys of those of some petitions that it finds: so many of the newest, or all of them.

    All are looked for among the petitions of a few days, fifty lines a statement.
    """
    watches = {line: read_line(line) for line in lines}
    slugs = {watch.round for watch in watches.values() if watch.round}
    dockets = dict(Round.objects.current().filter(slug__in=slugs).values_list("slug", "docket")) if slugs else {}
    asked = [(line, _matching(watch, dockets, among)) for line, watch in watches.items()]
    found: dict[str, set[int]] = {line: set() for line in lines}
    if newest is not None:
        for line, rows in asked:
            found[line].update(rows.order_by("-posted_on", "-reference").values_list("pk", flat=True)[:newest])
        return found
    for first in range(0, len(asked), A_STATEMENT):
        some = [
            rows.order_by().annotate(line=Value(place, IntegerField())).values_list("pk", "line")
            for place, (_, rows) in enumerate(asked[first : first + A_STATEMENT], first)
        ]
        for key, place in some[0].union(*some[1:], all=True) if len(some) > 1 else some[0]:
            found[asked[place][0]].add(key)
    return found


def _matching(
    watch: WordWatch, dockets: Mapping[str, str], among: "QuerySet[PublicPetition]"
) -> "QuerySet[PublicPetition]":
    if watch.round and watch.round not in dockets:
        return among.none()
    kinds = {"docket": dockets[watch.round]} if watch.round else {}
    rows: QuerySet[PublicPetition] = among.matching(watch.words, **kinds)  # type: ignore[attr-defined]
    if watch.prefix:
        first, after = range_of(watch.prefix)
        rows = rows.filter(hts10__gte=first, hts10__lt=after)
    return rows
