"""Does the request name one product? Several need several requests; sizes and colors of one do not."""

import re
from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, error
from exclusions.checks.scope_texts import SCOPE_KEYS, remarks, texts

_NUMBER = re.compile(r"\b\d{4}\.\d{2}\.\d{4}\b|\b\d{4}\.\d{2}\.\d{2}\.\d{2}\b")
_RULES = frozenset({"several-products", "and-parts", "skus", "various", "other"})


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """An error when another ten-digit number is named, warnings for words that stand for several products."""
    own = "".join(c for c in str(answers.get("hts10", "")) if c.isdigit())
    for key, text in texts(form, answers, SCOPE_KEYS):
        others = {n for n in (m.replace(".", "") for m in _NUMBER.findall(text)) if n != own}
        if own and others:
            yield error(
                key,
                f"The text also names {hts.dotted(min(others))}. Products of other numbers need other petitions.",
                "Describe only the product of your own number. File a separate petition for each other product.",
            )
    yield from remarks(form, answers, facts, _RULES)
