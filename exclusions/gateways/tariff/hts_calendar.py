"""The names of HTSUS editions and the days on which they began, as far as they are known (data/hts_editions.csv)."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from exclusions.gateways.rows import open_rows

EDITIONS = Path(__file__).resolve().parents[2] / "data" / "hts_editions.csv"
_FILE_NAME = re.compile(
    r"(?<!\d)(20\d\d)[-_ ]*(?:hts[a-z]*[-_ ]*)?(?:(basic)|rev(?:ision)?[-_ ]*(\d{1,2}))(?!\d)", re.I
)


def edition_name(text: str) -> str:
    """The edition that a file name or a label means: `hts_2026_rev_6.json.gz` is `2026 Rev 6`; "" if none."""
    found = _FILE_NAME.search(text)
    if found is None:
        return ""
    year, basic, revision = found.groups()
    return f"{year} Basic" if basic else f"{year} Rev {int(revision)}"


def edition_start(name: str) -> date | None:
    """The day on which the named edition began; a Basic edition begins with its year. None when it is not known."""
    known = _starts().get(name)
    if known is None and re.fullmatch(r"20\d\d Basic", name):
        return date(int(name[:4]), 1, 1)
    return known


def revision_name(label: str) -> str:
    """The edition that a label of the list of changes means: `2026_rev_2`; `rev_16` and `basic` are of 2025."""
    return edition_name(label) or edition_name(f"2025_{label}")


@cache
def _starts() -> dict[str, date]:
    return {row["name"]: date.fromisoformat(row["valid_from"]) for _, row in open_rows(EDITIONS)}
