"""The table of granted exclusions: one row a numbered product of U.S. note 20."""

from datetime import date
from pathlib import Path

from exclusions.gateways.cells import BadCell, day, last_day, number
from exclusions.gateways.rows import BadRow, UnreadableFile, open_rows
from exclusions.gateways.tariff.exclusion_item import ExclusionItem, own_window
from exclusions.gateways.tariff.list_table import LIST_OF
from exclusions.wording.named_numbers import named_codes

COLUMNS = (
    "chapter99_heading",
    "note20_subdivision",
    "list",
    "base_headings",
    "seq",
    "item_no_printed",
    "hts10",
    "status",
    "effective_from",
    "effective_to",
    "effective_to_kind",
    "text",
)
STATUSES = ("expired", "in_effect", "deleted")


def read_exclusion_table(path: Path) -> tuple[list[ExclusionItem], list[BadRow], int]:
    """Return the items, the rows refused and how many rows were read. Raises UnreadableFile for another table."""
    items: list[ExclusionItem] = []
    bad: list[BadRow] = []
    places: dict[tuple[str, str, int], int] = {}
    read = 0
    for line, cells in open_rows(path, bad):
        if not read:
            _check_columns(path, cells)
        read += 1
        try:
            item = _item(line, cells)
            first = places.setdefault((item.heading, item.note, item.seq), line)
            if first != line:
                raise BadCell("seq", cells["seq"], f"is already used in line {first}. Give each product one number.")
        except BadCell as refused:
            bad.append(refused.row(path, line))
            continue
        items.append(item)
    if not read and not bad:
        raise UnreadableFile(f"{path.name} holds no rows. Check that it is the right file.")
    return items, bad, read + sum(not row.column for row in bad)


def _check_columns(path: Path, cells: dict[str, str]) -> None:
    missing = [column for column in COLUMNS if column not in cells]
    if missing:
        raise UnreadableFile(
            f"{path.name} is not a table of exclusions: it lacks the column “{missing[0]}”. "
            f"Expected the columns {', '.join(COLUMNS)}, or the text of U.S. note 20."
        )


def _item(line: int, cells: dict[str, str]) -> ExclusionItem:
    released = tuple(number("base_headings", code, (8,)) for code in cells["base_headings"].split(";"))
    for heading in released:
        if heading not in LIST_OF or LIST_OF[heading] != cells["list"].strip():
            reason = f"is not a heading of List {cells['list'].strip()}. Correct the list or the heading."
            raise BadCell("base_headings", cells["base_headings"], reason)
    text = " ".join(cells["text"].split())
    if not text:
        raise BadCell("text", "", "is empty. Give the product as the note prints it.")
    if cells["status"] not in STATUSES:
        raise BadCell("status", cells["status"], f"must be one of {', '.join(STATUSES)}.")
    named = named_codes(text)
    for code in filter(None, cells["hts10"].split(";")):
        number("hts10", code, (8, 10))
        if code not in named:
            raise BadCell("hts10", code, "is not named in the text of this product. Correct one of them.")
    start, end = _window(cells)
    own = own_window(text)
    return ExclusionItem(
        heading=number("chapter99_heading", cells["chapter99_heading"], (8,)),
        note=cells["note20_subdivision"].strip(),
        list_code=cells["list"].strip(),
        released=released,
        seq=_count(cells["seq"]),
        printed=cells["item_no_printed"].strip(),
        text=text,
        valid_from=own[0] if own else start,
        valid_to=own[1] if own else end,
        line=line,
    )


def _window(cells: dict[str, str]) -> tuple[date | None, date | None]:
    start, end = day(cells, "effective_from"), last_day(cells, "effective_to", "effective_to_kind")
    if start and end and end < start:
        raise BadCell("effective_to", cells["effective_to"], f"is before the start, {start}. Correct one of them.")
    return start, end


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadCell("seq", text, "is not a whole number. Number the products of a subdivision 1, 2, 3 …")
    return int(text)
