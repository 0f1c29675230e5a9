"""Are the purchases plausible: something bought, quantity with value, no slip of a thousand, the schedule's unit?"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from exclusions.checks.purchase_figures import Figure, figures
from exclusions.checks.result import Answers, CheckResult, Facts, Form, warning

KEY = "purchases"
JUMP = 10  # times, after scaling parts of a year to a year
# The schedule's abbreviations beside the words that quantities are kept in.
_UNITS = {
    "no.": "number",
    "no": "number",
    "kg": "kg",
    "g": "g",
    "t": "t",
    "liters": "liters",
    "m": "m",
    "m2": "m2",
    "m²": "m2",
    "m3": "m3",
    "prs.": "pairs",
    "prs": "pairs",
    "doz.": "dozens",
    "doz": "dozens",
    "dpr": "dozen pairs",
}


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Warnings only: any figure may be true."""
    found = list(figures(answers))
    chinese = [figure for figure in found if figure.origin == "china" and figure.value is not None]
    if chinese and not any(figure.value for figure in chinese):
        yield warning(
            KEY,
            "All your purchases from China are zero.",
            "Enter what you bought. If you bought nothing, explain elsewhere why you ask for an exclusion.",
            "china-" + chinese[0].period + "-value",
        )
    for figure in found:
        yield from _one_without_other(figure)
    for origin in dict.fromkeys(figure.origin for figure in found):
        for before, after in pairwise(figure for figure in found if figure.origin == origin):
            yield from _jump(before, after)
    yield from _unit(answers, facts)


def _one_without_other(figure: Figure) -> Iterator[CheckResult]:
    if figure.value and figure.quantity == 0:
        yield warning(KEY, "There is a value but the quantity is zero.", "Check both.", f"{figure.cell}-quantity")
    if figure.quantity and figure.value == 0:
        yield warning(KEY, "There is a quantity but the value is zero.", "Check both.", f"{figure.cell}-value")


def _jump(before: Figure, after: Figure) -> Iterator[CheckResult]:
    """A price or a yearly value that is ten times that of the period before, or a tenth of it."""
    if not (before.value and after.value):
        return
    if before.quantity and after.quantity:
        price = (after.value / after.quantity) / (before.value / before.quantity)
        if price >= JUMP or price * JUMP <= 1:
            yield warning(
                KEY,
                f"The value per unit is {_times(price)} that of {before.period}.",
                "Check the number of zeros and the unit.",
                f"{after.cell}-value",
            )
            return
    value = (after.value * after.a_year) / (before.value * before.a_year)
    if value >= JUMP or value * JUMP <= 1:
        yield warning(
            KEY,
            f"Over a whole year, the value is {_times(value)} that of {before.period}.",
            "Check the number of zeros. Enter amounts in single dollars.",
            f"{after.cell}-value",
        )


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} times" if ratio >= 1 else f"a {1 / ratio:,.0f}th of"


def _unit(answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    purchases = answers.get(KEY)
    unit = str(purchases.get("unit") or "") if isinstance(purchases, Mapping) else ""
    if not unit or facts.tariff is None:
        return
    printed = [text for text in facts.tariff.units if text.strip().upper() not in ("", "X")]
    known = {_UNITS[text.strip().casefold()] for text in printed if text.strip().casefold() in _UNITS}
    if known and unit not in known:
        yield warning(
            KEY,
            f"Your quantities are in {unit}. The tariff schedule counts this number in {' and '.join(printed)}.",
            "If you can, use the unit of the schedule. Then reviewers can compare your figures with import statistics.",
            "unit",
        )
