"""One remark on a text, and what the rules may know beside it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from exclusions.wording.description import Description

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Remark:
    """One thing about a text: the rule, how grave, what it does, the exact words with their place, what would help.

    An error keeps a draft from being saved and, where the law of the form says so, a petition from being filed; a
    warning is shown. `what` goes on from the name of the text: “names a trademark or brand”. `start` and `end` are
    places in the text that was given; both 0 where the remark is about the whole. `leave_out` says that the goods are
    well described without the words.
    """

    rule: str
    severity: Severity
    what: str
    remedy: str
    start: int = 0
    end: int = 0
    words: str = ""
    leave_out: bool = False

    @property
    def message(self) -> str:
        """What is said of it to who drafts."""
        return self.said_of("The text")

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}"

    def said_of(self, subject: str) -> str:
        """Return the message about a text that is called so (“Your description”)."""
        return f"{subject} {self.what}: “{self.words}”." if self.words else f"{subject} {self.what}."


@dataclass(frozen=True)
class Known:
    """What is known beside the text. Names are as registered; `line` is what the tariff calls the number's line.

    `annex`: the text is meant to be printed, so that it ends with its number and follows the form. `number` is plain,
    10 digits; `exists` says whether the tariff knows a plain number, None where nothing can be said.
    """

    annex: bool = False
    number: str = ""
    requester: str = ""
    organizations: tuple[str, ...] = ()
    line: str = ""
    exists: Callable[[str], bool | None] | None = None


@dataclass(frozen=True)
class Text:
    """A text under the rules: as given, and taken apart. `body` is its part before the numbers."""

    text: str
    body: str
    description: Description
    known: Known

    def remark(
        self, rule: str, severity: Severity, start: int, end: int, what: str, remedy: str, *, leave_out: bool = False
    ) -> Remark:
        """Return a remark on the words from start to end, without blanks and commas at their ends."""
        while start < end and self.text[start] in " ,;\n\t":
            start += 1
        while start < end and self.text[end - 1] in " ,;\n\t":
            end -= 1
        return Remark(rule, severity, what, remedy, start, end, self.text[start:end], leave_out)


Rule = Callable[[Text], Iterator[Remark]]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and the rules that remark on it; none where nothing is to be marked."""

    words: str
    rules: tuple[str, ...] = ()


def marked(text: str, remarks: Iterable[Remark]) -> list[Piece]:
    """Return the text in pieces, in order, those that a remark is about with its rules."""
    placed = [remark for remark in remarks if remark.end > remark.start]
    edges = sorted({0, len(text), *(r.start for r in placed), *(r.end for r in placed)})
    return [
        Piece(text[start:end], tuple(dict.fromkeys(r.rule for r in placed if r.start <= start and end <= r.end)))
        for start, end in pairwise(edges)
    ]
