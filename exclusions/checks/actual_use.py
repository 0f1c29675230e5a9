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
    r"|(?<!suitable )(?<!designed )\bfor\s+(?:the\s+)?use\s+by\b|\bfor\s+the\s+exclusive\s+use\s+of\b",
    re.IGNORECASE,
)
_CHIEF = re.compile(r"\bchief(?:ly)?\s+use[sd]?\b", re.IGNORECASE)
# "Not of a type designed to be principally used with sails" and "for actual use in cathode-ray tubes" stand in real
# annexes; a person must judge.
_MOSTLY = re.compile(
    r"\b(?:principally|primarily|mainly|actually)\s+used\b|\b(?:principal|primary|main|actual)\s+use\b", re.IGNORECASE
)


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
        mostly = _MOSTLY.search(text)
        if mostly:
            yield warning(
                key,
                f'"{mostly.group()}" may define the product by its chief or actual use, which is not allowed.',
                'Say what the goods are designed for, "designed for use in …", or describe their features alone.',
            )
    for key, text in texts(form, answers, ("product_function",)):
        found = _ACTUAL.search(text)
        if found:
            yield warning(
                key,
                f'"{found.group()}" speaks of actual use, which cannot define an exclusion.',
                'Say what goods of this kind are designed to do: "designed for use in …".',
            )
