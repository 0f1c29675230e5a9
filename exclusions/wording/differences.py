"""What differs between two versions of a text, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|[^\s\w]|\w+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Piece:
    """A run of words of a version: `text` as it stands there, `changed` where the other version has not the same."""

    text: str
    changed: bool

    def __str__(self) -> str:
        """Its words."""
        return self.text


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return two versions of a text as runs of words, each marked where the other one differs.

    The runs of each put together are the version itself, to the character. Numbers are words with their decimals.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        _add(left, old[first:last], changed=tag != "equal")
        _add(right, new[begin:end], changed=tag != "equal")
    return left, right


def _add(pieces: list[Piece], words: Sequence[str], *, changed: bool) -> None:
    if words:
        pieces.append(Piece("".join(words), changed))
