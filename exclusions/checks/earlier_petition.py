"""Has the same requester already asked for the same product in this round?"""

import re
from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, warning

SIMILAR = 0.6  # of the words of both names together


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """A warning for each petition on the same number whose product has much the same name."""
    number, name = answers.get("hts10"), _singular_words(str(answers.get("product_name", "")))
    for petition in facts.earlier:
        theirs = _singular_words(petition.product_name)
        if petition.hts10 != number or not (name and theirs):
            continue
        if len(name & theirs) / len(name | theirs) >= SIMILAR:
            yield warning(
                "product_name",
                f'The requester already asked for "{petition.product_name}" under {hts.dotted(petition.hts10)}'
                f" ({petition.reference}).",
                "File one petition for each product. If this is another one, say in the description how it differs.",
            )


def _singular_words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.casefold()) if len(word) > 2}
