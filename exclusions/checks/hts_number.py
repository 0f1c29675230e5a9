"""Is the HTSUS number one that this round can take, on the filing date?

Coverage is at eight digits with ten-digit carve-outs; requests are at ten. A subheading without a breakout is asked for
as its eight digits and 00 (form of 84 FR 29576).
"""

from collections.abc import Iterator

from exclusions import hts
from exclusions.checks.result import Answers, CheckResult, Facts, Form, TariffFacts, error

MOST_CHILDREN = 6
KEY = "hts10"
PROVISIONS = ("98", "99")


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for a number that is too short, does not exist, or is not covered; with what could be meant instead."""
    tariff = facts.tariff
    if tariff is None or not answers.get(KEY):
        return
    shown = hts.dotted(tariff.number)
    if tariff.number.startswith(PROVISIONS):
        yield error(
            KEY,
            f"{shown} is a provision of chapter {tariff.number[:2]}, not a product.",
            "Enter your product's number.",
        )
    elif len(tariff.number) != 10:
        yield error(KEY, f"{shown} has {len(tariff.number)} digits. Enter all ten digits.", _instead(tariff))
    elif tariff.renumbered:
        yield error(KEY, f"{shown} cannot be filed for.", tariff.renumbered)
    elif tariff.exists is False:
        yield error(
            KEY, f"{shown} is not in the tariff schedule on the filing date{_edition(tariff)}.", _instead(tariff)
        )
    elif facts.eligible_numbers and not tariff.number.startswith(facts.eligible_numbers):
        yield error(KEY, f"{shown} is not eligible in this round.", _taken(facts.eligible_numbers))
    elif tariff.covered is False:
        yield error(KEY, f"{shown} is not covered by this action{_named(facts.actions)}.", _elsewhere(tariff))


def _taken(beginnings: tuple[str, ...]) -> str:
    if len(beginnings[0]) == len("84"):
        return f"This round takes only numbers of chapters {' and '.join(beginnings)}."
    return f"This round takes only the {len(beginnings)} subheadings that its notice lists."


def _instead(tariff: TariffFacts) -> str:
    if tariff.statistical_number and tariff.statistical_number != tariff.number:
        return f"Enter {hts.dotted(tariff.statistical_number)}."
    if tariff.children:
        first = [f"{hts.dotted(number)} {text}".strip() for number, text in tariff.children[:MOST_CHILDREN]]
        more = len(tariff.children) - len(first)
        return f"Choose one of: {'; '.join(first)}{f'; and {more} more' if more else ''}."
    if tariff.successors:
        return f"It may now be {' or '.join(hts.dotted(number) for number in tariff.successors)}."
    return "Look up the number of your product in the tariff schedule."


def _edition(tariff: TariffFacts) -> str:
    return f" ({tariff.edition})" if tariff.edition else ""


def _named(actions: tuple[str, ...]) -> str:
    return f" ({', '.join(actions)})" if actions else ""


def _elsewhere(tariff: TariffFacts) -> str:
    if tariff.covered_by:
        lists = " and ".join(tariff.covered_by)
        verb = "cover" if len(tariff.covered_by) > 1 else "covers"
        return f"{lists} {verb} it. File in a round for that list, if one is open."
    return "No Section 301 list covers this number, so you cannot file for it. Check the number."
