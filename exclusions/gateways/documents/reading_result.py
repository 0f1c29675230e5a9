"""What reading a file gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

# The version of the readers: raised when they learn to read more, so that texts which an older one kept are read anew.
# 0 is what was read before there was a number.
READER: int = 1
MAX_TEXT = 20_000_000  # characters
MAX_UNKNOWN = 20  # parts that are named
_LONGEST_PART = 100  # characters


@dataclass(frozen=True)
class Reading:
    """What a file says, by where it says it, and its metadata as {name: value}.

    `whole` is false where some was not readable. `pictures` says what of it only a person can look at. `unknown` names
    the parts that nobody could read: a file with any is not whole, since what nobody read is not clean.
    """

    parts: dict[str, str] = field(repr=False, default_factory=dict)
    metadata: dict[str, str] = field(repr=False, default_factory=dict)
    whole: bool = True
    pictures: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that it says besides its metadata."""
        return "\n".join(self.parts.values())

    @property
    def is_named(self) -> bool:
        """Whether some parts were not read, and each is named: of those a person can tell, of the rest nobody."""
        return 0 < len(set(self.unknown)) <= MAX_UNKNOWN and len(self.text) <= MAX_TEXT


@dataclass(frozen=True)
class ReadApart:
    """What a stored file says, as `text_parts` divides it, whether that is all, and which parts nobody could read."""

    text: str = field(default="", repr=False)
    whole: bool = False
    unknown: Sequence[str] = ()
    pictures: str = ""  # what of it only a person can look at


@dataclass(frozen=True)
class Parsed:
    """What is known of an upload, and files that hold its public copy and text until the block is left.

    `plain` is a file without metadata: it is published as it came, and is its own text.
    """

    name: str
    content_type: str
    clean: BinaryIO = field(repr=False)
    text: BinaryIO = field(repr=False)
    plain: bool = False
    whole: bool = False
    pictures: str = ""  # what of it only a person can look at
    unknown: Sequence[str] = ()  # names of the parts that nobody could read
    seconds: float = 0.0  # of processor time


def named_parts(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of parts as people may be shown them: the first few, each once, short, no control characters."""
    shown = ("".join(c if c.isprintable() else "_" for c in name)[-_LONGEST_PART:] for name in names)
    return tuple(islice(dict.fromkeys(shown), MAX_UNKNOWN))


class Gathered:
    """Collects what a file says by place, up to the most that is kept of a file."""

    def __init__(self) -> None:
        self.said: dict[str, list[str]] = {}
        self.size = 0

    def add(self, where: str, what: str) -> None:
        """Keep some words under a place."""
        if self.size <= MAX_TEXT and what:
            self.said.setdefault(where, []).append(what)
            self.size += len(what)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.size <= MAX_TEXT

    def parts(self, between: str = "\n") -> dict[str, str]:
        """Return what was said, by place."""
        return {where: between.join(words) for where, words in self.said.items()}
