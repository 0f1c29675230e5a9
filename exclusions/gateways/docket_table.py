"""Public docket spreadsheets: historical petitions as an agency's portal or a compiler listed them.

Two shapes are known by their headings, the portal's own list and a compilation with decision flags; each may be
CSV, gzip or XLSX.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exclusions.gateways.cells import BadCell, cell_text, day, number
from exclusions.gateways.rows import BadRow, UnreadableFile, is_sheet, open_rows, open_sheet

PORTAL = ("Submission ID", "Organization Name", "Stage", "HTSUS code", "Product", "Date Posted", "Response Closes")
COMPILED = ("id", "hts_10", "company_name", "producttitle", "approved", "denied", "pending", "posted_date")
STAGES = {
    "granted": "granted",
    "denied": "denied",
    "withdrawn": "withdrawn",
    "stage 1": "stage1",
    "stage 2": "stage2",
    "stage 3": "stage3",
    "stage 4": "stage4",
}
LONGEST = 300


@dataclass(frozen=True)
class DocketRow:
    """A historical petition. `hts10` is plain; days are the portal's; `stage` is a value of workflow.states.Stage.

    `organization` and `product` are empty where the docket leaves them blank.
    """

    reference: str
    organization: str
    stage: str
    hts10: str
    product: str
    posted_on: date
    response_closes_on: date | None
    line: int


@dataclass
class DocketTable:
    """What a file gave: the rows read, the petitions, how many rows repeat an earlier one, and the rows refused."""

    read: int = 0
    rows: list[DocketRow] = field(default_factory=list)
    repeated: int = 0
    bad: list[BadRow] = field(default_factory=list)


def read_docket_table(path: Path, docket: str) -> DocketTable:
    """Return the petitions of a docket (`docket` as in USTR-2019-0005). Raises UnreadableFile for another table.

    A row that repeats an earlier one word for word is counted, not kept; one that repeats its reference and says
    something else is refused, since nothing tells which of the two is right.
    """
    table = DocketTable()
    kept: dict[str, DocketRow] = {}
    take: Callable[[int, dict[str, str]], DocketRow] | None = None
    torn: list[BadRow] = []
    for line, cells in _rows(path, torn):
        take = take or _reader(path, cells)
        table.read += 1
        try:
            row = take(line, cells)
            _check(row, docket)
            earlier = kept.setdefault(row.reference, row)
            if earlier is not row and _compared_columns(earlier) != _compared_columns(row):
                raise BadCell("", row.reference, f"says something else than line {earlier.line}. Remove one of them.")
        except BadCell as refused:
            table.bad.append(refused.row(path, line))
            continue
        table.repeated += earlier is not row
    table.rows = list(kept.values())
    table.read += len(torn)
    table.bad = sorted([*torn, *table.bad], key=lambda row: row.line)
    if take is None and not table.bad:
        raise UnreadableFile(f"{path.name} holds no rows. Check that it is the right file.")
    return table


def _rows(path: Path, bad: list[BadRow]) -> Iterator[tuple[int, dict[str, str]]]:
    if not is_sheet(path):
        yield from open_rows(path, bad)
        return
    columns: list[str] = []
    for line, cells in open_sheet(path):
        words = [cell_text(cell) for cell in cells]
        if columns:
            yield line, dict(zip(columns, words, strict=False))
        else:
            columns = words


def _reader(path: Path, cells: dict[str, str]) -> Callable[[int, dict[str, str]], DocketRow]:
    if set(PORTAL) <= set(cells):
        return _portal
    if set(COMPILED) <= set(cells):
        return _compiled
    raise UnreadableFile(
        f"{path.name} is not a docket spreadsheet: it has the columns {', '.join(cells)}. "
        f"Expected {', '.join(PORTAL)}; or {', '.join(COMPILED)}."
    )


def _portal(line: int, cells: dict[str, str]) -> DocketRow:
    words = cells["Stage"].split(":")[0].strip().casefold()
    if words not in STAGES:
        raise BadCell("Stage", cells["Stage"], "is not a public stage. Use Granted, Denied, Withdrawn or Stage 1 to 4.")
    return DocketRow(
        reference=cells["Submission ID"].strip(),
        organization=_read_text(cells, "Organization Name"),
        stage=STAGES[words],
        hts10=number("HTSUS code", cells["HTSUS code"], (10,)),
        product=_read_text(cells, "Product"),
        posted_on=_posted(cells, "Date Posted"),
        response_closes_on=day(cells, "Response Closes"),
        line=line,
    )


def _compiled(line: int, cells: dict[str, str]) -> DocketRow:
    flags = {name: cells[name].strip() for name in ("approved", "denied", "pending")}
    if sorted(flags.values()) != ["0", "0", "1"]:
        reason = f"exactly one of approved, denied and pending must be 1. They are {', '.join(flags.values())}."
        raise BadCell("approved", flags["approved"], reason)
    decided = {"approved": "granted", "denied": "denied", "pending": "stage2"}
    return DocketRow(
        reference=cells["id"].strip(),
        organization=_read_text(cells, "company_name"),
        stage=next(decided[name] for name, flag in flags.items() if flag == "1"),
        hts10=number("hts_10", cells["hts_10"], (10,)),
        product=_read_text(cells, "producttitle"),
        posted_on=_posted(cells, "posted_date"),
        response_closes_on=day(cells, "response_closed") if "response_closed" in cells else None,
        line=line,
    )


def _check(row: DocketRow, docket: str) -> None:
    if not row.reference.startswith(f"{docket}-"):
        raise BadCell("", row.reference, f"is not a petition of docket {docket}. Check the docket given to the loader.")
    if row.response_closes_on and row.response_closes_on < row.posted_on:
        reason = f"is before the posting, {row.posted_on}. Correct one of the two dates."
        raise BadCell("Response Closes", str(row.response_closes_on), reason)


def _compared_columns(row: DocketRow) -> tuple[object, ...]:
    return (row.organization, row.stage, row.hts10, row.product, row.posted_on, row.response_closes_on)


def _read_text(cells: dict[str, str], column: str) -> str:
    text = " ".join(cells[column].split())
    if len(text) > LONGEST:
        raise BadCell(column, text, f"is longer than {LONGEST} characters. Shorten it.")
    return text


def _posted(cells: dict[str, str], column: str) -> date:
    posted = day(cells, column)
    if posted is None:
        raise BadCell(column, "", "is empty. Every petition on a docket has a posting date.")
    return posted
