"""One piece of copy."""

import re
from dataclasses import dataclass
from pathlib import Path

# Two words beside each other, or one that begins as a word on a page does.
WORDS = re.compile(r"[A-Za-z][a-z’']*[,;:.?!]? +[a-zA-Z{(“\"0-9]")
ONE_WORD = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)*[.:?!]?")


@dataclass(frozen=True)
class Line:
    """Where it stands (file and line, or model and field), what it is, and its words with blanks made one."""

    place: str
    kind: str
    text: str


def line(path: Path, project: Path, number: int, kind: str, text: str) -> Line:
    """Return the piece of copy at this line of the file."""
    return Line(f"{path.relative_to(project).as_posix()}:{number}", kind, " ".join(text.split()))


def is_words(text: str) -> bool:
    """Whether a string is words for people: several of them."""
    return bool(WORDS.search(text))


def is_word(text: str) -> bool:
    """Whether a string is one word as a heading or a label has it."""
    return bool(ONE_WORD.fullmatch(text.strip()))
