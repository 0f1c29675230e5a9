"""Does a public answer repeat, in whatever form, what was given in confidence, or look as if it held such matter?

15 CFR 2006.15. The filer's own confidential values are errors: they would be published. Everything else that looks like
a price, a name or an address is a warning, for the filer now and for the clerk who screens before posting.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exclusions.checks.confidential.leak_matcher import Matcher, hit_id
from exclusions.checks.confidential.values import OPEN, allowed, declared
from exclusions.checks.confidential.words import suspicions
from exclusions.checks.purchase_figures import figures
from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning

_AMOUNT = re.compile(
    r"(?:(?P<money>(?:US)?\$\s?)|(?<![\w.,]))(?P<number>\d[\d,]{0,30}(?:\.\d{1,10})?)"
    r"\s?(?P<scale>thousand|million|billion|k|mn|mm|m|bn)?\b",
    re.I,
)
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "mm": 1e6, "billion": 1e9, "bn": 1e9}
_TELEPHONE = re.compile(r"(?:\+?1[\s.-]?)?\(?\b\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b", re.ASCII)
_MONEY = re.compile(r"(?:US)?\$\s?\d", re.I)
# How annex texts bound a value (8412.39.0080: "valued over $68 but not over $72 per unit"): a feature, not a price.
_VALUE_BAND = re.compile(
    r"\bvalued?\b[^;.$]{0,60}\$[\d,.]+(?:[^;.$]{0,40}\$[\d,.]+)?(?:\s*(?:per\s+\w+|each))?", re.IGNORECASE
)
# Where amounts in dollars have no place; in explanations of harm they may well be public.
_NO_MONEY = frozenset({"product_name", "product_description", "product_function", "unique_features"})


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for the filer's own confidential figures, names and addresses; warnings for what looks like such.

    An error says which confidential question, and its `excerpt` shows the words; the filer takes them out, or declares
    with a reason that they are not confidential (`Facts.settled`).
    """
    matcher, prices = Matcher(declared(form, answers), allowed(form, answers)), _prices(answers)
    for key, text in _texts(form, answers):
        hits = matcher.find(text)
        # What is settled must not stand before another value of the same question.
        left = {hit.secret.label: hit for hit in reversed(hits) if hit_id(key, hit.secret) not in facts.settled}
        for hit in left.values():
            yield error(
                key,
                f'This public answer repeats what you gave as confidential under "{hit.secret.label}".',
                "Remove it here, or we publish it. Your confidential answer stays on record.",
                leak=hit_id(key, hit.secret),
                excerpt=hit.excerpt,
            )
        if not hits:
            yield from _looks(key, text, prices)


def looks(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """The warnings of `check` alone. Only for what looks like such is it asked whether it repeats what is confidential:
    then it is an error, and no warning."""
    prices, matcher = _prices(answers), None
    for key, text in _texts(form, answers):
        found = list(_looks(key, text, prices))
        if found and matcher is None:
            matcher = Matcher(declared(form, answers), allowed(form, answers))
        if found and matcher is not None and not matcher.find(text):
            yield from found


def _texts(form: Form, answers: Answers) -> Iterator[tuple[str, str]]:
    for key, value in form.public(answers).items():
        text = "\n".join(_leaves(value))
        if text and key not in OPEN:
            yield key, text


def _prices(answers: Answers) -> set[float]:
    return {round(f.value / f.quantity, 2) for f in figures(answers) if f.value and f.quantity}


def _looks(key: str, text: str, prices: set[float]) -> Iterator[CheckResult]:
    found = suspicions(_VALUE_BAND.sub(" ", text))
    if found:
        yield warning(
            key,
            f'This public answer {found[0].why}: "{found[0].excerpt}"',
            "We publish this answer. Remove anything confidential.",
        )
    if _TELEPHONE.search(text):
        yield warning(key, "This public answer has a telephone number.", "Remove it unless everyone may see it.")
    if prices & {amount for amount, money, scaled, _ in _figures(text) if money and not scaled}:
        yield warning(
            key,
            "This public answer states the value per unit of your own purchases.",
            "Remove it unless everyone may see it. You may keep a value band: over one amount but not over another.",
        )
    elif key in _NO_MONEY and _MONEY.search(_VALUE_BAND.sub(" ", text)) and not found:
        yield warning(
            key,
            "This public answer states an amount in dollars.",
            "A value band can define a product. Do not state your own costs and prices in a public answer.",
        )


def _figures(text: str) -> Iterator[tuple[float, bool, bool, int]]:
    """(amount, with a dollar sign, written with a scale word, significant digits) of each figure in a text."""
    for match in _AMOUNT.finditer(text):
        scale, money = (match["scale"] or "").casefold(), bool(match["money"])
        # "m", "mm" and "k" are meters, millimeters and kelvin unless a dollar sign stands before.
        if scale in ("m", "mm", "k") and not money:
            scale = ""
        digits = match["number"].replace(",", "")
        yield round(float(digits) * _SCALES.get(scale, 1), 2), money, bool(scale), len(digits.rstrip("0"))


def _leaves(value: Any) -> Iterator[str]:
    """Every text in an answer but units, choices of one word and document ids of lists."""
    if isinstance(value, str):
        if value not in ("yes", "no", "unsure", "both", "input", "final", "requester", "third_party"):
            yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != "unit":
                yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            if isinstance(part, Mapping):
                yield from _leaves(part)
