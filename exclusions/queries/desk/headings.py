"""The headings of the worklist: each sorts it, by an address that can be shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from exclusions.queries.desk.saved_views import held

# What sorts by the column, "" where nothing does, and the heading.
COLUMNS = (
    ("reference", "Reference"),
    ("product", "Product"),
    ("number", "Number"),
    ("requester", "Requester"),
    ("status", "Status"),
    ("", "Move"),
    ("since", "Days"),
    ("", "Agency / requester / Customs"),
    ("assignee", "Assigned to"),
)


@dataclass(frozen=True)
class Heading:
    """One heading: its words, the query that sorts by it, the other way round where it is sorted by already."""

    label: str
    query: str = ""
    sorted: str = ""  # as aria-sort says it


def headings(sent: Mapping[str, str], chosen: Sequence[str] | None) -> list[Heading]:
    """Return the headings for the filters of an address and the order in which the list stands."""
    current, rest = (chosen or ["since"])[0], {name: value for name, value in held(sent).items() if name != "sort"}
    found = []
    for name, label in COLUMNS:
        if not name:
            found.append(Heading(label))
            continue
        towards = f"-{name}" if current == name else name
        way = {name: "ascending", f"-{name}": "descending"}.get(current, "")
        found.append(Heading(label, urlencode({**rest, "sort": towards}), way))
    return found
