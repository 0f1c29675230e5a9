"""From what a person typed to the one form an answer is kept in, kind by kind; or a sentence saying why not."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Protocol

import phonenumbers
from stdnum import casrn
from stdnum.exceptions import InvalidChecksum, ValidationError

from exclusions import hts
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Kind

_MONEY = re.compile(
    r"^(?:USD|US)?\s*\$?\s*(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.0{1,2})?\s*(?:USD|dollars)?$", re.IGNORECASE | re.ASCII
)
_WHOLE = re.compile(r"^(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?$", re.ASCII)
_PERCENT = re.compile(r"^(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))?\s*(?:%|percent)?$", re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"^[^\s@<>(),;:\"]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$")
_ZIP = re.compile(r"^(\d{5})(?:-?(\d{4}))?$", re.ASCII)
_CAS = re.compile(r"^(?:CAS\s*(?:No\.?|RN)?\s*:?\s*)?(?P<number>\d{2,7}-\d{2}-\d)$", re.IGNORECASE | re.ASCII)
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
_UNSURE = {"unsure": "unsure", "not sure": "unsure", "not_sure": "unsure"}
# Control characters but tab and line feed, and lone surrogates: PostgreSQL cannot store nor a letter print them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
QUOTED = 40  # characters of a refused value that its sentence repeats
_MANY = (list, dict, tuple, set)
# A number of the North American plan as it is kept: it stays so, without asking the tables of the world.
_KEPT_PHONE = re.compile(r"\+1 [2-9][0-9]{2}-[0-9]{3}-[0-9]{4}")
MAX_DIGITS = 15  # a quadrillion: past any trade figure, within what spreadsheets and databases hold exactly


class Rejected(Exception):
    """The value cannot be an answer of its kind; `message` names the field, `remedy` says what to enter."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


class Field(Protocol):
    """What a question and a column of a row have in common: enough to validate one value."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def choices(self) -> tuple[Choice, ...]: ...
    @property
    def max_length(self) -> int: ...


def plain(value: Any) -> str:
    """Return the value as text: trimmed, no control characters, one kind of line end; True and False as yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.isascii() and value.isprintable():  # as most are: nothing is there to change
        return value.strip()
    text = _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text).strip()


def scalar(field: Field, value: Any) -> str:
    """One value in the form it is kept in, "" for none. Raises Rejected when it is not of the field's kind."""
    if isinstance(value, _MANY):
        raise Rejected(f'"{field.label}" takes one value, not a list or table.', "Enter a single value.")
    text = plain(value)
    return _NORMALISERS[field.kind](field, text) if text else ""


def _not(field: Field, text: str, what: str, remedy: str) -> Rejected:
    """Return the refusal of a value: the field is named once, and what was typed quoted once, cut where it is long."""
    quoted = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
    return Rejected(f'"{field.label}": "{quoted}" is not {what}.', remedy)


def _text(field: Field, text: str) -> str:
    return _within(field, " ".join(text.split()))


