"""Do the CAS Registry Numbers quoted in product texts carry the right check digit? The table validates its own."""

import re
from collections.abc import Iterator

from stdnum import casrn

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error
from exclusions.checks.scope_texts import texts

_CAS = re.compile(r"\bCAS\b[^\d\n]{0,40}(\d{2,7}-\d{2}-\d)\b", re.IGNORECASE | re.ASCII)


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """An error for each number introduced by "CAS" whose check digit does not fit."""
    for key, text in texts(form, answers):
        for number in dict.fromkeys(_CAS.findall(text)):
            if not casrn.is_valid(number):
                yield error(
                    key,
                    f"{number} is not a CAS Registry Number. Its check digit is wrong.",
                    "Copy it again from the supplier's safety data sheet.",
                )
