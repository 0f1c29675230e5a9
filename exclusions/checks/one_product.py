"""Does the request name one product? Several need several requests; sizes and colors of one do not."""

import re
from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning
from exclusions.checks.scope_texts import SCOPE_KEYS, texts

_NUMBER = re.compile(r"\b\d{4}\.\d{2}\.\d{4}\b|\b\d{4}\.\d{2}\.\d{2}\.\d{2}\b")
_SEVERAL = re.compile(
    r"\b(?:various|assorted|miscellaneous|several|multiple|different)\s+(?:types\s+of\s+|kinds\s+of\s+)?(?:products|items|goods|"
    r"articles|models)\b|\bthe\s+following\s+(?:products|items|models)\b|\band\s+other\s+(?:products|items|goods)\b|"
    r"\band/or\b|\bproduct\s+(?:2|two|B)\b",
    re.IGNORECASE,
)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """An error when another ten-digit number is named, a warning for words that list several products."""
    own = "".join(c for c in str(answers.get("hts10", "")) if c.isdigit())
    for key, text in texts(form, answers, SCOPE_KEYS):
        others = {n for n in (m.replace(".", "") for m in _NUMBER.findall(text)) if n != own}
        several = _SEVERAL.search(text)
        if own and others:
            yield error(
                key,
                f"The text also names {hts.dotted(min(others))}; goods of different numbers are different products.",
                "Keep the product of your own number, and file a separate request for each other one.",
            )
        elif several:
            yield warning(
                key,
                f'"{several.group()}" reads like more than one product.',
                "A request covers one unique product; if these are several, file a request for each.",
            )