def _within(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        raise Rejected(
            f'"{field.label}" is {len(text):,} characters long. The limit is {field.max_length:,}.',
            "Shorten it, or put the details in a supporting document.",
        )
    return text


def _hts10(field: Field, text: str) -> str:
    try:
        return hts.parse(text, digits=(10,)).plain
    except hts.HtsError as error:
        raise Rejected(
            f'"{field.label}": {error}',
            "Enter all ten digits. If the 8-digit subheading has no breakout, add 00 at the end.",
        ) from error


def _email(field: Field, text: str) -> str:
    if len(text) > 254 or not _EMAIL.match(text):
        raise _not(field, text, "an e-mail address", "Enter one address, such as name@example.com.")
    return text


def _phone(field: Field, text: str) -> str:
    if _KEPT_PHONE.fullmatch(text):
        return text
    remedy = "Enter ten digits for a US number, or start with + and the country code."
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException as error:
        raise _not(field, text, "a telephone number", remedy) from error
    # Whether the length is possible, not whether the range is in service: new ranges open before tables know them.
    if not phonenumbers.is_possible_number(number):
        raise Rejected(f'"{field.label}" has too few or too many digits for a telephone number.', remedy)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _yes_no(field: Field, text: str) -> str:
    found = _YES_NO.get(text.lower())
    if found is None:
        raise Rejected(f'"{field.label}" must be answered with yes or no.', "Choose Yes or No.")
    return found


def _yes_no_unsure(field: Field, text: str) -> str:
    found = (_YES_NO | _UNSURE).get(text.lower())
    if found is None:
        raise Rejected(f'"{field.label}" must be answered with yes, no or not sure.', "Choose Yes, No or Not sure.")
    return found


def _choice(field: Field, text: str) -> str:
    low = text.lower()
    for choice in field.choices:
        if low == choice.value.lower() or low == choice.label.lower():
            return choice.value
    offered = ", ".join(choice.label for choice in field.choices)
    raise _not(field, text, "one of the answers offered", f"Choose one of: {offered}.")


def _country(field: Field, text: str) -> str:
    return _place(field, text, COUNTRIES, "Choose a country from the list, or give its two-letter ISO code.")


def _state(field: Field, text: str) -> str:
    return _place(field, text, STATES, "Choose a state or territory from the list, or give its two-letter postal code.")


def _place(field: Field, text: str, table: dict[str, str], remedy: str) -> str:
    if text.upper() in table:
        return text.upper()
    for code, name in table.items():
        if text.casefold() == name.casefold():
            return code
    raise _not(field, text, "in the list", remedy)


def _zip(field: Field, text: str) -> str:
    match = _ZIP.match(text)
    if match is None:
        raise _not(field, text, "a ZIP code", "Enter five digits, or nine as 12345-6789.")
    return f"{match[1]}-{match[2]}" if match[2] else match[1]


def _is_kept(text: str) -> bool:
    """Whether a figure is in the form in which it is kept: digits alone, as most that are read again."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS and (text[0] != "0" or text == "0")


def _money(field: Field, text: str) -> str:
    if _is_kept(text):
        return text
    match = _MONEY.match(text)
    if match is None:
        raise _not(
            field,
            text,
            "an amount in whole US dollars",
            "Write the amount out in digits without cents, such as 2100000 or $2,100,000. Enter 0 for none.",
        )
    return _digits(field, match["whole"])


def _number(field: Field, text: str) -> str:
    if _is_kept(text):
        return text
    match = _WHOLE.match(text)
    if match is None:
        raise _not(
            field,
            text,
            "a whole number",
            "Write it in digits, rounded, without the unit, such as 12500 or 12,500. Enter 0 for none.",
        )
    return _digits(field, match["whole"])


def _digits(field: Field, text: str) -> str:
    digits = text.replace(",", "").lstrip("0") or "0"
    if len(digits) > MAX_DIGITS:
        raise Rejected(
            f'"{field.label}" has too many digits.', "Check the figure. Enter amounts in single dollars or units."
        )
    return digits


def _percent(field: Field, text: str) -> str:
    match = _PERCENT.match(text)
    if match is None or float(f"{match['whole']}.{match['part'] or 0}") > 100:
        raise _not(
            field,
            text,
            "a percentage from 0 to 100",
            "Enter a number such as 41 or 41.5, with at most two decimals.",
        )
    part = (match["part"] or "").rstrip("0")
    whole = str(int(match["whole"]))
    return f"{whole}.{part}" if part else whole


def _cas(field: Field, text: str) -> str:
    match = _CAS.match(text)
    remedy = "Enter it with its hyphens, such as 108-77-0, as the supplier's safety data sheet gives it."
    if match is None:
        raise _not(field, text, "a CAS Registry Number", remedy)
    try:
        return str(casrn.validate(match["number"]))
    except InvalidChecksum as error:
        raise Rejected(f'"{field.label}": the check digit of {match["number"]} is wrong.', remedy) from error
    except ValidationError as error:
        raise _not(field, text, "a CAS Registry Number", remedy) from error


def _naics(field: Field, text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", text):
        raise _not(field, text, "a NAICS code", "Enter the six digits of the industry code.")
    return text


def _certify(field: Field, text: str) -> str:
    if text.lower() in ("yes", "on", "true", "1"):
        return "yes"
    if text.lower() in ("no", "off", "false", "0"):
        return ""
    raise Rejected(f'"{field.label}" can only be ticked.', "Tick the box to certify.")


_NORMALISERS: dict[Kind, Callable[[Field, str], str]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _within,
    Kind.HTS10: _hts10,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.YES_NO: _yes_no,
    Kind.YES_NO_UNSURE: _yes_no_unsure,
    Kind.CHOICE: _choice,
    Kind.COUNTRY: _country,
    Kind.STATE: _state,
    Kind.ZIP: _zip,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.CAS: _cas,
    Kind.NAICS: _naics,
    Kind.CERTIFY: _certify,
}
