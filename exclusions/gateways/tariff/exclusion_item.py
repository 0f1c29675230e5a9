"""One granted exclusion as a U.S. note prints it: its text, the numbers it names and the dates it carries.

Used by both readers, of the table and of the note itself, so that the same words give the same item.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
# "[Compiler's note: effective with respect to goods entered ... on or after ... , and before ...]"
WINDOW = re.compile(rf"\[Compiler.s note: effective.*?on or after.*?(?P<start>{DAY}),?\s+and before\s+(?P<end>{DAY})\]")
SCOPE = re.compile(r"\(\s*(?:the foregoing |whether |as )?described in [^()]*(?:\([^()]*\)[^()]*)*\)")
DELETED = re.compile(r"^\[[^\]]*\bdeleted\b.*\]$", re.IGNORECASE)


@dataclass(frozen=True)
class NamedNumber:
    """A statistical number (plain, 10 digits) that a text names, and the days on which the text means it."""

    number: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class ExclusionItem:
    """One numbered product of U.S. note 20. Headings are plain, windows inclusive; None: not stated by the source."""

    heading: str
    note: str
    list_code: str
    released: tuple[str, ...]
    seq: int
    printed: str
    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    line: int = 0

    @property
    def deleted(self) -> bool:
        """Whether a later notice took the product out and left only its number."""
        return bool(DELETED.match(self.text))

    @property
    def key(self) -> str:
        """The product's key; a deleted item has no product, so its place in the note stands for it."""
        if self.deleted:
            return hashlib.sha256(f"deleted|{self.heading}|{self.note}|{self.seq}".encode()).hexdigest()
        return product_key(self.text)


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
        valid_to = _day(match["before"]) - timedelta(days=1) if match["before"] else _day(end) if end else None
        for plain in waiting:
            found[plain] = NamedNumber(plain, _day(start) if start else None, valid_to)
        waiting = []
    return list(found.values())


def own_window(text: str) -> tuple[date, date] | None:
    """Return the days, inclusive, that a compiler's note gives to this one product, if it has any."""
    match = WINDOW.search(text)
    return (_day(match["start"]), _day(match["end"]) - timedelta(days=1)) if match else None


def product_words(text: str) -> str:
    """Return the description alone: without the numbers in parentheses and without the compiler's notes."""
    return " ".join(SCOPE.sub(" ", COMPILER.sub("", text)).split())


def product_key(text: str) -> str:
    """Return the sha256 that is the same wherever the same product recurs on a list, whatever its heading.

    It covers the words, in lower case and without punctuation, and the first number they name: later rounds add
    newer numbers behind it.
    """
    numbers = named_numbers(text)
    words = "" if is_whole_number(text) else re.sub(r"[\W_]+", " ", product_words(text).replace("\u00ad", ""))
    plain = f"{words.casefold().strip()}|{numbers[0].number if numbers else ''}"
    return hashlib.sha256(plain.encode()).hexdigest()


def is_whole_number(text: str) -> bool:
    """Say whether the text is nothing but numbers: the whole statistical line is excluded."""
    return bool(re.match(CODE, text))


def _day(text: str) -> date:
    return datetime.strptime(" ".join(text.split()), "%B %d, %Y").date()  # noqa: DTZ007  # a day, not a moment
