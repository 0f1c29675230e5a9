"""Does an exclusion name the number already, or did one until it ended?

Any importer may use one in force, whoever asked for it. One that ended in the product's own words is what reviewers
look at first, and so should a filer.
"""

from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, EndedExclusion, Facts, Form, LiveExclusion, warning

LONGEST = 300
MOST_PRINTED = 5
MOST_ENDED = 3
ENDED_REMEDY = "You cannot use an exclusion that has ended. If your product met its text, say so in the petition."


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """A warning for each in force, with its text to compare the product with; of many, how many more there are. Then
    one for each of a few that ended and that goods in the product's words may have used.

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
        yield warning("hts10", message, "See them all in the tariff look-up. If one describes your product, use it.")
    for over in facts.tariff.ended_exclusions[:MOST_ENDED]:
        yield warning("hts10", said_of_ended(shown, over), ENDED_REMEDY)


def said_of_ended(number: str, found: EndedExclusion) -> str:
    """Return the sentence that tells of an exclusion that ended; `number` is dotted."""
    if found.whole_number:
        return f"An exclusion covered all goods of {number} until {found.until} ({found.heading})."
    if found.same:
        return f"An exclusion in these words covered this number until {found.until} ({found.heading}): “{_cut(found)}”"
    return f"An exclusion for a like product of this number ended on {found.until} ({found.heading}): “{_cut(found)}”"


def _cut(found: LiveExclusion | EndedExclusion) -> str:
    return found.text if len(found.text) <= LONGEST else f"{found.text[:LONGEST].rsplit(' ', 1)[0]} …"


def _warning(shown: str, found: LiveExclusion) -> CheckResult:
    until = f" until {found.until}" if found.until else ""
    if found.whole_number:
        message = f"All goods of {shown} are already excluded under heading {found.heading}{until}."
        return warning("hts10", message, "Use that exclusion. You do not need a petition.")
    message = f'An exclusion under heading {found.heading} already covers part of {shown}{until}: "{_cut(found)}"'
    return warning("hts10", message, "If your product meets that text, use the exclusion. You do not need a petition.")
