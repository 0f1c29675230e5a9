"""The exclusions of U.S. note 20 that come with the product, and what later notices made of five of them.

`exclusions/data/README.md` says where both are from.
"""

import csv
import gzip
import io
from collections.abc import Iterator
from datetime import date

from exclusions.gateways.tariff.exclusion_item import ExclusionItem, own_window
from exclusions.gateways.tariff.shipped_facts import DATA

EXCLUSIONS_FILE = DATA / "exclusions_note20.csv.gz"
AMENDMENTS_FILE = DATA / "exclusion_amendments.csv"
EXCLUSIONS_SOURCE = "U.S. note 20, HTSUS 2026 Revision 6"


def shipped_exclusions() -> list[ExclusionItem]:
    """Return every numbered product of note 20 by heading, subdivision and number, then the amendments."""
    return [*sorted(_printed(), key=lambda item: (item.heading, item.note, item.seq)), *_amendments()]


def _printed() -> Iterator[ExclusionItem]:
    with gzip.open(EXCLUSIONS_FILE, "rb") as packed:
        rows = csv.DictReader(io.StringIO(packed.read().decode()))
    for row in rows:
        start, end = own_window(row["text"]) or (None, None)
        lifted = tuple(row["lifts"].split())
        for place in row["places"].split():
            heading, note, number = place.split(":")
            seq, _, printed = number.partition("=")
            yield ExclusionItem(
                heading, note, row["list"], lifted, int(seq), printed or seq, row["text"], start, end,
                line=rows.line_num,
            )  # fmt: skip


def _amendments() -> Iterator[ExclusionItem]:
    with AMENDMENTS_FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield ExclusionItem(
                heading=row["heading"],
                note=row["note"],
                list_code=row["list"],
                released=tuple(row["lifts"].split()),
                seq=int(row["seq"]),
                printed=row["seq"],
                text=row["text"],
                amends=True,
                amended_from=date.fromisoformat(row["effective_on"]) if row["effective_on"] else None,
                authority=row["citation"],
                source=row["source"],
                reason=row["meaning"],
            )
