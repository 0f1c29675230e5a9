"""Does a product text lean on a trademark, brand or model number? USTR does not consider requests that do (2.2 of each
notice's procedures; 84 FR 29576), and Customs does not administer them.
"""

from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form
from exclusions.checks.scope_texts import PRODUCT_KEYS, remarks


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for marks, brand words and model numbers; warnings for words that look like one."""
    yield from remarks(form, answers, facts, {"brand", "model"}, PRODUCT_KEYS)
