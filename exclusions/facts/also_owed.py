"""What goods of a number owe beside the lists: actions on all goods but named ones, actions on lines of their own that
come on top of the lists, and duties not counted here.

Which goods an action on all goods leaves out is not known line by line: its record says it in words, and a page asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exclusions.days import within
from exclusions.facts.action_rates import ActionRates, action_rates
from exclusions.facts.coverage import Coverage
from exclusions.gateways.tariff.other_duties import OtherDuty, other_duties_on
from exclusions.hts import HtsNumber, dotted
from exclusions.models.tariff import TariffAction

MOST_NAMED = 3
NO_GOODS = ("98", "99")  # provisions of the schedule, not goods


@dataclass(frozen=True, slots=True)
class AlsoOwed:
    """An action beside the lists, at one rate from one day to another (inclusive; no last day: still).

    `heading` is the plain chapter 99 number, `rate_pct` percent of value; `unless` says which goods it leaves out.
    `goods`: it is owed on these goods of the line alone, and `other_goods` is the plain heading that does not apply to
    them, or "".
    """

    code: str
    action: str
    citation: str
    unless: str
    heading: str
    rate_pct: Decimal
    valid_from: date
    valid_to: date | None
    goods: str = ""
    other_goods: str = ""

    @property
    def heading_dotted(self) -> str:
        """The heading as it is printed: 9903.05.31."""
        return dotted(self.heading)

    @property
    def short(self) -> str:
        """What it is called, without what it is about: Maritime action of October 2025."""
        return self.action.partition(":")[0]

    @property
    def question(self) -> str:
        """What decides whether goods owe it; "" where all do."""
        if self.goods:
            return f"Only for {self.goods.partition(' (')[0]}."
        return "You may not owe this. See the exceptions." if self.unless else ""

    def holds_on(self, as_of: date) -> bool:
        """Whether the day is within its dates."""
        return within(as_of, self.valid_from, self.valid_to)


def actions_on_all_goods(rates: ActionRates | None = None) -> list[AlsoOwed]:
    """Return the rates of every action on all goods, of all days, those that began first first.

    One statement where the rates of all actions are not read already.
    """
    return [
        AlsoOwed(action.code, action.name, action.citation, action.unless, rate.heading, rate.pct, rate.valid_from,
                 rate.valid_to)
        for action, rate in (action_rates() if rates is None else rates)
        if action.reach == TariffAction.Reach.ALL_GOODS and not action.suspended
    ]  # fmt: skip


def also_owed(number: HtsNumber, as_of: date, known: Iterable[AlsoOwed]) -> list[AlsoOwed]:
    """Those of `known` that goods of the number owe on the day; none for chapters 98 and 99."""
    if number.chapter in NO_GOODS:
        return []
    return [item for item in known if item.holds_on(as_of)]


def on_top(beside: Iterable[Coverage], citations: Mapping[str, str]) -> list[AlsoOwed]:
    """Return what `CoveredRows.beside` gave, as what is owed on top of the lists; `citations` by the code of the
    action.
    """
    return [
        AlsoOwed(item.list_code, item.action, citations[item.list_code], "", item.heading, item.rate_pct,
                 item.valid_from, item.valid_to, item.goods, item.other_goods)
        for item in beside
        if item.in_force
    ]  # fmt: skip


def not_counted(number: HtsNumber, as_of: date) -> list[OtherDuty]:
    """Return the duties that goods of the number may owe on the day and that are not counted here. No statement."""
    if number.chapter in NO_GOODS:
        return []
    return other_duties_on(number.plain, as_of)


def others_in_words(found: Iterable[OtherDuty]) -> str:
    """Name the duties that may come on top, for a sentence: the first few of them, each once; "" for none."""
    names = list(dict.fromkeys(duty.short for duty in found))[:MOST_NAMED]
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last
