"""What a search finds, one thing of whichever kind, as page and API show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from exclusions.hts import dotted
from exclusions.queries.answers.goods_search import FoundHeading, FoundLine

KINDS: Mapping[str, str] = {
    "heading": "Tariff headings",
    "line": "Tariff lines",
    "exclusion": "Exclusions",
    "petition": "Petitions",
    "round": "Rounds",
    "help": "Help",
}
ONE: Mapping[str, str] = {
    "heading": "Tariff heading",
    "line": "Tariff line",
    "exclusion": "Exclusion",
    "petition": "Petition",
    "round": "Round",
    "help": "Help",
}
MOST_LETTERS = 240
SHORT = 12  # letters: fewer tell nobody what a line is


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `number` is what it is cited by, "" of a help page; `why` says in a sentence why it is here.

    `address` is the path of its page. `lines` are those of a heading. `standing` is a word on where it stands.
    """

    kind: str
    title: str
    number: str
    address: str
    why: str
    standing: str = ""
    lines: Sequence[FoundLine] = field(default=())
    fictional: bool = False  # made for the demonstration
    within: bool = False  # a line that its heading shows already

    @property
    def label(self) -> str:
        """What kind of thing it is, in words."""
        return ONE[self.kind]

    @property
    def is_tariff(self) -> bool:
        """Whether it is a heading or a line of the tariff."""
        return self.kind in ("heading", "line")


def heading_hit(found: FoundHeading, as_of: date) -> Hit:
    """A heading that words found, with its lines."""
    lines = [
        FoundLine(line.number, _telling(line), line.words)
        for line in found.lines
        if len(line.number) > len(found.number)
    ]
    address = number_address(found.number, as_of)
    return Hit("heading", found.words.rstrip(": "), found.number, address, found.why, lines=lines)


def line_hit(found: FoundLine, as_of: date, why: str, *, within: bool = True) -> Hit:
    """A line: its distinguishing end first, then the words above it."""
    kind = "heading" if len(found.number) == 4 else "line"
    title = end_first(found.ending, found.words)
    return Hit(kind, title, dotted(found.number), number_address(found.number, as_of), why, within=within)


def end_first(ending: str, words: str) -> str:
    """The words of a line with what distinguishes it first, then what stands above it from below, cut to size."""
    ending = ending.rstrip(": ")
    above = [part.rstrip(": ") for part in reversed(words.split(": ")) if part.rstrip(": ") not in ("", ending)]
    said = ending if not above else f"{ending} ({'; '.join(above)})"
    return said if len(said) <= MOST_LETTERS else f"{said[:MOST_LETTERS].rstrip()}…"


def _telling(line: FoundLine) -> str:
    """The end of a line's words that tells it from others: “Other” alone does not, and takes what stands above it."""
    ending = line.ending.rstrip(": ")
    above = [part for part in line.words.rstrip(": ").split(": ")[1:-1] if part != ending]
    return f"{ending} ({above[-1].rstrip(': ')})" if above and len(ending) < SHORT else ending


def number_address(number: str, as_of: date) -> str:
    """The path of a plain number's page on the day."""
    return f"{reverse('tariff-number', args=[dotted(number)])}?as_of={as_of}"
