"""Are the antidumping and countervailing duty case numbers of the Department of Commerce's form?"""

import re
from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error, warning

KEY = "adcvd_cases"
_CASE = re.compile(r"^[AC]-\d{3}-\d{3}$", re.ASCII)
CHINA = "570"


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """An error for a number that is none, a warning for one that is not on China."""
    text = answers.get(KEY)
    if not isinstance(text, str) or not text:
        return
    for case in filter(None, (part.strip().upper() for part in re.split(r"[,;\s]+(?:and\s+)?", text))):
        if not _CASE.match(case):
            yield error(
                KEY, f'"{case}" is not a case number.', "Write them as A-570-084 or C-570-085, separated by commas."
            )
        elif case[2:5] != CHINA:
            yield warning(
                KEY,
                f"{case} is not a case on goods of China.",
                "Numbers of cases on China begin with A-570 or C-570. Check the number.",
            )
