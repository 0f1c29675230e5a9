"""Put one edition of the schedule into the dated lines of a number, wherever it falls among the editions already there.

An edition speaks for the days from its own date to the day before the next edition that covers the number. Lines that
say the same in neighbouring editions are one row; this gives the same rows whatever the order of loading.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from exclusions.days import within

Content = TypeVar("Content")
DAY = timedelta(days=1)


@dataclass(slots=True)
class Span(Generic[Content]):
    """A row of the table: what stood from one day to another, both inclusive. `key` is its primary key."""

    key: int
    valid_from: date
    valid_to: date | None
    content: Content

    def holds_on(self, day: date) -> bool:
        """Whether it stood on the day."""
        return within(day, self.valid_from, self.valid_to)


@dataclass
class Changes(Generic[Content]):
    """What to write, in this order: deletions, new last days, new first days, new rows; and the counts to report."""

    deleted: list[int] = field(default_factory=list)
    last_days: dict[date | None, list[int]] = field(default_factory=dict)
    first_days: dict[date, list[int]] = field(default_factory=dict)
    created: list[tuple[str, date, date | None, Content]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    ended: int = 0

    def splice(
        self, number: str, spans: Iterable[Span[Content]], new: Content | None, start: date, following: date | None
    ) -> None:
        """Let `new` (None: no such line) stand from `start` to the day before `following` (None: no later edition).

        `spans` are the rows of the number that touch that time or border on it. No row begins or ends inside it.
        """
        eve = start - DAY
        current = left = right = None
        for span in spans:
            if span.valid_to == eve:
                left = span
            elif following is not None and span.valid_from == following:
                right = span
            elif span.holds_on(start):
                current = span
        if current is None:
            if new is not None:
                self.added += 1
                self._insert(number, left, right, new, start, following)
            return
        if current.content == new:
            return
        if new is None:
            self.ended += 1
        else:
            self.changed += 1
        self._take_out(number, current, start, following)
        if new is not None:
            self._insert(number, left, right, new, start, following)

    def _take_out(self, number: str, current: Span[Content], start: date, following: date | None) -> None:
        """Free the time from the row that stands in it: keep what lies before and what lies after."""
        reaches_on = following is not None and (current.valid_to is None or current.valid_to >= following)
        if current.valid_from < start:
            if following is not None and reaches_on:
                self.created.append((number, following, current.valid_to, current.content))
            self.last_days.setdefault(start - DAY, []).append(current.key)
        elif following is not None and reaches_on:
            self.first_days.setdefault(following, []).append(current.key)
        else:
            self.deleted.append(current.key)

    def _insert(
        self,
        number: str,
        left: Span[Content] | None,
        right: Span[Content] | None,
        new: Content,
        start: date,
        following: date | None,
    ) -> None:
        """Fill the free time, by making a neighbour that says the same longer where there is one."""
        last = None if following is None else following - DAY
        if right is not None and right.content != new:
            right = None
        if left is not None and left.content == new:
            if right is not None:
                self.deleted.append(right.key)
                last = right.valid_to
            self.last_days.setdefault(last, []).append(left.key)
        elif right is not None:
            self.first_days.setdefault(start, []).append(right.key)
        else:
            self.created.append((number, start, last, new))
