"""The names of HTSUS editions and the days on which they began, as far as they are known (data/hts_editions.csv)."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from exclusions.gateways.rows import open_rows

EDITIONS = Path(__file__).resolve().parents[2] / "data" / "hts_editions.csv"
# A file of the USITC may say “2021_revision_basic_12”, a label “2021 Basic Revision 12”: both are 2021 Rev 12.
_FILE_NAME = re.compile(
    r"(?<!\d)(20\d\d)[-_ ]*(?:hts[a-z]*[-_ ]*)?"
    r"(?:(?:basic[-_ ]*)?rev(?:ision)?[-_ ]*(?:basic[-_ ]*)?(\d{1,2}(?:\.\d)?)|(basic))(?!\d)",
    re.I,
)


def edition_name(text: str) -> str:
    """Return the edition that a file name or a label means: `hts_2026_rev_6.json.gz` is `2026 Rev 6`; "" if none."""
    found = _FILE_NAME.search(text)
    if found is None:
        return ""
    year, revision, _ = found.groups()
    return f"{year} Rev {revision.removeprefix('0') or '0'}" if revision else f"{year} Basic"


def edition_start(name: str) -> date | None:
    """Return the day on which the named edition began; a Basic edition begins with its year. None when it is not
    known.
    """
    known = _starts().get(name)
    if known is None and re.fullmatch(r"20\d\d Basic", name):
        return date(int(name[:4]), 1, 1)
    return known


def revision_name(label: str) -> str:
    """Return the edition that a label of the list of changes means: `2026_rev_2`; `rev_16` and `basic` are of 2025."""
    return edition_name(label) or edition_name(f"2025_{label}")


def begun_between(first: date, last: date) -> bool:
    """Whether any edition is known to have begun after the first day and on the last or before."""
    return any(first < day <= last for day in _starts().values())


@cache
def _starts() -> dict[str, date]:
    return {row["name"]: date.fromisoformat(row["valid_from"]) for _, row in open_rows(EDITIONS)}
