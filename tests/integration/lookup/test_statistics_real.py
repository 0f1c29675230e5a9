"""Statistics of the two real dockets are what anybody counts straight from the files."""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from exclusions.actions.loading.historical_dockets import load_docket
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.loading.tariff_lists import load_shipped_lists
from exclusions.actions.statistics import keep_statistics
from exclusions.gateways.docket_table import read_docket_table
from exclusions.queries.lookup.sheets import Sheet
from exclusions.queries.lookup.statistics.figures import statistics

LIST2, LIST3 = "USTR-2018-0032", "USTR-2019-0005"
FILES = {LIST2: "ustr_2018_0032_list2_requests.csv.gz", LIST3: "ustr_2019_0005_list3_requests.csv.gz"}


@dataclass(frozen=True)
class Asked:
    """One petition as a file has it."""

    docket: str
    reference: str
    organization: str
    number: str
    product: str
    granted: bool
    posted: date


def read(folder: Path) -> Iterator[Asked]:
    """Yield the petitions of both files, each once, by no code of the product."""
    seen: set[str] = set()
    for docket, name in FILES.items():
        with gzip.open(folder / "petitions" / name, "rt", encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                one = of_list2(row) if docket == LIST2 else of_list3(row)
                if one.reference not in seen:
                    seen.add(one.reference)
                    yield one


def plain(text: str) -> str:
    """Take runs of white space, no-break spaces among them, for one space."""
    return " ".join(text.split())


def of_list2(row: dict[str, str]) -> Asked:
    number = row["hts_10"].replace(".", "").zfill(10)
    posted = date.fromisoformat(row["posted_date"][:10])
    return Asked(LIST2, row["id"].strip(), plain(row["company_name"]), number, plain(row["producttitle"]),
                 row["approved"].strip()[:1] == "1", posted)  # fmt: skip


def of_list3(row: dict[str, str]) -> Asked:
    number = row["HTSUS code"].replace(".", "").zfill(10)
    posted = datetime.strptime(row["Date Posted"].strip(), "%b %d, %Y").date()  # noqa: DTZ007
    return Asked(LIST3, row["Submission ID"].strip(), plain(row["Organization Name"]), number, plain(row["Product"]),
                 row["Stage"].strip() == "Granted", posted)  # fmt: skip


def folded(text: str) -> str:
    """Fold case as the database does: SQLite knows that of ASCII alone."""
    if connection.vendor == "postgresql":
        return text.lower()
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def outcomes(asked: list[Asked], key: Callable[[Asked], str]) -> dict[str, tuple[int, int, int]]:
    """Petitions, granted and denied by a key."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for one in asked:
        found[key(one)].append(one.granted)
    return {name: (len(all_), sum(all_), len(all_) - sum(all_)) for name, all_ in found.items()}


def shown(sheet: Sheet, label: int = 0) -> dict[str, tuple[int, int, int]]:
    """The same from a sheet."""
    names = [sheet.columns.index(name) for name in ("Petitions", "Granted", "Denied")]
    rows = [(str(row[label]), [row[place] for place in names]) for row in sheet.rows]
    return {name: (int(str(total)), int(str(granted)), int(str(denied))) for name, (total, granted, denied) in rows}


@pytest.mark.deep("test_each_outcome_is_counted_as_what_it_is counts a few petitions of each kind.")
@pytest.mark.both_databases("Case is folded, text is sorted and days are subtracted by each in its own way.")
def test_every_figure_is_that_of_the_files(shared_data: Path, db: None) -> None:
    asked = list(read(shared_data))
    at = timezone.now()
    load_shipped_lists(at=at)
    load_rounds(at=at)
    for docket, name in FILES.items():
        table = read_docket_table(shared_data / "petitions" / name, docket)
        load_docket(docket=docket, petitions=table.rows, rows=table.read, at=at)
    live = statistics()
    assert keep_statistics(at=at)
    kept = statistics()
    assert [sheet.rows for sheet in live.sheets] == [sheet.rows for sheet in kept.sheets]
    sheets = {sheet.slug: sheet for sheet in kept.sheets}

    assert len(asked) == kept.whole.total > 32_000
    assert shown(sheets["rounds"]) == outcomes(asked, lambda one: one.docket)
    by_list = outcomes(asked, lambda one: "List 2" if one.docket == LIST2 else "List 3")
    assert shown(sheets["lists"]) == by_list
    by_chapter = {name[:2]: figures for name, figures in shown(sheets["chapters"]).items()}
    assert by_chapter == outcomes(asked, lambda one: one.number[:2])
    assert shown(sheets["sizes"]) == {
        "Not in the source (loaded from a spreadsheet)": tuple(map(sum, zip(*by_list.values(), strict=True)))
    }
    compare_requesters(asked, sheets["frequency"])
    compare_days(asked, sheets["days"], sheets["last-days"])
    compare_groups(asked, sheets["consistency"])
    waits = {row[0]: list(row[1:]) for row in sheets["waits"].rows}
    assert waits[LIST3] == [by_list["List 3"][0], 0, None, None, None, None], "the source tells no day of decision"
    published = {str(row[0]): row for row in sheets["published"].rows}
    assert published["List 3"][1:4] == (30_283, by_list["List 3"][0], by_list["List 3"][0] - 30_283)


def compare_requesters(asked: list[Asked], sheet: Sheet) -> None:
    often = Counter(one.organization for one in asked if one.organization)
    named = [one for one in asked if one.organization]

    def times(one: Asked) -> str:
        number = often[one.organization]
        return ("1 petition" if number == 1 else "2 to 9 petitions" if number < 10 else
                "10 to 99 petitions" if number < 100 else "100 petitions or more")  # fmt: skip

    first: dict[str, Asked] = {}
    for one in sorted(named, key=lambda one: (one.posted, one.reference)):
        first.setdefault(one.organization, one)
    firsts = {one.reference for one in first.values()}
    expected = outcomes(named, times)
    expected |= outcomes(
        named, lambda one: "First petition of an organization" if one.reference in firsts else "Later petitions"
    )
    assert shown(sheet) == expected


def compare_days(asked: list[Asked], busiest: Sheet, last: Sheet) -> None:
    by_day = Counter((one.posted, one.docket) for one in asked)
    top = sorted(by_day.items(), key=lambda item: (-item[1], item[0]))[:10]
    assert [tuple(row[:3]) for row in busiest.rows] == [(day, docket, number) for (day, docket), number in top]
    for docket, day, on_it, in_week, *_ in last.rows:
        days = [one.posted for one in asked if one.docket == docket]
        assert day == max(days)
        assert on_it == days.count(max(days))
        assert in_week == sum(one > max(days) - timedelta(days=7) for one in days)
    shares = {row[0]: row[4] for row in last.rows}
    assert shares[LIST3] == 17.5, "what was published of the last day"


def compare_groups(asked: list[Asked], sheet: Sheet) -> None:
    groups: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
    for one in asked:
        if one.product:
            groups[folded(one.product), one.number].append(one)
    mixed = [
        group
        for group in groups.values()
        if {one.granted for one in group} == {True, False} and len({one.organization for one in group}) > 1
    ]
    assert f"There are {len(mixed):,} such groups" in sheet.says
    assert len(mixed) > 50
    greatest = sorted(((len(group), sum(one.granted for one in group)) for group in mixed), reverse=True)[:50]
    assert sorted(((row[2] + row[3], row[2]) for row in sheet.rows), reverse=True)[:20] == greatest[:20]  # type: ignore[operator]
