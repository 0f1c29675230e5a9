"""Exclusions that name a number, compared with the words of somebody's own goods, as of a day.

One answer for everybody who asks: “Does an exclusion cover mine?”, and who files a petition for a product that an
exclusion covered until it ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.numbers import NumberOnDay
from exclusions.hts import HtsNumber, dotted
from exclusions.models.exclusion import ExclusionTerm
from exclusions.wording import parse
from exclusions.wording.fit import Fit, Verdict, fits
from exclusions.wording.said import Goods

IN_FORCE, AHEAD, ENDED = "in force", "ahead", "ended"
PENDING, DELETED, UNDATED, RENUMBERED = "notice pending", "deleted", "dates not known", "number of another time"
SILENT = " is required; the description does not say"
ORDER = (Verdict.YES, Verdict.ASK, Verdict.NO)
NOTHING_SAID = Fit(Verdict.ASK, ("describe the goods: name, material, use and measures",))


@dataclass(frozen=True)
class HeldAgainst:
    """An exclusion under the term that speaks on the day, where it stands then, and how the goods fit its text.

    The fit is of the text alone: goods may use the exclusion only where `standing` is “in force”.
    """

    exclusion: NamedExclusion
    standing: str
    fit: Fit

    @property
    def verdict(self) -> str:
        """Yes, no or ask."""
        return self.fit.verdict.value

    @property
    def reasons(self) -> list[str]:
        """Why, for a page: what the description does not say is named in one sentence."""
        silent = [why.removesuffix(SILENT) for why in self.fit.why if why.endswith(SILENT)]
        other = [why for why in self.fit.why if not why.endswith(SILENT)]
        return [*other, *([f"your description does not say: {'; '.join(silent)}"] if silent else [])]

    @property
    def in_force(self) -> bool:
        """Whether goods entered on the day may use it."""
        return self.standing == IN_FORCE


def hold(facts: NumberOnDay, number: HtsNumber, words: str) -> list[HeldAgainst]:
    """Hold goods that are described in any words against each exclusion that names their number, of 8 or 10 digits.

    As of the day of the facts: in force first, of those that fit first. A text in force is there once for each heading
    under which it is; of another text the term speaks that is next ahead, else the one that ended last. No statement.
    """
    goods = Goods(words)
    live = [HeldAgainst(item, IN_FORCE, _fit(item, number, goods)) for item in facts.exclusions]
    compared = [*live, *_over(facts, number, goods)]
    return sorted(compared, key=_place)


def ended(facts: NumberOnDay, number: HtsNumber, words: str) -> list[HeldAgainst]:
    """Return the exclusions that ended before the day of the facts and that goods in these words may have used.

    They call the goods as the words do. Those that fit first, of these the last that ended first. Without words, those
    of whole numbers alone. No statement.
    """
    found = [one for one in _over(facts, number, Goods(words)) if one.standing == ENDED]
    if not words.strip():
        found = [one for one in found if one.exclusion.whole_number]
    kept = [one for one in found if one.fit.verdict is not Verdict.NO and one.fit.named]
    return sorted(kept, key=lambda one: (ORDER.index(one.fit.verdict), -_last_day(one).toordinal(), *_place(one)[2:]))


def _last_day(one: HeldAgainst) -> date:
    return one.exclusion.valid_to or date.max


def _over(facts: NumberOnDay, number: HtsNumber, goods: Goods) -> Iterable[HeldAgainst]:
    """Yield the texts that are not in force on the day, each under the term that speaks."""
    named = {(item.reference, item.text) for item in facts.exclusions}
    rest = [item for item in facts.other_exclusions if (item.reference, item.text) not in named]
    for item in _speaking(rest, facts.as_of):
        yield HeldAgainst(item, term_state(item, facts.as_of), _fit(item, number, goods))


def term_state(item: NamedExclusion, as_of: date) -> str:
    """Say where a term stands on a day, for goods of the number by which it is named."""
    if item.in_force(as_of):
        return IN_FORCE
    if item.status == ExclusionTerm.Status.PENDING:
        return PENDING
    if item.status == ExclusionTerm.Status.DELETED:
        return DELETED
    if item.valid_from is None:
        return UNDATED
    if item.valid_from > as_of:
        return AHEAD
    return ENDED if item.valid_to and item.valid_to < as_of else RENUMBERED


def _speaking(items: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Of each text the term that tells most on the day: the next ahead, else the last that ended, else any."""
    found: dict[tuple[str, str], NamedExclusion] = {}
    for item in items:
        key = (item.reference, item.text)
        if key not in found or _tells(item, as_of) > _tells(found[key], as_of):
            found[key] = item
    return list(found.values())


def _tells(item: NamedExclusion, as_of: date) -> tuple[bool, int]:
    if item.valid_from and item.valid_from > as_of:
        return True, -item.valid_from.toordinal()
    return False, item.valid_to.toordinal() if item.valid_to else 0


def _fit(item: NamedExclusion, number: HtsNumber, goods: Goods) -> Fit:
    """Say how the goods fit; a text of one statistical number is not sure of goods whose number has eight digits."""
    short = number.level < len(item.number)
    if item.whole_number:
        found = Fit(Verdict.YES, (f"this exclusion covers all goods of {dotted(item.number)}",))
    elif not goods.words:
        return NOTHING_SAID
    else:
        found = fits(parse(item.text), goods)
    if short and found.verdict is not Verdict.NO:
        asked = f"is {dotted(item.number)} the statistical number of the goods?"
        return replace(found, verdict=Verdict.ASK, why=(asked, *(found.why if found.verdict is Verdict.ASK else ())))
    return found


def _place(one: HeldAgainst) -> tuple[bool, int, bool, str, str]:
    return (
        not one.in_force,
        ORDER.index(one.fit.verdict),
        not one.fit.named,
        one.exclusion.reference,
        one.exclusion.heading,
    )
