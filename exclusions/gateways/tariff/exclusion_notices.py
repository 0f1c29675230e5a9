"""The notices by which exclusions were granted, extended and amended, and which products the early ones extended.

Facts that come with the product; `exclusions/data/README.md` says where each is from.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from exclusions.gateways.tariff.shipped_facts import DATA


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """A notice about the exclusions under a plain heading.

    `role` is grant, extension, amendment or reinstatement; days are inclusive. A citation that is "" and a day that is
    None were not seen. `confidence` is high, medium, low or "".
    """

    heading: str
    note: str
    lists: tuple[str, ...]
    role: str
    citation: str
    published_on: date | None
    valid_from: date | None
    valid_to: date | None
    confidence: str

    @property
    def cited(self) -> str:
        """Citation and day as far as they were seen: 85 FR 33775 (2020-06-02)."""
        day = f"{self.published_on}" if self.published_on else ""
        if self.citation and day:
            return f"{self.citation} ({day})"
        return self.citation or (f"the notice of {day}" if day else "a notice whose citation and day were not seen")


@dataclass(frozen=True, slots=True)
class ExtensionFact:
    """One product carried on from one day to another; `new_heading` "" where it stayed under its own heading."""

    heading: str
    note: str
    seq: int
    valid_from: date
    valid_to: date
    new_heading: str
    new_note: str
    new_seq: int | None
    confidence: str

    @property
    def dates_from(self) -> str:
        """How its last day is known, in a sentence of at most 200 characters."""
        notice = next(
            (one for one in notices_of(self.heading) if one.role == "extension" and one.valid_from == self.valid_from),
            None,
        )
        cited = notice.cited if notice else "a notice that was not seen"
        return f"Extended from {self.valid_from} to {self.valid_to} by {cited}; confidence: {self.confidence}."


@cache
def searched_through() -> date:
    """Return the last day whose notices had been searched when the shipped facts were put together."""
    day: date = tomllib.loads((DATA / "notices.toml").read_text(encoding="utf-8"))["searched_through"]
    return day


@cache
def exclusion_notices() -> tuple[NoticeFact, ...]:
    """Return every notice, by heading, in the order in which they took effect."""
    with (DATA / "exclusion_notices.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            NoticeFact(
                heading=row["heading"],
                note=row["note"],
                lists=tuple(row["lists"].split("|")),
                role=row["role"],
                citation=row["citation"],
                published_on=_day(row["published_on"]),
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                confidence=row["confidence"],
            )
            for row in csv.DictReader(stream)
        )


def notices_of(heading: str) -> list[NoticeFact]:
    """Return the notices about the exclusions under a plain heading."""
    return [notice for notice in exclusion_notices() if notice.heading == heading]


@cache
def extensions() -> dict[tuple[str, str, int], list[ExtensionFact]]:
    """Return the extensions of each product, by plain heading, subdivision and number in it."""
    found: dict[tuple[str, str, int], list[ExtensionFact]] = {}
    with (DATA / "exclusion_extensions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for fact in _of_row(row):
                found.setdefault((fact.heading, fact.note, fact.seq), []).append(fact)
    return found


def extended_in_place(heading: str, note: str, seq: int) -> ExtensionFact | None:
    """Return the extension that a product had under its own heading; None where it had none."""
    return next((one for one in extensions().get((heading, note, seq), []) if not one.new_heading), None)


def _of_row(row: dict[str, str]) -> Iterator[ExtensionFact]:
    for item in row["items"].split():
        seq, _, new = item.partition(":")
        yield ExtensionFact(
            heading=row["heading"],
            note=row["note"],
            seq=int(seq),
            valid_from=date.fromisoformat(row["extended_from"]),
            valid_to=date.fromisoformat(row["extended_to"]),
            new_heading=row["new_heading"],
            new_note=row["new_note"],
            new_seq=int(new) if new else None,
            confidence=row["confidence"],
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
