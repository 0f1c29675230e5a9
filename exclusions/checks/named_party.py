"""Does a product text name its producer, importer or consumer? Such requests are not considered (84 FR 29576)."""

from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form
from exclusions.checks.scope_texts import PRODUCT_KEYS, SCOPE_KEYS, remarks


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for the filer's own name, a company's name, or the goods' consumers in a product text."""
    yield from remarks(form, answers, facts, {"company", "requester"}, PRODUCT_KEYS)
    yield from remarks(form, answers, facts, {"end-user", "place"}, SCOPE_KEYS)
