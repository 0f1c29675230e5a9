"""Does a product text rest on actual or chief use?

Design for a purpose may define a product; what somebody does with it may not (84 FR 29576; 19 CFR 220 alike).
"""

from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form
from exclusions.checks.scope_texts import PRODUCT_KEYS, SCOPE_KEYS, remarks


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors in the texts that define the product; in the text on its function, a warning for actual use."""
    yield from remarks(form, answers, facts, {"chief-use"}, SCOPE_KEYS)
    yield from remarks(form, answers, facts, {"actual-use"}, PRODUCT_KEYS)
