"""Is the description long and exact enough for Customs to tell the product by it?"""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, warning
from exclusions.checks.scope_texts import remarks

KEY = "product_description"
SHORT = 120  # characters; the shortest annex texts that define a product by its features are about this long
_MEASURE = re.compile(
    r"\d\s*(?:%|percent|°|mm|cm|m|km|in|inch(?:es)?|ft|feet|g|kg|mg|lb|lbs|oz|t|ml|l|liters?|litres?|gal(?:lons?)?|"
    r"w|kw|v|volts?|kv|a|amps?|mah|hz|khz|mhz|ghz|bar|mbar|psi|pa|kpa|mpa|nm|rpm|db|lumens?|lm|k|c|f|dtex|denier|"
    r"gsm|g/m2|m2|m3|cc|x)\b|\d\s*(?:°|%|\"|″|')|\d\s*[x×]\s*\d",  # noqa: RUF001 (people do type the sign)
    re.IGNORECASE,
)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Warnings for a short description, for one without any measure, and for words that measure nothing.

    Such words define nothing among the features of the product either.
    """
    yield from remarks(form, answers, facts, {"articles", "vague", "vague-size", "no-unit"}, (KEY,))
    yield from remarks(form, answers, facts, {"vague", "vague-size"}, ("unique_features",))
    text = answers.get(KEY)
    if not isinstance(text, str) or not text or KEY not in form.public_keys:
        return
    if len(text) < SHORT:
        yield warning(
            KEY,
            f"The description is short: {len(text)} characters.",
            "Add dimensions, weight, material, composition and ratings. Vague requests are denied.",
        )
    if not _MEASURE.search(text):
        yield warning(
            KEY,
            "The description gives no measure with a unit.",
            'Add dimensions, weights or ratings with their units, such as "not over 20 mm" or "at least 2 kW".',
        )
