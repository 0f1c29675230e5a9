"""The parts a questionnaire is declared with: questions, their kinds, who may see the answers, problems with them.

Answers are kept as JSON, one value a question: text as text, yes/no as "yes" or "no", amounts as strings of digits, an
HTSUS number as ten plain digits, rows as a list of objects, and the purchases as
`{origin: {period: {"value": …, "quantity": …}}, "unit": …}`. A cell of a compound answer is named as the page names its
input, less the key: `china-2017-value`, `0-name` (row 0, column name), `unit`.
"""

from dataclasses import dataclass
from enum import StrEnum

from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.periods import Period


class Kind(StrEnum):
    """What sort of answer a question takes; decides its validation, its widget and how it prints."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    HTS10 = "hts10"  # ten plain digits
    EMAIL = "email"
    PHONE = "phone"  # kept in international form, "+1 202-555-0123"
    YES_NO = "yes_no"
    YES_NO_UNSURE = "yes_no_unsure"
    CHOICE = "choice"
    COUNTRY = "country"  # ISO 3166 two letters
    STATE = "state"  # US Postal Service two letters, or XX outside the United States
    ZIP = "zip"
    MONEY = "money"  # whole US dollars, digits only
    QUANTITY = "quantity"  # {"quantity": digits, "unit": text}
    NUMBER = "number"  # a whole number, digits only
    PERCENT = "percent"  # 0 to 100, at most two decimals
    CAS = "cas"  # CAS Registry Number with its hyphens
    NAICS = "naics"  # six digits
    FILES = "files"  # a list of document ids
    ROWS = "rows"  # a list of {column: value}
    PURCHASES = "purchases"  # origin by period, value and quantity, one unit
    REVENUE = "revenue"  # {period: digits}, whole US dollars
    CERTIFY = "certify"  # "yes" or nothing


class Visibility(StrEnum):
    """Who may read an answer. Nothing but PUBLIC ever enters a public copy."""

    PUBLIC = "public"
    CONFIDENTIAL = "confidential"
    # Confidential, and the question named by `summary_key` takes the public summary (15 CFR 2006.15).
    CONFIDENTIAL_WITH_SUMMARY = "confidential_with_summary"


@dataclass(frozen=True)
class Choice:
    """One answer of a choice question; offered only while `shown_if` holds."""

    value: str
    label: str
    shown_if: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a rows question. Its visibility is the question's unless it says otherwise."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    required: bool | Condition = False
    visibility: Visibility | None = None
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    min_length: int = 0
    max_length: int = 255


@dataclass(frozen=True)
class Origin:
    """Where purchased goods were made: a row group of the purchases table. A required one has no empty cell."""

    key: str
    label: str
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `number` is its place on the agency's form; `source` where the form or rule is found."""

    key: str
    label: str
    kind: Kind
    visibility: Visibility
    step: str
    help: str = ""
    number: str = ""
    required: bool | Condition = False
    shown_if: Condition | None = None
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    min_length: int = 0
    max_length: int = 255
    columns: tuple[Column, ...] = ()
    origins: tuple[Origin, ...] = ()
    periods: tuple[Period, ...] = ()
    summary_key: str = ""
    source: str = ""
    ground: str = ""

    @property
    def is_public(self) -> bool:
        """Whether the answer may enter a public copy."""
        return self.visibility is Visibility.PUBLIC


@dataclass(frozen=True)
class Step:
    """One page of the form; `key` is its place in the address."""

    key: str
    title: str
    introduction: str = ""


@dataclass(frozen=True)
class Problem:
    """Why the answers cannot be filed: the question, the cell within it (or ""), what is wrong and what to do."""

    key: str
    cell: str
    message: str
    remedy: str

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}"


@dataclass(frozen=True)
class PrintedRow:
    """One line of the printed record or the preview, in the order of the form."""

    step: str
    key: str
    label: str
    value: str
    visibility: Visibility
