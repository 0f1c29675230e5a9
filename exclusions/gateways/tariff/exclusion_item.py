"""One granted exclusion as a U.S. note prints it: its text, the numbers it names and the dates it carries.

Used by both readers, of the table and of the note itself, so that the same words give the same item.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from exclusions.wording.named_numbers import (
    DAY,
    is_whole_number,
    named_numbers,
    product_words,
    read_day,
)

# "[Compiler's note: effective with respect to goods entered ... on or after ... , and before ...]"
WINDOW = re.compile(rf"\[Compiler.s note: effective.*?on or after.*?(?P<start>{DAY}),?\s+and before\s+(?P<end>{DAY})\]")
DELETED = re.compile(r"^\[[^\]]*\bdeleted\b.*\]$", re.IGNORECASE)


@dataclass(frozen=True)
class ExclusionItem:
    """One numbered product of U.S. note 20. Headings are plain, windows inclusive; None: not stated by the source.

    One that `amends` gives the product other words from a day on (`amended_from`; None: not known) by an `authority`.
    `source` says where the words are from, where that is another place than the file; `reason` what they mean.
    """

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
    amends: bool = False
    amended_from: date | None = None
    authority: str = ""
    source: str = ""
    reason: str = ""

    @cached_property
    def deleted(self) -> bool:
        """Whether a later notice took the product out and left only its number."""
        return bool(DELETED.match(self.text))

    @cached_property
    def key(self) -> str:
        """The product's key; a deleted item has no product, so its place in the note stands for it."""
        if self.deleted:
            return hashlib.sha256(f"deleted|{self.heading}|{self.note}|{self.seq}".encode()).hexdigest()
        return product_key(self.text)


def own_window(text: str) -> tuple[date, date] | None:
    """Return the days, inclusive, that a compiler's note gives to this one product, if it has any."""
    match = WINDOW.search(text)
    return (read_day(match["start"]), read_day(match["end"]) - timedelta(days=1)) if match else None


def product_key(text: str) -> str:
    """Return the sha256 that is the same wherever the same product recurs on a list, whatever its heading.

    It covers the words, in lower case and without punctuation, and the first number they name: later rounds add
    newer numbers behind it.
    """
    numbers = named_numbers(text)
    words = "" if is_whole_number(text) else re.sub(r"[\W_]+", " ", product_words(text).replace("\u00ad", ""))
    plain = f"{words.casefold().strip()}|{numbers[0].number if numbers else ''}"
    return hashlib.sha256(plain.encode()).hexdigest()
