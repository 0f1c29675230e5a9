"""What a table of one day says of the lists: each table is true on its own day, and where two differ, that is a change.

The shipped facts know the day of most changes; where they do not, a line that is new in a table begins after the table
before it, and one that is missing from a whole table ends on its eve.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from exclusions.days import within
from exclusions.errors import Conflict
from exclusions.gateways.tariff.list_table import ListLine
from exclusions.gateways.tariff.shipped_facts import shipped_actions, shipped_lines
from exclusions.hts import dotted
from exclusions.models import CoveredLine

DAY = timedelta(days=1)
TABLE = "USITC table of "
OF_A_DAY = re.compile(rf"{TABLE}(\d{{4}}-\d\d-\d\d)")
WHOLE = 0.8  # a table that names fewer of a heading's lines is a part, and says nothing of those that it leaves out
MOST_NAMED = 5
Place = tuple[str, str]  # list and heading


@dataclass
class _Lines:
    """Lines in and out of lists, by the subheading of 8 digits that they are in."""

    by_subheading: dict[str, list[ListLine]] = field(default_factory=dict)

    def add(self, line: ListLine) -> None:
        """Take a line in."""
        self.by_subheading.setdefault(line.number[:8], []).append(line)

    def places(self, number: str, day: date | None) -> set[Place]:
        """Return the lists and headings that the plain number is on that day, or on any day. A suspended list is
        none.
        """
        near = [line for line in self.by_subheading.get(number[:8], []) if _holds(line, day)]
        found: set[Place] = set()
        for code in {line.list_code for line in near}:
            on_list = [line for line in near if line.list_code == code]
            own = [line for line in on_list if line.number == number]
            if len(number) == 8:
                own = on_list
            elif not own:
                own = [line for line in on_list if len(line.number) == 8]
            found |= {(code, line.heading) for line in own if line.included}
        return found


def lines_of_day(lines: list[ListLine], day: date | None, despite: bool) -> list[ListLine]:
    """Return what a table of one day changes on the lists, with days; what it only confirms is left out.

    Raises Conflict where it puts a line on another list than is known for that day, unless `despite` that.
    """
    on_file, known, earlier = _on_file(), _Lines(), _table_days(day)
    for line in shipped_lines():
        known.add(line)
    suspended = {fact.code for fact in shipped_actions() if fact.suspended}
    if not despite:
        _refuse_contradictions(lines, day, (on_file, known), suspended)
    exact = {_key(line): line for line in shipped_lines()}
    source = f"{TABLE}{day}" if day else "USITC table"
    found = []
    for line in lines:
        if (line.list_code, line.heading) in on_file.places(line.number, day):
            continue
        sourced = replace(line, source=line.source.replace("USITC table", source, 1))
        shipped = exact.get(_key(line))
        if shipped and _holds(shipped, day):
            sourced = replace(sourced, valid_from=shipped.valid_from, valid_to=shipped.valid_to)
        elif earlier:
            sourced = replace(sourced, at_earliest=max(earlier) + DAY)
        found.append(sourced)
    return [*found, *(_ended(lines, day, on_file, known) if day else ())]


def _key(line: ListLine) -> tuple[str, str, str, bool]:
    return line.list_code, line.number, line.heading, line.included


def _holds(line: ListLine, day: date | None) -> bool:
    return day is None or within(day, line.valid_from, line.valid_to)


def _on_file() -> _Lines:
    columns = ("action__code", "number", "heading", "included", "valid_from", "valid_to", "source")
    found = _Lines()
    for row in CoveredLine.objects.order_by().values_list(*columns):
        found.add(ListLine(*row))
    return found


def _table_days(day: date | None) -> list[date]:
    """Return the days of the tables on file that are before this one's."""
    sources = (
        CoveredLine.objects.filter(source__startswith=TABLE).order_by().values_list("source", flat=True).distinct()
    )
    days = {date.fromisoformat(found[1]) for source in sources if (found := OF_A_DAY.match(source))}
    return [one for one in days if day and one < day]


def _refuse_contradictions(
    lines: Iterable[ListLine], day: date | None, oracles: tuple[_Lines, _Lines], suspended: set[str]
) -> None:
    """Refuse lines that stand on another list: by the shipped facts, or by what else is known of the same day."""
    on_file, known = oracles
    within: dict[str, Place] = {}
    found = []
    for line in lines:
        own = (line.list_code, line.heading)
        if line.list_code in suspended:
            continue
        others = _others(line, day, on_file, known, suspended)
        if within.setdefault(line.number, own) != own:
            others = {within[line.number]}
        if others:
            code, heading = min(others)
            found.append(f"{dotted(line.number)} on {_named(own)} stands on {_named((code, heading))}")
    if found:
        more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        when = f"on {day}" if day else "so far"
        raise Conflict(
            f"The file contradicts the lists as they are known {when}: {'; '.join(found[:MOST_NAMED])}{more}. Nothing "
            "was loaded. Correct the file, or give its day with --as-of. To load it anyway, add "
            "--despite-contradictions."
        )


def _others(line: ListLine, day: date | None, on_file: _Lines, known: _Lines, suspended: set[str]) -> set[Place]:
    """Where else the line stands, if not where it says; none if nothing is known of it for the day."""
    own = (line.list_code, line.heading)
    places_then = on_file.places(line.number, day)
    if own in places_then:
        return set()
    shipped = known.places(line.number, day)
    if own in shipped:
        return set()
    of_other_days = {
        (row.list_code, row.heading)
        for row in on_file.by_subheading.get(line.number[:8], [])
        if day and (table := OF_A_DAY.match(row.source)) and table[1] != day.isoformat()
    }
    return {place for place in shipped | (places_then - of_other_days) if place[0] not in suspended}


def _ended(lines: list[ListLine], day: date, on_file: _Lines, known: _Lines) -> Iterator[ListLine]:
    """End the lines that a whole table of the day no longer names, where nothing else says that they go on."""
    named = {line.number for line in lines} | {line.number[:8] for line in lines}
    headings = {line.heading for line in lines}
    lines_then = [
        line
        for near in on_file.by_subheading.values()
        for line in near
        if line.heading in headings and line.included and _holds(line, day)
    ]
    for heading in headings:
        of_heading = [line for line in lines_then if line.heading == heading]
        missing = [line for line in of_heading if line.number not in named and line.number[:8] not in named]
        if len(missing) > len(of_heading) * (1 - WHOLE):
            continue
        for line in missing:
            if (
                (line.list_code, line.heading) not in known.places(line.number, day)
                and line.valid_from
                and line.valid_from < day
            ):
                yield replace(line, valid_to=day - DAY, source=f"{line.source}; not in the {TABLE}{day}"[:300])


def _named(place: Place) -> str:
    return f"List {place[0]} ({dotted(place[1])})" if place[0][:1].isdigit() else f"{place[0]} ({dotted(place[1])})"
