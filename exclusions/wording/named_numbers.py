"""The statistical numbers at the end of a text, each with the days on which the text means it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from exclusions.days import in_full

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"(?:{MONTHS})\s+\d{{1,2}},\s+\d{{4}}"
CODE = r"\d{4}\.\d{2}\.\d{4}|\d{4}\.\d{4}\.\d{2}|\d{4}\.\d{2}\.\d{2}(?!\d)"
CODES = re.compile(CODE)
# A statistical number, or a phrase that dates the numbers before it.
DATED = re.compile(
    rf"(?P<code>{CODE})"
    rf"|prior\s+to\s+(?P<before>{DAY})"
    rf"|(?:effective\s+|post\s+)?(?P<start>{DAY}),?\s+through\s+(?P<end>{DAY})"
    rf"|(?:effective|post)\s+(?P<since>{DAY})"
)
COMPILER = re.compile(r"\s*\[Compiler.s note[^\]]*\]")
SCOPE = re.compile(r"\(\s*(?:the foregoing |whether |as )?described in [^()]*(?:\([^()]*\)[^()]*)*\)")
# The last parenthesis, or the number alone in it, and what the compiler notes behind it.
_TAIL = re.compile(
    rf"(?<!\s)\s*\(\s*(?:(?:the foregoing |whether |as )?described in [^()]*(?:\([^()]*\)[^()]*)*"
    rf"|[^()]*(?:{CODE})[^()]*)\)"
    r"[.\s\"]*(?P<note>\[[^\]]*\])?$"
)
_OPENING = "described in statistical reporting number"


@dataclass(frozen=True)
class NamedNumber:
    """A statistical number (plain, 10 digits) that a text names, and the days on which the text means it."""

    number: str
    valid_from: date | None = None
    valid_to: date | None = None


def named_codes(text: str) -> list[str]:
    """Return every number of 8 or 10 digits in the text, dotted as printed, each once, in order."""
    return list(dict.fromkeys(CODES.findall(text)))


def named_numbers(text: str) -> list[NamedNumber]:
    """Return the statistical numbers of the text with their dates.

    "8413.91.9080 prior to January 1, 2019; 8413.91.9095 effective January 1, 2019 through December 31, 2019;
    8413.91.9085 or 8413.91.9096 effective January 1, 2020" gives four numbers, each with its own days. Numbers of
    8 digits are left out: they help to describe the goods ("of subheading 8443.32.10"), they are not the scope.
    """
    found: dict[str, NamedNumber] = {}
    waiting: list[str] = []
    for match in DATED.finditer(COMPILER.sub("", text)):
        if code := match["code"]:
            plain = code.replace(".", "")
            if len(plain) == 10:
                waiting.append(plain)
                found.setdefault(plain, NamedNumber(plain))
            continue
        start, end = match["start"] or match["since"], match["end"]
        valid_to = read_day(match["before"]) - timedelta(days=1) if match["before"] else read_day(end) if end else None
        for plain in waiting:
            found[plain] = NamedNumber(plain, read_day(start) if start else None, valid_to)
        waiting = []
    return list(found.values())


def product_words(text: str) -> str:
    """Return the description alone: without the numbers in parentheses and without the compiler's notes."""
    return " ".join(SCOPE.sub(" ", COMPILER.sub("", text)).split())


def is_whole_number(text: str) -> bool:
    """Say whether the text is nothing but numbers: the whole statistical line is excluded."""
    return bool(re.match(CODE, text))


def split_tail(text: str) -> tuple[str, str]:
    """Return the description and the end in parentheses that names the numbers, "" where the text has none."""
    match = _TAIL.search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def write_tail(numbers: Sequence[NamedNumber]) -> str:
    """Return the end of a text that names these numbers in the annex's words; "" for none.

    Numbers of the same days stand together: “described in statistical reporting number A prior to DAY; described in
    statistical reporting number B or C effective DAY”.
    """
    groups = [
        f"{_OPENING}{'s' if len(listed) > 2 else ''} {_listed([_dotted(one.number) for one in listed])}{days}"
        for days, each in groupby(numbers, key=_days)
        for listed in [list(each)]
    ]
    return f" ({'; '.join(groups)})" if groups else ""


def read_day(text: str) -> date:
    """Return the day that is written so (“January 1, 2019”). Raises ValueError for any other words."""
    return datetime.strptime(" ".join(text.split()), "%B %d, %Y").date()  # noqa: DTZ007  # a day, not a moment


def _days(named: NamedNumber) -> str:
    if named.valid_from and named.valid_to:
        return f" effective {in_full(named.valid_from)} through {in_full(named.valid_to)}"
    if named.valid_to:
        return f" prior to {in_full(named.valid_to + timedelta(days=1))}"
    return f" effective {in_full(named.valid_from)}" if named.valid_from else ""


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:6]}.{number[6:]}"


def _listed(things: list[str]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} or {things[-1]}"
