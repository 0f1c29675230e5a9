"""The answer about entries as a sheet to keep, and its last days as entries of a calendar."""

import hashlib
from collections.abc import Iterator

from exclusions.duties.refunds import WORDS, Route
from exclusions.facts.fictional import FICTIONAL
from exclusions.gateways.calendar_file import Entry
from exclusions.gateways.entry_lines import EntryTable
from exclusions.hts import dotted
from exclusions.queries.lookup.refunds import LineAnswer, MayApply, RefundsFound
from exclusions.workflow.deadlines import end_of_day

COLUMNS = (
    "Line",
    "Entry number",
    "Entry date",
    "HTSUS number",
    "Value (USD)",
    "Duty paid (USD)",
    "Duty that day",
    "Questions",
    "Notes",
    "Exclusions that may apply",
    "Claimed under",
    "Possible refund (USD)",
    "Certain (USD)",
    "What to do",
    "Deadline",
    "Last day for a correction",
    "Liquidation",
    "Liquidation is",
    "Last day for a protest",
    "Last day if liquidated by law",
)
NOT_ANSWERED = "Not answered: correct the row and send it again"
AND_MORE = "There are more rows to correct: these are the first."
MOST_PRINTED = 80  # letters of a cell that cannot be read
NAMED = 20  # entry numbers in one entry of a calendar


def sheet_rows(found: RefundsFound, table: EntryTable) -> Iterator[list[str]]:
    """Yield one row a line, in the order in which they came, every cell as text; COLUMNS are its headings.

    The cells of the table that could not be read come last, each with its row and what is wrong with it: whoever keeps
    the sheet alone learns that they have no answer.
    """
    for one in found.answers:
        line, days = one.line, one.window
        yield [
            str(line.place),
            line.entry_number,
            line.entered_on.isoformat(),
            dotted(line.hts),
            f"{line.value:.2f}",
            f"{line.duty_paid:.2f}",
            one.owed or "No Section 301 list",
            " ".join(one.questions),
            " ".join(one.notes),
            "; ".join(dict.fromkeys(map(named, one.may_apply))),
            one.headings,
            f"{one.at_stake:.2f}",
            f"{one.sure:.2f}",
            days.instruction if one.at_stake else one.nothing,
            days.act_by.isoformat() if one.at_stake and days.act_by else "",
            days.correction_by.isoformat(),
            days.liquidation_on.isoformat(),
            "estimated" if days.estimated else "as given",
            days.protest_by.isoformat(),
            days.final_on.isoformat() if days.estimated else "",
        ]
    for cell in table.bad:
        value = f" “{cell.value[:MOST_PRINTED]}”" if cell.value else ""
        yield _unanswered(f"Row {cell.line}", f"{cell.column or 'The row'}{value}: {cell.reason}")
    if table.more:
        yield _unanswered("", AND_MORE)


def _unanswered(row: str, note: str) -> list[str]:
    said = {"Line": row, "Notes": note, "What to do": NOT_ANSWERED}
    return [said.get(column, "") for column in COLUMNS]


def named(may: MayApply) -> str:
    """Return an exclusion that may apply, with whether it does; one that was made for the demonstration says so."""
    made_up = f"; {FICTIONAL.lower()}" if may.exclusion.fictional else ""
    return f"{may.exclusion.reference} ({may.verdict}{made_up})"


def calendar_entries(found: RefundsFound, url: str) -> list[Entry]:
    """Return one entry for each last day and way on which duty hangs that can still be asked back, the first first."""
    days: dict[tuple[str, Route], list[LineAnswer]] = {}
    for one in found.at_stake:
        if one.window.act_by:
            days.setdefault((one.window.act_by.isoformat(), one.window.route), []).append(one)
    return [_entry(lines, route, url) for (_, route), lines in sorted(days.items())]


def _entry(lines: list[LineAnswer], route: Route, url: str) -> Entry:
    day = lines[0].window.act_by
    assert day is not None
    numbers = list(dict.fromkeys(one.line.entry_number for one in lines))
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    digest = hashlib.sha256(" ".join([f"{day}", route, *numbers]).encode()).hexdigest()[:32]
    usual = (
        " We assumed the usual date of liquidation: look it up." if any(one.window.estimated for one in lines) else ""
    )
    return Entry(
        uid=f"refund-{digest}@tradecases",
        due_at=end_of_day(day),
        title=f"Last day: {WORDS[route]} ({len(numbers)} entr{'y' if len(numbers) == 1 else 'ies'})",
        text=f"Entries {', '.join(numbers[:NAMED])}{more}.{usual}",
        url=url,
    )
