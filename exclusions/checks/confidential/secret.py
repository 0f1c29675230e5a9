"""A confidential value: what it is, and which question it answers."""

from dataclasses import dataclass, field
from enum import StrEnum


class Sort(StrEnum):
    """What a confidential value is; decides how it is looked for."""

    FIGURE = "figure"  # an amount; one below 10,000 only beside a sign of money or what it counts
    PERCENT = "percent"  # only beside a percent mark or word
    NAME = "name"  # in any order of its words
    PHRASE = "phrase"  # in order; a long one by its passages
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True)
class Secret:
    """A confidential value: the key and label of the question it answers, never shown with the value itself."""

    source: str
    label: str
    value: str = field(repr=False)
    sort: Sort
