"""What reading a file gives."""

from dataclasses import dataclass, field

MAX_TEXT = 20_000_000  # characters


@dataclass(frozen=True)
class Reading:
    """What a file says, by where it says it, and its metadata as {name: value}.

    `whole` is false where some was not readable. `pictures` says what of it only a person can look at.
    """

    parts: dict[str, str] = field(repr=False, default_factory=dict)
    metadata: dict[str, str] = field(repr=False, default_factory=dict)
    whole: bool = True
    pictures: str = ""

    @property
    def text(self) -> str:
        """All that it says besides its metadata."""
        return "\n".join(self.parts.values())


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
