"""Makes exclusions/data/exclusions_note20.csv.gz from tables of U.S. note 20, one row a numbered product.

    .venv/bin/python .ci/shipped_exclusions.py TABLE.csv.gz [TABLE.csv.gz …]

Kept are list, headings whose duty is lifted, place (heading, subdivision, number, number as printed where it differs)
and text; a text stands once for all its places. Days are those of the headings (exclusion_headings.csv) or stand in
the text; a row whose days are neither stops the run. The same tables make the same bytes.
"""

import csv
import gzip
import io
import sys
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "exclusions" / "data"
FILE = "exclusions_note20.csv.gz"
Key = tuple[str, str, str]


def rows_of(tables: list[Path]) -> list[dict[str, str]]:
    """Return the rows of all tables in the order of the headings, and as numbered below each."""
    found = []
    for table in tables:
        with gzip.open(table, "rt", encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return sorted(found, key=lambda row: (row["chapter99_heading"], row["note20_subdivision"], int(row["seq"])))


def check_days(rows: list[dict[str, str]]) -> None:
    """Stop where a row has days that the heading does not have and the text does not say."""
    with (DATA / "exclusion_headings.csv").open(encoding="utf-8", newline="") as file:
        days = {row["heading"]: (row["valid_from"], row["valid_to"]) for row in csv.DictReader(file)}
    for row in rows:
        stated = (row["effective_from"], _last_day(row["effective_to"], row["effective_to_kind"]))
        if any(stated) and stated != days[row["chapter99_heading"].replace(".", "")] and "effective" not in row["text"]:
            sys.exit(f"{row['chapter99_heading']} 20({row['note20_subdivision']})({row['seq']}): {stated}")


def _last_day(text: str, kind: str) -> str:
    return str(date.fromisoformat(text) - timedelta(days=1)) if kind == "exclusive" else text


def distilled(rows: list[dict[str, str]]) -> dict[Key, list[str]]:
    """Return the places of each text: “99038833:ll:63=62” is number 63, printed as 62."""
    found: dict[Key, list[str]] = {}
    for row in rows:
        lifted = row["base_headings"].replace(".", "").replace(";", " ")
        key = (row["list"], lifted, " ".join(row["text"].split()))
        printed = "" if row["item_no_printed"] == row["seq"] else f"={row['item_no_printed']}"
        heading = row["chapter99_heading"].replace(".", "")
        found.setdefault(key, []).append(f"{heading}:{row['note20_subdivision']}:{row['seq']}{printed}")
    return found


def write(texts: dict[Key, list[str]]) -> None:
    """Write the file, without a name and a time in its head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["list", "lifts", "places", "text"])
    for (code, lifted, text), places in texts.items():
        writer.writerow([code, lifted, " ".join(places), text])
    (DATA / FILE).write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))


if __name__ == "__main__":
    found = rows_of([Path(name) for name in sys.argv[1:]])
    check_days(found)
    write(distilled(found))
