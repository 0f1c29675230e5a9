"""What the columns of entry reports are called, where the heading row is, and which columns have to be asked for.

The names are those of ACE's report ES-003 (Entry Summary Line Tariff Details), its long layout and its kin, and of the
sheets of brokers. The first name of a column is the best: where a report has two, it goes before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

COLUMNS: dict[str, tuple[str, ...]] = {
    "entry_number": (
        "entry number", "entry summary number", "entry no", "entry summary no", "entry", "entry summary",
        "entry num", "customs entry number", "7501 entry number", "entry filer number",
    ),
    "entry_date": (
        "entry date", "date of entry", "entered on", "entry dt", "customs entry date", "date", "entry summary date",
    ),
    "hts10": (
        "hts10", "hts number full", "hts full", "hts number", "htsus number", "hts", "htsus", "hts code", "htsus code",
        "hts no", "hts num", "tariff number", "tariff no", "hts us code", "hts us number", "hts classification",
        "tariff code", "tariff", "line hts number", "classification",
    ),
    "value": (
        "line tariff goods value amount", "line goods value amount", "goods value amount", "goods value",
        "entered value", "line entered value", "entered value amount", "customs value", "line value", "value usd",
        "value", "line entered value amount", "total entered value", "declared value",
    ),
    "duty_paid": (
        "section 301 duty paid", "section 301 duty", "301 duty paid", "301 duty", "section 301 duty amount",
        "301 duty amount", "section 301 duties", "301 duties", "s301 duty", "sec 301 duty", "china 301 duty",
        "duty paid", "duties paid", "duty",
        "line tariff duty amount", "line tariff amount", "line duty amount", "duty amount", "line duty", "duties",
        "estimated duty", "total duty", "total duty paid", "total line duty", "duty paid amount", "total duty amount",
    ),
    "description": (
        "description", "product", "goods", "product description", "goods description", "item description",
        "description of goods", "description of merchandise", "merchandise description", "commodity description",
    ),
    "liquidated_on": ("liquidated on", "liquidation date", "date of liquidation", "liquidation"),
    "line_number": (
        "entry summary line number", "entry line number", "line number", "line no", "line", "entry line",
        "summary line number", "es line number", "7501 line number", "7501 line",
    ),
    "ordinal": ("tariff ordinal number", "tariff ordinal", "ordinal number", "ordinal"),
    "origin": ("country of origin code", "country of origin", "origin country", "origin", "coo", "origin code"),
}  # fmt: skip
NEEDED = ("entry_number", "entry_date", "hts10", "value", "duty_paid")
LABELS = {**{name: words[0] for name, words in COLUMNS.items()}, "value": "value", "duty_paid": "duty paid"}
# A duty that is said to be Section 301's, what the person who pastes calls it, and any duty of a line.
OF_301 = frozenset(word for word in COLUMNS["duty_paid"] if "301" in word)
OF_ANY = frozenset(COLUMNS["duty_paid"][14:])
LOOKED = 40  # rows at the top in which the heading row may stand
_RANK = {word: (name, rank) for name, words in COLUMNS.items() for rank, word in enumerate(words)}
_RANK |= {name.replace("_", " "): (name, 0) for name in COLUMNS}
_SAMPLES = 3
_WIDEST_PASTED = 7  # cells of a row without headings: more is a report, whose columns are asked for


@dataclass(frozen=True)
class Seen:
    """A column of a table: its place from 0, its heading ("" for none) and a few of its values."""

    index: int
    heading: str
    samples: tuple[str, ...]

    @property
    def letter(self) -> str:
        """As a spreadsheet program calls it: A, B … Z, AA."""
        place, letters = self.index + 1, ""
        while place:
            place, rest = divmod(place - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass(frozen=True)
class Layout:
    """Where the columns of a table stand: place by name, and the headings as printed.

    `first` is the number of rows up to and with the heading row. `missing` are the needed columns that are not known;
    `seen` are the columns to choose from, none where there are too few.
    """

    columns: Mapping[str, int]
    headings: Sequence[str]
    first: int
    missing: Sequence[str] = ()
    seen: Sequence[Seen] = field(default_factory=list)

    def label(self, name: str) -> str:
        """Return what the table calls a column."""
        place = self.columns.get(name)
        printed = self.headings[place] if place is not None and place < len(self.headings) else ""
        return printed or LABELS[name]

    @property
    def mark(self) -> str:
        """A short mark of the heading row: what was chosen for one table is not taken for another."""
        return sha256("|".join(map(plain_heading, self.headings)).encode()).hexdigest()[:16]

    @property
    def duty_word(self) -> str:
        """How the column of the duty is called, plainly; "" without a heading."""
        place = self.columns.get("duty_paid")
        return plain_heading(self.headings[place]) if place is not None and place < len(self.headings) else ""


def plain_heading(words: str) -> str:
    """Return a heading in lower case, its letters and digits alone, without the currency."""
    plain = " ".join(re.findall(r"[a-z0-9]+", words.casefold().replace("(usd)", "").replace("($)", "")))
    return plain.removesuffix(" usd") if plain != "value usd" else plain


def lay_out(rows: Sequence[Sequence[str]], chosen: Mapping[str, int]) -> Layout:
    """Find the heading row among the first rows of a table, and its columns; what was `chosen` goes first."""
    at = _heading_row(rows)
    if at is None:
        return _without_heading(rows, chosen)
    headings = list(rows[at])
    columns = _named(headings)
    columns = {name: place for name, place in columns.items() if place not in chosen.values()} | dict(chosen)
    return _checked(Layout(columns, headings, at + 1), rows[at + 1 :], len(headings))


def _heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row that names most columns; where none names any, the widest that holds words alone."""
    counts = [len({_RANK[word][0] for word in map(plain_heading, words) if word in _RANK}) for words in rows]
    best = max(counts, default=0)
    if best >= 2 or (best and len([word for word in rows[counts.index(best)] if word]) >= len(NEEDED)):
        return counts.index(best)
    widths = [len([word for word in words if word]) for words in rows]
    widest = max(widths, default=0)
    if widest < len(NEEDED):
        return counts.index(best) if best else None
    first = widths.index(widest)
    return None if any(any(map(str.isdigit, word)) for word in rows[first]) else first


