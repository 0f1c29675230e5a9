"""Does a product text rest on actual or chief use?

Design for a purpose may define a product; what somebody does with it may not (84 FR 29576; 19 CFR 220 alike).
"""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning
from exclusions.checks.scope_texts import SCOPE_KEYS, physical_terms, texts

# "Operated by hand", "sold by weight" and "used at 20 bar" are physical; these are not.
_ACTUAL = re.compile(
    r"\b(?:used|consumed|purchased|bought|imported|resold)\s+(?:exclusively\s+|only\s+|solely\s+)?by\b"
    r"|\bfor\s+(?:the\s+)?(?:exclusive\s+)?use\s+(?:by|of)\b|\bactual(?:ly)?\s+used?\b",
    re.IGNORECASE,
)
_CHIEF = re.compile(r"\b(?:chief(?:ly)?|principal(?:ly)?|primar(?:y|ily)|main(?:ly)?)\s+use[sd]?\b", re.IGNORECASE)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors in the texts that define the product; in the text on its function, a warning for actual use."""
    for key, text in texts(form, answers, SCOPE_KEYS):
        for pattern, name in ((_ACTUAL, "actual use"), (_CHIEF, "chief use")):
            found = pattern.search(text)
            if found:
                yield error(
                    key,
                    f'The product cannot be defined by its {name}: "{found.group()}".',
                    physical_terms(text),
                )
    for key, text in texts(form, answers, ("product_function",)):
        found = _ACTUAL.search(text)
        if found:
            yield warning(
                key,
                f'"{found.group()}" speaks of actual use, which cannot define an exclusion.',
                'Say what goods of this kind are designed to do: "designed for use in …".',
            )
