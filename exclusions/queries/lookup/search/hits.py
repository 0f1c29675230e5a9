"""What a search finds, one thing of whichever kind, as page and API show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from exclusions.hts import dotted
from exclusions.queries.lookup.goods_search import FoundHeading, FoundLine

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

    `page` is the name of its page's route, `key` what it is called there ("": nothing) and `as_of` the day as of which
    that is shown; far more is found than shown, so its address is made for whoever asks. `lines` are those of a
    heading. `standing` is a word on where it stands.
    """

    kind: str
    title: str
    number: str
    page: str
    key: str
    why: str
    standing: str = ""
    lines: Sequence[FoundLine] = field(default=())
    fictional: bool = False  # made for the demonstration
    within: bool = False  # a line that its heading shows already
    as_of: date | None = None

    @property
    def address(self) -> str:
        """The path of its page."""
        path = reverse(self.page, args=[self.key] if self.key else [])
        return f"{path}?as_of={self.as_of}" if self.as_of else path

    @property
    def label(self) -> str:
        """What kind of thing it is, in words."""
        return ONE[self.kind]

    @property
    def is_tariff(self) -> bool:
        """Whether it is a heading or a line of the tariff."""
        return self.kind in ("heading", "line")


def heading_hit(found: FoundHeading, as_of: date) -> Hit:
    """Return a heading that words found, with its lines."""
    lines = [
        FoundLine(line.number, _telling(line), line.words)
        for line in found.lines
        if len(line.number) > len(found.number)
    ]
    title, key = found.words.rstrip(": "), dotted(found.number)
    return Hit("heading", title, found.number, "tariff-number", key, found.why, lines=lines, as_of=as_of)


def line_hit(found: FoundLine, as_of: date, why: str, *, within: bool = True) -> Hit:
    """Return a line: its distinguishing end first, then the words above it."""
    kind = "heading" if len(found.number) == 4 else "line"
    title, number = end_first(found.ending, found.words), dotted(found.number)
    return Hit(kind, title, number, "tariff-number", number, why, within=within, as_of=as_of)


def end_first(ending: str, words: str) -> str:
    """Return the words of a line with what distinguishes it first, then what stands above it from below, cut to
    size.
    """
    ending = ending.rstrip(": ")
    above = [part.rstrip(": ") for part in reversed(words.split(": ")) if part.rstrip(": ") not in ("", ending)]
    said = ending if not above else f"{ending} ({'; '.join(above)})"
    return said if len(said) <= MOST_LETTERS else f"{said[:MOST_LETTERS].rstrip()}…"


def _telling(line: FoundLine) -> str:
    """Return the end of a line's words that tells it from others: “Other” alone does not, and takes what stands above
    it.
    """
    ending = line.ending.rstrip(": ")
    above = [part for part in line.words.rstrip(": ").split(": ")[1:-1] if part != ending]
    return f"{ending} ({above[-1].rstrip(': ')})" if above and len(ending) < SHORT else ending


def number_address(number: str, as_of: date) -> str:
    """Return the path of a plain number's page on the day."""
    return f"{reverse('tariff-number', args=[dotted(number)])}?as_of={as_of}"
