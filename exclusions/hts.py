"""A number of the Harmonized Tariff Schedule of the United States: read it, compare it, write it.

Numbers are kept plain (digits only) and shown dotted. Four digits are a heading, six and eight a subheading (eight
is the legal rate line), ten a statistical reporting number.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

LEVELS = (4, 6, 8, 10)
EXAMPLES = {4: "8413", 6: "8413.81", 8: "8413.81.00", 10: "8413.81.0040"}
_NOT_DIGIT = re.compile(r"[^0-9]")
# What people and keyboards put between the digits: dots, blanks, dashes of any length, signs that no page shows.
_BETWEEN = re.compile("[\\s.\u00a0\u200b\ufeff\u2010-\u2015\u2212-]")
# Digits and the dot of a keyboard for Chinese or Japanese. Other scripts' digits may be meant otherwise.
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF0D: "-"}
# 1901-10-05 or 10/5/1901, and either with a time. 8412-39-0080 has no such month, 8412-10-0080 no such day.
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])|\d{1,2}/\d{1,2}/\d{2,4})(?:[ T].*)?"
)
_POWER = re.compile(r"[0-9.]+[eE]\+?[0-9]+")


class HtsError(ValueError):
    """Text that is not an HTSUS number. The message is a sentence that says what is wrong and what would help."""


@dataclass(frozen=True, order=True)
class HtsNumber:
    """A well-formed number of 2 (chapter), 4, 6, 8 or 10 digits. Whether it exists on a day is for the schedule to say.

    Raises HtsError when `plain` is not such digits.
    """

    plain: str

    def __post_init__(self) -> None:
        if not (self.plain.isascii() and self.plain.isdigit() and len(self.plain) in (2, *LEVELS)):
            raise HtsError(f"“{self.plain[:40]}” is not an HTSUS number in plain digits.")

    def __str__(self) -> str:
        return self.dotted

    @property
    def dotted(self) -> str:
        """As USTR prints it: 8413.81.0040."""
        return dotted(self.plain)

    @property
    def level(self) -> int:
        """How many digits it has: 2, 4, 6, 8 or 10."""
        return len(self.plain)

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.plain[:2]

    @property
    def hts4(self) -> str:
        """The heading, plain; shorter if the number is."""
        return self.plain[:4]

    @property
    def hts6(self) -> str:
        """The international subheading, plain; shorter if the number is."""
        return self.plain[:6]

    @property
    def hts8(self) -> str:
        """The legal rate line, plain; shorter if the number is."""
        return self.plain[:8]

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The plain numbers above it, from the heading down, without itself."""
        return tuple(self.plain[:digits] for digits in LEVELS if digits < self.level)

    def contains(self, other: "HtsNumber") -> bool:
        """Whether `other` is this number or one below it in the schedule."""
        return other.plain.startswith(self.plain)


def parse(text: str, *, digits: Collection[int] = LEVELS) -> HtsNumber:
    """Return the number a person typed: dotted or plain, with blanks or dashes anywhere. `digits`: the lengths that
    will do.

    Raises HtsError with a sentence that says what is wrong and the remedy.
    """
    shown = " ".join(text.split())
    compact = undotted(text)
    if not compact:
        raise HtsError(f"Enter an HTSUS number, for example {EXAMPLES[max(digits)]}.")
    _refuse_spreadsheet_damage(shown)
    odd = _NOT_DIGIT.search(compact)
    if odd:
        raise HtsError(
            f"“{_short(shown)}” contains “{odd.group()}”. "
            f"Use only the digits 0 to 9 and dots, for example {EXAMPLES[max(digits)]}."
        )
    if len(compact) not in digits:
        raise HtsError(_wrong_length(shown, compact, digits))
    if compact.startswith("00"):
        raise HtsError(f"“{_short(shown)}” begins with 00, and there is no chapter 00. Check the first two digits.")
    return HtsNumber(compact)


def parse_prefix(text: str) -> str:
    """Return the plain digits (at most 10) that a number is to begin with, from dotted or plain text; "" for blank
    text.

    Raises HtsError with a sentence for anything else.
    """
    digits = undotted(text)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()):
        raise HtsError(
            f"“{_short(text)}” is not the beginning of an HTSUS number. Use digits and dots, such as 8413.81."
        )
    if len(digits) > max(LEVELS):
        raise HtsError(_wrong_length(text.strip(), digits, LEVELS))
    return digits


def undotted(text: str) -> str:
    """Leave out what stands between the digits of a number, however it was typed; full-width digits become plain."""
    return _BETWEEN.sub("", text.translate(_WIDE))


def holds_words(q: str) -> bool:
    """Whether what a person typed is more than digits, and what stands between them in a number."""
    return bool(undotted(q).strip("0123456789"))


def range_of(prefix: str) -> tuple[str, str]:
    """Two plain texts between which all numbers lie that begin with the digits: from the first, below the second."""
    following = str(int(prefix) + 1).zfill(len(prefix))
    return prefix, following if len(following) == len(prefix) else "9" * (max(LEVELS) + 1)


def dotted(plain: str) -> str:
    """Write plain digits as USTR prints them: 8413, 8413.81, 8413.81.00, 8413.81.0040."""
    if len(plain) > 6:
        return f"{plain[:4]}.{plain[4:6]}.{plain[6:]}"
    return f"{plain[:4]}.{plain[4:]}" if len(plain) > 4 else plain


def _refuse_spreadsheet_damage(shown: str) -> None:
    if _DATE.fullmatch(shown):
        raise HtsError(
            f"“{_short(shown)}” is a date. A spreadsheet program may have changed the number. "
            "Format the column as text and enter the number again."
        )
    if _POWER.fullmatch(shown):
        raise HtsError(
            f"“{_short(shown)}” is a number in scientific form, and digits are lost. "
            "Format the column as text and enter the number again."
        )


def _wrong_length(shown: str, compact: str, digits: Collection[int]) -> str:
    count = len(compact)
    wanted = _either(sorted(digits))
    start = f"“{_short(shown)}” has {count} digit{'' if count == 1 else 's'}"
    if count > max(digits):
        return f"{start}, which is too many: give {wanted} digits, for example {EXAMPLES[max(digits)]}."
    if count + 1 in digits and compact[0] != "0":
        return (
            f"{start}: give {wanted} digits. If a leading zero was lost, it is {dotted('0' + compact)}. "
            "Otherwise a digit is missing."
        )
    return f"{start}: give {wanted} digits, for example {EXAMPLES[max(digits)]}."


def _either(counts: list[int]) -> str:
    *most, last = [str(count) for count in counts]
    return f"{', '.join(most)} or {last}" if most else last


def _short(shown: str) -> str:
    return shown if len(shown) <= 40 else shown[:39] + "…"
