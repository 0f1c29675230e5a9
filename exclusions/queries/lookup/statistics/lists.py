"""How petitions ended by the tariff list that their own number is on, whatever lists their round is about."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from exclusions.facts.action_rates import action_rates
from exclusions.facts.coverage import CoveredRows, covered_rows
from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.lookup.statistics.tally import COLUMNS, SHARE, Tally, drawn, tallies, with_outcome

NO_NUMBER, ON_NONE = "no number", "none"


def count() -> list[list[Any]]:
    """Return how many petitions whose numbers are on each list ended how: [codes, outcome, count].

    Codes are those of all lists that a number has ever been on: "3", or "1,3" for a subheading that is split. Three
    statements.
    """
    found = with_outcome().values_list("hts10", "outcome_kind").annotate(count=Count("pk"))
    rows = [(number, outcome, counted) for number, outcome, counted in found]
    covered = covered_rows({number[:8] for number, *_ in rows if len(number) >= 8}, action_rates())
    of = {number: _lists_of(number, covered) for number in {number for number, *_ in rows}}
    together: Counter[tuple[str, str]] = Counter()
    for number, outcome, counted in rows:
        together[of[number], outcome] += counted
    return [[lists, outcome, counted] for (lists, outcome), counted in sorted(together.items())]


def sheets(counted: Sequence[Sequence[Any]]) -> list[Sheet]:
    """Return the sheet of outcomes by list. No statement."""
    by_list = tallies((lists, outcome, number) for lists, outcome, number in counted)
    order = sorted(by_list, key=lambda lists: (lists in (ON_NONE, NO_NUMBER), lists.count(","), lists))
    rows: list[tuple[str, Tally]] = [(_named(lists), by_list[lists]) for lists in order]
    return [
        Sheet(
            "lists",
            "Outcomes by list",
            ("List of the number", *COLUMNS),
            [(name, *tally.cells) for name, tally in rows],
            says="We count each petition under the tariff list that covers its own number.",
            percent=SHARE,
            charts=(Drawn("by-list", "Outcomes by list, as shares of the petitions in each", "", bars=drawn(rows)),),
        )
    ]


def _lists_of(number: str, covered: CoveredRows) -> str:
    """Return the codes of the numbered lists that a plain number has been on; actions that go by a name are none of
    them.
    """
    if not number:
        return NO_NUMBER
    codes = {line.list_code for line in covered.history(number)} if len(number) >= 8 else set()
    return ",".join(sorted(code for code in codes if code[:1].isdigit())) or ON_NONE


def _named(lists: str) -> str:
    if lists in (ON_NONE, NO_NUMBER):
        return "On no list" if lists == ON_NONE else "No tariff number given"
    codes = lists.split(",")
    return f"List {codes[0]}" if len(codes) == 1 else f"Lists {', '.join(codes[:-1])} and {codes[-1]}"
