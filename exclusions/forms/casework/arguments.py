"""What the page of arguments sends: sentences that are taken, joined to the one before, or left out."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol


class Numbered(Protocol):
    """A sentence of a text by its number, with where it stands."""

    @property
    def number(self) -> int:
        """Its place among the sentences of the text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def places_sent(sent: Any, sentences: Iterable[Numbered]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the arguments that were sent, as (start, end, criterion, side).

    A sentence that is joined takes factor and side of the one before; where that is not taken, it stands by itself.
    """
    taken, joined = set(sent.getlist("take")), set(sent.getlist("join"))
    current: tuple[int, int, str, str] | None = None
    for one in sentences:
        name = str(one.number)
        if name not in taken:
            if current:
                yield current
            current = None
        elif current and name in joined:
            current = (current[0], one.end, current[2], current[3])
        else:
            if current:
                yield current
            current = (one.start, one.end, sent.get(f"criterion-{name}", ""), sent.get(f"side-{name}", ""))
    if current:
        yield current
