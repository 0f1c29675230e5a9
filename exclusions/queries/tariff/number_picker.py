"""Finding the ten digits of a product: what is known of a number on a day, or which lines hold the words."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from exclusions.facts.coverage import Coverage, coverage_of
from exclusions.facts.filing_day import filing_day
from exclusions.facts.lines import Line, search_lines
from exclusions.facts.rounds import takes
from exclusions.hts import HtsError, dotted, parse
from exclusions.models import ExclusionNumber, Petition
from exclusions.queries.tariff.number_facts import NumberFacts, number_facts
from exclusions.questionnaires.language.scalars import plain

MOST_LINES = 20
MOST_WORDS = 8
MOST_NAMED = 5
# "pumps" is to find "pump" as well: the schedule words some lines in the singular.
PLURAL = re.compile(r"(?<=[A-Za-z]{3})s\b")


@dataclass(frozen=True)
class Choice:
    """One line to choose: its number, its words, what covers it, and whether the round's actions do.

    `use` is the 10-digit number that choosing it enters, or "" for a line that must be gone into further.
    """

    number: str
    words: str
    coverage: list[Coverage]
    in_round: bool
    use: str


@dataclass(frozen=True)
class Named:
    """A number that the text of an exclusion names: the trade's own words often stand there and not in the schedule."""

    number: str
    text: str


@dataclass(frozen=True)
class Picker:
    """What the page shows under the number question. `problem` says what is wrong and the remedy."""

    asked: str = ""
    problem: str = ""
    facts: NumberFacts | None = None
    in_round: bool = False
    use: str = ""
    is_entered: bool = False
    choices: list[Choice] = field(default_factory=list)
    more: bool = False
    named: list[Named] = field(default_factory=list)


def pick(petition: Petition, asked: str, at: datetime) -> Picker:
    """Return what to show for what was typed, as of the filing day; nothing typed gives nothing.

    Digits are a number: told whether it exists, what covers it at which rate, which exclusions are live, and its lines
    below when it is too short. Words are searched for in the schedule.
    """
    text = " ".join(plain(asked).split())[:200]
    if not text:
        return Picker()
    if not re.fullmatch(r"[0-9.\s-]+", text):
        return _search(petition, text, at)
    try:
        number = parse(text)
    except HtsError as error:
        found = _search(petition, text, at) if len(re.sub(r"\D", "", text)) < 10 else Picker()
        return Picker(text, problem="" if found.choices else str(error), choices=found.choices, more=found.more)
    day = filing_day(petition.submitted_at, at)
    facts = number_facts(number, day, petition.round)
    codes = _codes(petition)
    choices = [_choice(petition, codes, child.line, child.coverage) for child in facts.children]
    use = facts.statistical_number if facts.exists is not False else ""
    return Picker(
        text,
        problem=facts.remark,
        facts=facts,
        in_round=bool(facts.covered_by_round),
        use=use if use != number.plain else "",
        is_entered=number.plain == petition.hts10,
        choices=choices,
    )


def _search(petition: Petition, text: str, at: datetime) -> Picker:
    day = filing_day(petition.submitted_at, at)
    words = PLURAL.sub("", text)
    try:
        lines = search_lines(words, "", day, limit=MOST_LINES + 1)
    except HtsError as error:
        return Picker(text, problem=str(error))
    named = _named(words)
    if not lines:
        problem = f"Nothing in the schedule of that day holds “{text}”. Try fewer or other words."
        return Picker(text, problem="" if named else problem, named=named)
    shown = lines[:MOST_LINES]
    covering = coverage_of([line.number for line in shown], day)
    codes = _codes(petition)
    choices = [_choice(petition, codes, line, covering[line.number]) for line in shown]
    return Picker(text, choices=choices, more=len(lines) > MOST_LINES, named=named)


def _named(words: str) -> list[Named]:
    """A few numbers whose exclusions, of any time, hold all the words; digits alone find none."""
    rows = ExclusionNumber.objects.order_by("number")
    asked = [word for word in words.split()[:MOST_WORDS] if not word.strip(".").isdigit()]
    if not asked:
        return []
    for word in asked:
        rows = rows.filter(text__text__icontains=word)
    found: dict[str, Named] = {}
    for number, text in rows.values_list("number", "text__text")[: 4 * MOST_NAMED]:
        found.setdefault(number, Named(number, text))
    return list(found.values())[:MOST_NAMED]


def _codes(petition: Petition) -> set[str]:
    return {action.code for action in petition.round.actions.all()}


def _choice(petition: Petition, codes: set[str], line: Line, covering: list[Coverage]) -> Choice:
    return Choice(
        number=dotted(line.number),
        words=line.full_description,
        coverage=covering,
        in_round=takes(codes, petition.round.eligible_numbers, line.number, covering),
        use=line.number if len(line.number) == 10 else "",
    )
