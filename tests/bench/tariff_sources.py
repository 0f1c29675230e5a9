"""What public sources say of lists: tables of three days, note 31 as published, footnotes of two editions."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

HEADING = re.compile(r"9903\.(?:88\.(?:01|02|03|04|15)|91\.(?:0[1-8]|1[124])|92\.10)\b")
SUSPENDED = "99038816"
TABLES = ("2020-01-01", "2023-01-01", "2025-03-06")
EDITIONS = (("hts_2025_basic.json.gz", date(2025, 1, 2)), ("hts_2026_rev_6.json.gz", date(2026, 4, 23)))

# (source, number): why the source and the product differ.
EXPLAINED = {
    (
        "hts_2026_rev_6.json.gz",
        "85076000",
    ): "The footnote still names 9903.88.15; note 31(g)(5) put it under 9903.91.06.",
    (
        "hts_2026_rev_6.json.gz",
        "63079098",
    ): "The footnote still names 9903.91.01, which note 31 used until 2025-12-31 only.",
}


class Said(NamedTuple):
    """A source puts a plain number under a plain heading on a day."""

    source: str
    number: str
    heading: str
    day: date


def table(folder: Path, day: str) -> Iterator[Said]:
    """Yield each row of the table of a day, those of the list that never began left out."""
    name = f"usitc_china_tariffs_{day}.csv"
    with (folder / "lists" / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            heading = row["chapter99_heading"].replace(".", "")
            if heading != SUSPENDED:
                yield Said(name, row["hts"].replace(".", ""), heading, date.fromisoformat(day))


def note_31(folder: Path) -> Iterator[Said]:
    """Yield each number of the note on the first and the last of its days."""
    name = "us_note_31_as_published_2024-09-18.csv"
    with (folder / "ch99" / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            first, last = date.fromisoformat(row["effective_from"]), row["effective_to"]
            for number in row["hts"].replace(".", "").split(";"):
                for day in (first, date.fromisoformat(last) if last else first + timedelta(days=365)):
                    yield Said(name, number.strip(), row["chapter99_heading"].replace(".", ""), day)


def footnotes(folder: Path, name: str, day: date) -> Iterator[Said]:
    """Yield each heading that a footnote of an edition names, on a day of that edition."""
    with gzip.open(folder / "hts" / name, "rt", encoding="utf-8") as stream:
        rows = json.load(stream)
    for row in rows:
        number = row["htsno"].replace(".", "").strip()
        if len(number) in (8, 10) and not number.startswith(("98", "99")):
            for note in row["footnotes"] or ():
                for heading in HEADING.findall(note["value"]):
                    yield Said(name, number, heading.replace(".", ""), day)


def all_said(folder: Path) -> list[Said]:
    """Return what every source says, but for what is explained."""
    found = [one for day in TABLES for one in table(folder, day)] + list(note_31(folder))
    found += [one for name, day in EDITIONS for one in footnotes(folder, name, day)]
    return [one for one in found if (one.source, one.number) not in EXPLAINED]
