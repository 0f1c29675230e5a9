"""Does an exclusion cover my goods? Each text that names a number, compared with a description, as of a day."""

from dataclasses import dataclass
from datetime import date

from exclusions.facts.goods_held import HeldAgainst, hold
from exclusions.facts.numbers import NumberOnDay, on_day
from exclusions.hts import HtsNumber
from exclusions.wording.fit import Verdict

__all__ = ["FitFound", "HeldAgainst", "fit_found"]


@dataclass(frozen=True)
class FitFound:
    """What holds of a number on a day, and every exclusion that names it: in force first, of those that fit first."""

    on_day: NumberOnDay
    words: str
    compared: list[HeldAgainst]

    @property
    def live(self) -> list[HeldAgainst]:
        """Those in force on the day."""
        return [one for one in self.compared if one.in_force]

    @property
    def others(self) -> list[HeldAgainst]:
        """Those that are over, ahead, pending or undated on the day."""
        return [one for one in self.compared if not one.in_force]

    @property
    def yes(self) -> list[HeldAgainst]:
        """Those in force of which everything is said that they require."""
        return [one for one in self.live if one.fit.verdict is Verdict.YES]

    @property
    def perhaps(self) -> list[HeldAgainst]:
        """Those in force of which something is to be asked."""
        return [one for one in self.live if one.fit.verdict is Verdict.ASK]


def fit_found(number: HtsNumber, words: str, as_of: date) -> FitFound:
    """Hold goods of a number (8 or 10 digits) that are described in any words against each exclusion that names it.

    Seven statements at most, however many exclusions there are; the order is that of `facts.goods_held.hold`.
    """
    facts = on_day(number, as_of)
    return FitFound(facts, words, hold(facts, number, words))
