"""What the address of a worklist says: its filters and its order, as a saved view keeps them and as headings lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

# The filters and the order of a worklist, as its form (`WorklistFilter`) declares them; a saved view keeps them, never
# the page.
PARAMETERS = ("q", "hts", "round", "status", "whose", "over", "tag", "sort")
MOST_VIEWS = 20


def filters_in_use(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the filters and the order that an address uses: {parameter: value}."""
    found = {name: str(sent.get(name, "")).strip() for name in PARAMETERS}
    return {name: value for name, value in found.items() if value}


def as_query(sent: Mapping[str, str]) -> str:
    """Return the filters and the order of an address as a query string, without the rest of it."""
    return urlencode(filters_in_use(sent))


# What sorts by the column, "" where nothing does, and the heading.
HEADINGS = (
    ("reference", "Reference"),
    ("product", "Product"),
    ("number", "Number"),
    ("requester", "Requester"),
    ("status", "Status"),
    ("", "Move"),
    ("since", "Days"),
    ("", "Agency / requester / Customs"),
    ("assignee", "Assigned to"),
    ("", "Tags"),
)


@dataclass(frozen=True)
class Heading:
    """One heading: its words, the query that sorts by it, the other way round where it is sorted by already."""

    label: str
    query: str = ""
    sorted: str = ""  # as aria-sort says it


def headings(sent: Mapping[str, str], chosen: Sequence[str] | None) -> list[Heading]:
    """Return the headings for the filters of an address and the order in which the list stands."""
    current, rest = (
        (chosen or ["since"])[0],
        {name: value for name, value in filters_in_use(sent).items() if name != "sort"},
    )
    found, before = [], urlencode({**rest, "sort": ""})
    for name, label in HEADINGS:
        if not name:
            found.append(Heading(label))
            continue
        towards = f"-{name}" if current == name else name
        way = {name: "ascending", f"-{name}": "descending"}.get(current, "")
        found.append(Heading(label, before + towards, way))
    return found
