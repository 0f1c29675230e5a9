"""Does an exclusion in force already name the number? Any importer may use one, whoever asked for it."""

from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, LiveExclusion, warning

LONGEST = 300
MOST_PRINTED = 5


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """A warning for each such exclusion, with its text to compare the product with; of many, how many more there are.

    Of a number that does not exist, or is too short to be filed, only that is said.
    """
    if facts.tariff is None or not answers.get("hts10"):
        return
    if facts.tariff.exists is False or len(facts.tariff.number) != 10:
        return
    shown = hts.dotted(facts.tariff.number)
    live = facts.tariff.live_exclusions
    for found in live[:MOST_PRINTED]:
        yield _warning(shown, found)
    more = len(live) - MOST_PRINTED
    if more > 0:
        message = f"{more} more exclusion{'s' if more > 1 else ''} in force name{'' if more > 1 else 's'} {shown}."
        yield warning("hts10", message, "The tariff look-up shows them all; if one describes your product, use it.")


def _warning(shown: str, found: LiveExclusion) -> CheckResult:
    until = f" until {found.until}" if found.until else ""
    if found.whole_number:
        message = f"All goods of {shown} are already excluded under heading {found.heading}{until}."
        return warning("hts10", message, "You can use that exclusion without a request of your own.")
    text = found.text if len(found.text) <= LONGEST else f"{found.text[:LONGEST].rsplit(' ', 1)[0]} …"
    message = f'An exclusion under heading {found.heading} already covers part of {shown}{until}: "{text}"'
    return warning("hts10", message, "If your product meets that text, you can use it without a request of your own.")
