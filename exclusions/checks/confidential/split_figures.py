"""Figures that are cut elsewhere than at their thousands: "14 16 065", or a line that ends within one.

Only figures that mean something by their digits alone are looked for: chance puts any few digits beside each other.
"""

import re
from collections.abc import Iterator

from exclusions.checks.confidential.secret import Secret

LEAST, SIGNIFICANT = 1_000_000, 6  # what is smaller or rounder is looked for in its usual forms alone
_MOST_GROUPS = 5
_SHAPE = bytes.maketrans(b"012345678\t\r\n\v\f", b"999999999     ")
_GAP = re.compile(rb"9 {1,2}9")
_FAR = 30  # bytes before a gap in which its figure begins
_ROW = re.compile(rb"[0-9]+(?:[\s,.'_]{1,3}[0-9]+)+")
_BEFORE = re.compile(rb"[0-9][0-9\s,.'_]*\Z")
_GROUP = re.compile(rb"[0-9]+")


class SplitFigures:
    """An index of figures by all their digits."""

    def __init__(self) -> None:
        self._known: dict[bytes, list[Secret]] = {}
        self._heads: set[bytes] = set()
        self._longest = 0

    def add(self, amount: int, significant: int, secret: Secret) -> None:
        """Look for an amount, if its digits mean something by themselves."""
        if amount >= LEAST and significant >= SIGNIFICANT:
            digits = str(amount).encode()
            self._known.setdefault(digits, []).append(secret)
            self._heads.add(digits[:1])
            self._longest = max(self._longest, len(digits))

    def find(self, low: bytes) -> Iterator[tuple[Secret, int, int]]:
        """Yield the secrets among groups of digits of which some have nothing but white space between them."""
        done = 0
        for gap in _GAP.finditer(low.translate(_SHAPE)) if self._known else ():
            if gap.start() >= done:
                before = _BEFORE.search(low, max(done, gap.start() - _FAR), gap.end())
                row = _ROW.match(low, before.start() if before else gap.start())
                if row:
                    done = row.end()
                    yield from self._in_row(low, *row.span())

    def _in_row(self, low: bytes, begin: int, end: int) -> Iterator[tuple[Secret, int, int]]:
        groups = [group.span() for group in _GROUP.finditer(low, begin, end)]
        for first, (start, stop) in enumerate(groups[:-1]):
            if not _is_edge(low, start - 1) or low[start : start + 1] not in self._heads:
                continue
            digits = low[start:stop]
            for begun, ended in groups[first + 1 : first + _MOST_GROUPS]:
                digits += low[begun:ended]
                if len(digits) > self._longest:
                    break
                for secret in self._known.get(digits, ()):
                    if _is_edge(low, ended) and _is_cut(low[start:ended]):
                        yield secret, start, ended


def _is_edge(low: bytes, place: int) -> bool:
    """Whether no figure or word goes on there."""
    beside = low[place : place + 1] if place >= 0 else b""
    return not beside or not (beside.isalnum() or beside in b"._%" or beside >= b"\x80")


def _is_cut(written: bytes) -> bool:
    return _GAP.search(written.translate(_SHAPE)) is not None