def _without_heading(rows: Sequence[Sequence[str]], chosen: Mapping[str, int]) -> Layout:
    width = max((len(words) for words in rows[:1]), default=0)
    if chosen or width > _WIDEST_PASTED:
        return _checked(Layout(dict(chosen), [], 0), rows, width)
    columns = {name: place for place, name in enumerate(NEEDED) if place < width}
    return _checked(Layout(columns, [], 0), rows, 0)


def _named(headings: Sequence[str]) -> dict[str, int]:
    """Return the columns whose name is known; of two with equally good names neither, unless the column may lack."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, heading in enumerate(headings):
        name, rank = _RANK.get(plain_heading(heading), ("", 0))
        if name:
            found.setdefault(name, []).append((rank, place))
    best = {name: sorted(places) for name, places in found.items()}
    return {
        name: places[0][1]
        for name, places in best.items()
        if name not in NEEDED or len(places) == 1 or places[0][0] != places[1][0]
    }


def _checked(layout: Layout, below: Sequence[Sequence[str]], width: int) -> Layout:
    missing = [name for name in NEEDED if name not in layout.columns]
    seen = []
    for place in range(width if width >= len(NEEDED) else 0):
        values = dict.fromkeys(words[place][:40] for words in below if place < len(words) and words[place])
        heading = layout.headings[place] if place < len(layout.headings) else ""
        if heading or values:
            seen.append(Seen(place, heading, tuple(values)[:_SAMPLES]))
    return Layout(layout.columns, layout.headings, layout.first, missing, seen)
