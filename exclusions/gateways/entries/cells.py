"""What one cell of an entry report says: a day, a number of the schedule, an amount, or why it says none."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from exclusions.gateways.cells import BadCell
from exclusions.hts import HtsError, parse

FIRST_DAY = date(2018, 7, 6)  # the first entries that owed a Section 301 duty, 83 FR 28710


class Days(StrEnum):
    """How days are written where figures alone do not tell."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    COUNTED = "counted"


@dataclass(frozen=True)
class Choices:
    """What a person said of a file once: which column (from 0) is which, how days are written, if zeros were lost.

    The columns hold for a table whose heading row has the mark `columns_of` (`Layout.mark`); "": for any.
    """

    columns: dict[str, int] = field(default_factory=dict)
    columns_of: str = ""
    days: Days = Days.MONTH_FIRST
    zeros: bool = False


AS_IT_STANDS = Choices()
_FORMS = (
    "%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%m/%d/%y", "%d-%b-%Y",
    "%d %b %Y", "%d %B %Y", "%d-%b-%y", "%d-%B-%Y", "%Y.%m.%d", "%b %d %Y", "%B %d %Y", "%d%b%Y",
)  # fmt: skip
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:[AP]M|Z)?$", re.IGNORECASE)
_COUNTED = re.compile(r"[34]\d{4}(?:\.0+)?")
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_OTHER_MONEY = re.compile(r"[€£¥₩]|\b(?:EUR|GBP|JPY|CNY|RMB|CAD|HKD|AUD|MXN)\b", re.IGNORECASE)
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+")
_NO_DAY = "is not a day of the calendar. Write it as 2019-06-30 or 06/30/2019 (month first)."
_DAY_BEFORE = f"{_NO_DAY} If the whole file has the day first, choose that below."


def entry(text: str) -> str:
    """Return an entry number as written. Raises BadCell."""
    if len(text) > 40 or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 \-/.]*", text):
        raise BadCell("", text, "is not an entry number. Write its letters and digits, for example ABC-1234567-8.")
    return text


@lru_cache(maxsize=4096)
def hts(text: str, zeros: bool = False) -> str:  # a part of the key of the cache
    """Return the plain number of 8 or 10 digits; with `zeros` one of 7 or 9 gets back its first. Raises BadCell."""
    if zeros and lost_zero(text):
        return lost_zero(text)
    try:
        return parse(text, digits=(8, 10)).plain
    except HtsError as error:
        raise BadCell("", text, str(error)) from error


def lost_zero(text: str) -> str:
    """Return a number of 7 or 9 digits with a zero before it, "" for any other text."""
    digits = re.sub(r"[\s.]", "", text)
    return f"0{digits}" if re.fullmatch(r"[1-9](?:\d{6}|\d{8})", digits) else ""


def entered(text: str, today: date, days: Days = Days.MONTH_FIRST) -> date:
    """Return the day of an entry, from the first Section 301 duty to today. Raises BadCell."""
    found = day(text, days)
    if found > today:
        raise BadCell("", text, f"is after today, {today}. Check the year.")
    if found < FIRST_DAY:
        raise BadCell("", text, f"is before {FIRST_DAY}, when the first Section 301 duty began. Check the year.")
    return found


@lru_cache(maxsize=8192)
def day(text: str, days: Days = Days.MONTH_FIRST) -> date:
    """Return a day in any of the forms of reports, a time of day behind it left out. Raises BadCell."""
    plain = _TIME.sub("", text)
    if _COUNTED.fullmatch(plain):
        meant = date(1899, 12, 30) + timedelta(days=int(float(plain)))
        if days is Days.COUNTED:
            return meant
        raise BadCell(
            "", text, f"is a spreadsheet’s count of days ({meant}?). Format the column as a date, or choose below that "
            "this file counts days."
        )  # fmt: skip
    found = _read(plain, (*_DAY_FIRST, *_FORMS) if days is Days.DAY_FIRST else _FORMS)
    if found is None:
        raise BadCell("", text, _DAY_BEFORE if _read(plain, _DAY_FIRST) else _NO_DAY)
    return found


def day_in_doubt(text: str) -> Days | None:
    """Say how a day that cannot be read would have to be written to be one; None where that does not help either."""
    plain = _TIME.sub("", text)
    if _COUNTED.fullmatch(plain):
        return Days.COUNTED
    return Days.DAY_FIRST if _read(plain, _FORMS) is None and _read(plain, _DAY_FIRST) else None


def _read(text: str, forms: tuple[str, ...]) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    return None


def money(text: str) -> Decimal:
    """Return an amount in US dollars; a dash is nothing, as in a column of accounts. Raises BadCell."""
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _OTHER_MONEY.search(text):
        raise BadCell("", text, "is not in US dollars. Enter what the entry summary says, in US dollars.")
    plain = re.sub(r"^(?:USD?\s*)?\$?\s*|\s*USD$", "", text, flags=re.IGNORECASE)
    if plain == "-":
        return Decimal(0)
    less = plain.startswith(("-", "(")) or plain.endswith("-") or text.startswith(("-", "("))
    if less:
        plain = re.sub(r"[()$\s-]", "", plain)
    if not _MONEY.fullmatch(plain):
        raise BadCell("", text, "is not an amount. Write dollars and cents with a point, for example 1,234.50.")
    try:
        amount = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise BadCell("", text, "is not an amount. Write dollars and cents, for example 1,234.50.") from None
    if less and amount:
        raise BadCell("", text, "is below zero. Enter the amount on the entry summary.")
    if amount >= 10**12:
        raise BadCell("", text, "is larger than any entry. Check the amount.")
    return amount
