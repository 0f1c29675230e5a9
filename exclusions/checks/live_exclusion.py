"""Does an exclusion in force already name the number? Any importer may use one, whoever asked for it."""

from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, warning

LONGEST = 300


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """A warning for each such exclusion, with its text to compare the product with."""
    if facts.tariff is None or not answers.get("hts10"):
        return
    shown = hts.dotted(facts.tariff.number)
    for found in facts.tariff.live_exclusions:
        until = f" until {found.until}" if found.until else ""
        if found.whole_number:
            message = f"All goods of {shown} are already excluded under heading {found.heading}{until}."
            remedy = "You can use that exclusion without a request of your own."
        else:
            text = found.text if len(found.text) <= LONGEST else f"{found.text[:LONGEST].rsplit(' ', 1)[0]} …"
            message = f'An exclusion under heading {found.heading} already covers part of {shown}{until}: "{text}"'
            remedy = "If your product meets that text, you can use it without a request of your own."
        yield warning("hts10", message, remedy)
