"""The shipped federal holidays, read once."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "federal_holidays.toml"


@cache
def federal_holidays() -> frozenset[date]:
    """Return the weekdays, 2018 to 2030, on which federal offices are closed (5 U.S.C. 6103)."""
    years = tomllib.loads(FILE.read_text(encoding="utf-8"))["year"]
    return frozenset(holiday["date"] for year in years for holiday in year["holidays"])
