"""The rates of every action, of all days: a few dozen rows, which are read at once for lists and for all goods."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from exclusions.models.tariff import ActionRate


class Rate(NamedTuple):
    """The additional duty under a heading, in percent of value, from one day to another."""

    heading: str
    pct: Decimal
    kind: str
    valid_from: date
    valid_to: date | None
    source: str
    goods: str
    other_goods: str


class Action(NamedTuple):
    """What a rate belongs to."""

    code: str
    name: str
    citation: str
    unless: str
    reach: str
    suspended: bool


ActionRates = Sequence[tuple[Action, Rate]]


_COLUMNS = [*(f"action__{name}" for name in Action._fields), *Rate._fields]
_RATES = ActionRate.objects.order_by("valid_from", "heading").values_list(*_COLUMNS)  # put together once


def action_rates() -> ActionRates:
    """Return the rates of every action, those that began first first. One statement."""
    rows = list(_RATES.all())
    size = len(Action._fields)
    actions = {row[0]: Action(*row[:size]) for row in rows}  # each has several rates
    return [(actions[row[0]], Rate._make(row[size:])) for row in rows]
