"""Distil the numbers that other duties name: `.venv/bin/python .ci/other_duties.py FOLDER`, the folder of public lists.

Writes exclusions/data/other_duties_by_number.csv: one row for each list, in or out, pair of days and chapter. What the
lists are and what each is worth says exclusions/data/README.md. Numbers are plain, of 4 to 10 digits, and stand for all
below them; an IEEPA code of ten digits becomes its line of eight where all of that line is exempt alike.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "exclusions" / "data" / "other_duties_by_number.csv"
Row = tuple[str, str, str, str, str]  # list, in or out, first day, last day, number
METALS = {"1a": "metals-50", "1b": "metals-25", "1c": "metals-lower", "3": "metals-lower"}

# Not in the public lists: the goods by the words of the notices, as headings and subheadings that may hold them.
BY_HAND = {
    "vehicles": "8703 8704",
    "heavy": "8701 8702 8704 8705 8706 8709",
    "timber": "4403 4406 4407 4409",
    "upholstered": "940161",
    "cabinets": "940340 940360 940391",
    "polysilicon": "280461 381800 8541",
    "solar": "85414060 85414200 85414300",
    "washers": "845011 845020 845090",
    "excise": "2203 2204 2205 2206 2207 2208 2402 2403",
}


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, comments left out."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))


def metals(folder: Path) -> Iterator[Row]:
    """Steel, aluminum and copper: from 2018, from March 2025, and in one scheme from April 2026."""
    for row in rows_of(folder / "s232_metal_chapter_products.csv"):
        name, begun = row["metal_type"], row["effective_date"].replace("NA", "")
        if not begun:
            begun = "2018-03-23" if row["kind"] == "mill" else "2020-02-08"
            yield f"{name}-2018" + ("" if row["kind"] == "mill" else "-more"), "in", begun, "", row["hts_prefix"]
        yield f"{name}-2025", "in", max(begun, "2025-03-12"), "", row["hts_prefix"]
    for row in rows_of(folder / "s232_derivative_products.csv"):
        begun = row["effective_date"].replace("NA", "") or "2025-03-12"
        yield f"{row['derivative_type']}-2025", "in", begun, "", row["hts_prefix"]
    for row in rows_of(folder / "s232_copper_products.csv"):
        yield "copper", "in", "", "", row["hts10"]
    for row in rows_of(folder / "s232_annex_products.csv"):
        if row["annex"] == "2":
            for name in dict.fromkeys(METALS.values()):
                yield name, "out", row["effective_date"], "", row["hts_prefix"]
        else:
            yield METALS[row["annex"]], "in", row["effective_date"], "", row["hts_prefix"]


def others(folder: Path) -> Iterator[Row]:
    """The other lists of Section 232, and what is exempt from the Section 122 surcharge."""
    for name, file, column in (
        ("medicines", "s232_pharma_products.csv", "hts10"),
        ("semiconductors", "s232_semi_products.csv", "hts10"),
        ("drones", "s232_uas_2026.csv", "hts"),
        ("solar", "s201_solar_products.csv", "hts10"),
    ):
        for row in rows_of(folder / file):
            yield name, "in", "", "", row[column]
    for name, file in (("car-parts", "s232_auto_parts.txt"), ("heavy", "s232_mhd_parts.txt")):
        for number in (folder / file).read_text(encoding="utf-8").split():
            if (name, number) != ("car-parts", "8471"):  # computers: whole machines, and no parts of a car
                yield name, "in", "", "", number
    # Of those exempt from Section 122, what IEEPA did not exempt is exempt for civil aircraft alone, and may owe it.
    known = {row["hts10"][:8] for row in rows_of(folder / "ieepa_exempt_products.csv")}
    for row in rows_of(folder / "s122_exempt_products.csv"):
        if row["hts8"] in known:
            yield "section-122", "out", "", "", row["hts8"]


def ieepa(folder: Path) -> Iterator[Row]:
    """What is exempt from the reciprocal duty, of eight digits where the whole line is."""
    with gzip.open(folder.parent / "hts" / "hts_2025_basic.json.gz", "rt", encoding="utf-8") as stream:
        plain = {row["htsno"].replace(".", "").strip() for row in json.load(stream)}
    children: dict[str, set[str]] = defaultdict(set)
    for number in plain:
        if len(number) == 10:
            children[number[:8]].add(number)
    by_days: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of(folder / "ieepa_exempt_products.csv"):
        days = (row["effective_date_start"].replace("NA", ""), row["effective_date_end"].replace("NA", ""))
        by_days[days].add(row["hts10"][:10])
    for (first, last), numbers in by_days.items():
        for number in numbers:
            line = number[:8]
            is_whole = number not in plain or children[line] <= numbers
            yield "ieepa", "out", first, last, line if is_whole else number


def main(folder: Path) -> None:
    """Write the file, one row for each list, pair of days and chapter."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    by_hand = ((name, "in", "", "", number) for name, numbers in BY_HAND.items() for number in numbers.split())
    for name, way, first, last, number in (*metals(folder), *others(folder), *ieepa(folder), *by_hand):
        found[name, way, first, last, number[:2]].add(number)
    with DATA.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(("list", "in_or_out", "valid_from", "valid_to", "numbers"))
        for key in sorted(found):
            out.writerow((*key[:4], " ".join(sorted(found[key]))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
