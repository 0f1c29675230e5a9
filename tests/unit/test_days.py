"""How days are written out."""

import ast
from collections.abc import Iterable
from datetime import date, timedelta

from exclusions.days import in_full, shortly, with_weekday
from tests.architecture.source import Source, product, snippet


def test_a_day_reads_as_tables_and_texts_write_it() -> None:
    assert shortly(date(2020, 8, 7)) == "Aug 7, 2020"
    assert with_weekday(date(2020, 8, 7)) == "Fri, Aug 7, 2020"
    assert in_full(date(2020, 8, 7)) == "August 7, 2020"


def test_every_month_and_weekday_has_its_name() -> None:
    days = [date(2024, 1, 1) + timedelta(31 * n) for n in range(12)]
    assert {day.weekday() for day in days} == set(range(7))
    assert [with_weekday(day) for day in days] == [f"{day:%a, %b} {day.day}, {day.year}" for day in days]
    assert [shortly(day) for day in days] == [f"{day:%b} {day.day}, {day.year}" for day in days]


ISO_DAYS = {  # the modules that write a day as 2020-08-07 in a text of their own, each with its reason
    "actions.loading.tariff_editions": "operators read it beside the file's cells, which are written so",
    "management.commands.load_shipped": "operators name editions so",
    "management.commands.load_hts": "operators name editions so",
    "models.mirrors.dumps": "a file name and its row in the admin",
    "queries.casework.case.passages": "it stands for a file name",
    "queries.importer.own_files": "a cell of a sheet",
    "queries.people.tariff_effects": "waiting proposals rest on it, and must compare equal after an upgrade",
    "queries.record.late_seals": "operators read it in the output of a command",
    "views.casework.accesses": "a cell of a sheet",
}


def iso_days(sources: Iterable[Source]) -> set[str]:
    """The modules with an f-string that formats something as an ISO day, without the package's name."""
    return {
        source.name.removeprefix("exclusions.")
        for source in sources
        for _, node in source.walk()
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and "%Y-%m-%d" in ast.unparse(node.format_spec)
    }


def test_no_sentence_writes_a_day_as_files_do() -> None:
    assert iso_days(product()) == set(ISO_DAYS)
    assert iso_days([snippet('said = f"It ends on {day:%Y-%m-%d}."')]) == {"views.casework.case"}
