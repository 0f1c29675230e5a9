"""Does a public answer repeat, in whatever form, what was given in confidence, or look as if it held such matter?

15 CFR 2006.15. The filer's own confidential values are errors: they would be published. Everything else that looks like
a price, a name or an address is a warning, for the filer now and for the clerk who screens before posting.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exclusions.checks.confidential_echo import MIN_DIGITS, echoes
from exclusions.checks.confidential_words import suspicions
from exclusions.checks.purchase_figures import figures
from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, labels, warning

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
MAX_DIGITS = 15  # longer than any figure an answer may hold
# A person's name may be an ordinary word, and a street or city an ordinary place: these alone give nothing away.
_COMMON = ("_first_name", "_last_name", "_city", "_state", "_country", "_zip", "third_countries")
# Answers that may say anything of the filer.
_OPEN = ("org_legal_name", "third_party_name", "hts10", "naics")
# Where amounts in dollars have no place; in explanations of harm they may well be public.
_NO_MONEY = frozenset({"product_name", "product_description", "product_function", "unique_features"})


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for the filer's own confidential figures, names and addresses; warnings for what looks like such."""
    public = form.public(answers)
    names = labels(form, answers)
    secrets = _secrets(form, answers, public)
    words = {key: [text for text in texts if not _digits(text).isdigit()] for key, texts in secrets.items()}
    amounts = {int(text): key for key, texts in secrets.items() for text in texts if _is_figure(text)}
    telephones = {
        _digits(text)[-10:]: key for key, texts in secrets.items() for text in texts if key.endswith("_phone")
    }
    prices = {round(f.value / f.quantity, 2) for f in figures(answers) if f.value and f.quantity}
    open_names = " \n".join(str(public.get(key, "")) for key in _OPEN)
    for key, value in public.items():
        text = "\n".join(_leaves(value))
        if not text or key in _OPEN:
            continue
        repeated = [*echoes(text, words, open_names), *_amounts(text, amounts)]
        repeated += [telephones[n] for n in map(_last_ten, _TELEPHONE.findall(text)) if n in telephones]
        for secret in dict.fromkeys(repeated):
            yield error(
                key,
                f'This public answer repeats what you gave as confidential under "{names.get(secret, secret)}".',
                "Take it out here, or it will be published; it stays on record where you gave it.",
            )
        if not repeated:
            yield from _looks(key, text, prices)


def _secrets(form: Form, answers: Answers, public: Answers) -> dict[str, list[str]]:
    """The confidential texts by question, and the confidential cells of rows that are public otherwise."""
    found: dict[str, list[str]] = {}
    for key, value in answers.items():
        if key not in form.public_keys:
            found[key] = [] if key.endswith(_COMMON) else list(_leaves(value))
        elif isinstance(value, list):
            shown = set(_leaves(public.get(key, [])))
            found[key] = [text for text in _leaves(value) if text not in shown]
    return found


def _looks(key: str, text: str, prices: set[float]) -> Iterator[CheckResult]:
    found = suspicions(_VALUE_BAND.sub(" ", text))
    if found:
        yield warning(
            key,
            f'This public answer {found[0].why}: "{found[0].excerpt}"',
            "If that is confidential, take it out here: this answer is published.",
        )
    if _TELEPHONE.search(text):
        yield warning(key, "This public answer holds a telephone number.", "Take it out unless everyone may have it.")
    if prices & {amount for amount, money, scaled, _ in _figures(text) if money and not scaled}:
        yield warning(
            key,
            "This public answer states the value per unit of your own purchases.",
            "Take it out unless everyone may have it; a value band, over one amount but not over another, can stay.",
        )
    elif key in _NO_MONEY and _MONEY.search(_VALUE_BAND.sub(" ", text)) and not found:
        yield warning(
            key,
            "This public answer states an amount in dollars.",
            "A value band can define a product; your own costs and prices are confidential and belong elsewhere.",
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


def _amounts(text: str, secrets: Mapping[int, str]) -> Iterator[str]:
    """Keys of confidential amounts that the text states, also when written another way: "$2.1 million" for 2100000.

    A bare round number such as 10,000 may be a rating; it counts only with a dollar sign or from seven digits on.
    """
    for amount, money, scaled, significant in _figures(text):
        for secret, key in secrets.items():
            exact = amount == secret and (money or significant >= 4 or secret >= 1_000_000)
            if exact or (scaled and abs(secret - amount) <= secret * 0.005):
                yield key


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).removeprefix("+")


def _last_ten(text: str) -> str:
    return _digits(text)[-10:]


def _is_figure(text: str) -> bool:
    return text.isascii() and text.isdigit() and MIN_DIGITS <= len(text) <= MAX_DIGITS


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
