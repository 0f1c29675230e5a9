"""What a notice is written from: its rows, and what of the schedule and of the procedures stands around them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from exclusions.gateways.annex.rows import AnnexRow, read_rows, rows_as_json


@dataclass(frozen=True)
class ListFacts:
    """A list of the notice: its code, its name, and the notices that imposed it."""

    code: str
    name: str
    citation: str


@dataclass(frozen=True)
class RoundFacts:
    """A procedure whose petitions the notice answers, or one of comments on exclusions that it `lists`."""

    docket: str
    title: str
    citation: str
    lists: bool = False


@dataclass(frozen=True)
class NewHeading:
    """A chapter 99 heading (dotted) that the notice adds, with the note of its products and the days it is for.

    `released` are the duty headings that it lifts, each with the headings and subdivisions that it excepts already, in
    the order of the schedule.
    """

    heading: str
    note: str
    starts_on: str
    ends_on: str
    released: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class NoticeFacts:
    """Everything that a notice says. `citation` and `published_on` (ISO) are empty until it is published."""

    rows: tuple[AnnexRow, ...]
    lists: tuple[ListFacts, ...]
    rounds: tuple[RoundFacts, ...]
    headings: tuple[NewHeading, ...]
    requests: int
    citation: str = ""
    published_on: str = ""
    is_demo: bool = False

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return date.fromisoformat(self.published_on) if self.published_on else None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {**asdict(self), "rows": rows_as_json(self.rows)}


def read_facts(found: Mapping[str, Any]) -> NoticeFacts:
    """Return the facts that `NoticeFacts.to_json` gave."""
    headings = (
        NewHeading(
            **{
                **one,
                "released": tuple((base, tuple((h, n) for h, n in excepted)) for base, excepted in one["released"]),
            }
        )
        for one in found["headings"]
    )
    return NoticeFacts(
        rows=tuple(read_rows(found["rows"])),
        lists=tuple(ListFacts(**one) for one in found["lists"]),
        rounds=tuple(RoundFacts(**one) for one in found["rounds"]),
        headings=tuple(headings),
        requests=found["requests"],
        citation=found["citation"],
        published_on=found["published_on"],
        is_demo=found["is_demo"],
    )
