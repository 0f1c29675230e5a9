"""Finding the ten digits of a product: what is known of a number on a day, or which lines hold the words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from exclusions.checks import said_of_ended
from exclusions.checks.live_exclusion import ENDED_REMEDY, MOST_ENDED
from exclusions.facts.coverage import Coverage
from exclusions.facts.covered_day import coverage_of
from exclusions.facts.filing_day import filing_day
from exclusions.facts.lines import Line, search_lines
from exclusions.facts.numbers import NumberOverTime, over_time
from exclusions.facts.rounds import takes
from exclusions.goods.asked import read_asked
from exclusions.hts import HtsError, HtsNumber, dotted, holds_words, parse
from exclusions.models import ExclusionNumber, ExclusionText, Petition
from exclusions.permissions.filing_facts import ended_exclusions, number_of, own_words
from exclusions.queries.lookup.number.number_facts import NumberFacts, facts_in_round
from exclusions.queries.lookup.search.hits import end_first
from exclusions.queries.lookup.search.worded import Group, worded_headings
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.language.scalars import plain

MOST_LINES = 20
MOST_HEADINGS, MOST_OF_A_HEADING = 8, 4
SPECIAL = ("98", "99")  # chapters whose numbers no petition names
MOST_NAMED = 5
# "pumps" is to find "pump" as well: the schedule words some lines in the singular.
PLURAL = re.compile(r"(?<=[A-Za-z]{3})s\b")


@dataclass(frozen=True)
class Choice:
    """One line to choose: its number, its words, what covers it, and whether the round's actions do.

    `use` is the 10-digit number that choosing it enters, or "" for a line that must be gone into further, and for one
    that the round does not take.
    """

    number: str
    words: str
    coverage: list[Coverage]
    in_round: bool
    use: str


@dataclass(frozen=True)
class Heading:
    """A heading that words found, why, and its lines to choose from."""

    number: str
    words: str
    why: str
    choices: list[Choice]


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
    ended: list[str] = field(default_factory=list)
    in_round: bool = False
    use: str = ""
    is_entered: bool = False
    choices: list[Choice] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    corrected: str = ""
    notes: list[str] = field(default_factory=list)
    more: bool = False
    named: list[Named] = field(default_factory=list)

    @property
    def ended_remedy(self) -> str:
        """What to do about an exclusion that ended."""
        return ENDED_REMEDY


def pick(
    petition: Petition, asked: str, at: datetime, answers: Mapping[str, Any], on_file: NumberOverTime | None = None
) -> Picker:
    """Return what to show for what was typed, as of the filing day; nothing typed gives nothing.

    Digits are a number: told whether it exists, what covers it at which rate, which exclusions are live, which ended
    that speak of the product of the `answers`, and its lines below when it is too short. Words are searched for in the
    schedule. `on_file` is what is on file about a number, where it was read already.
    """
    text = " ".join(plain(asked).split())[:200]
    if not text:
        return Picker()
    prefetch_related_objects([petition], "round__actions")
    if holds_words(text):
        return _search(petition, text, at)
    try:
        number = parse(text)
    except HtsError as error:
        found = _search(petition, text, at) if len(re.sub(r"\D", "", text)) < 10 else Picker()
        return Picker(text, problem="" if found.choices else str(error), choices=found.choices, more=found.more)
    day = filing_day(petition.submitted_at, at)
    known = on_file if on_file and on_file.number == number else over_time(number)
    facts = facts_in_round(known, day, petition.round)
    codes = _codes(petition)
    choices = [_choice(petition, codes, child.line, child.coverage) for child in facts.children]
    over = ended_exclusions(facts, number, own_words(answers)) if facts.exists is not False else ()
    in_round = bool(facts.covered_by_round) and not number.plain.startswith(SPECIAL)
    use = facts.statistical_number if facts.exists is not False and in_round else ""
    return Picker(
        text,
        problem=facts.remark,
        facts=facts,
        ended=[said_of_ended(str(number), one) for one in over[:MOST_ENDED]],
        in_round=in_round,
        use=use if use != number.plain else "",
        is_entered=number.plain == petition.hts10,
        choices=choices,
    )


def number_on_file(form: Questionnaire, step: str, answers: Mapping[str, Any]) -> NumberOverTime | None:
    """Return what is on file about the number of the answers, where that step of the form asks for one."""
    digits = number_of(answers) if any(q.kind is Kind.HTS10 for q in form.on_step(step)) else ""
    return over_time(HtsNumber(digits)) if digits else None


def _search(petition: Petition, text: str, at: datetime) -> Picker:
    day = filing_day(petition.submitted_at, at)
    named = _named(text)
    found = worded_headings(text, day, headings=MOST_HEADINGS, lines=MOST_OF_A_HEADING)
    if found.groups:
        codes = _codes(petition)
        headings = [_heading(petition, codes, group) for group in found.groups]
        goods = found.goods
        return Picker(text, headings=headings, corrected=goods.corrected, notes=goods.notes, named=named)
    words = PLURAL.sub("", text)
    try:
        lines = search_lines(words, "", day, limit=MOST_LINES + 1)
    except HtsError as error:
        return Picker(text, problem=str(error))
    if not lines:
        problem = f"Nothing in the schedule of that day holds “{text}”. Try fewer or other words."
        return Picker(text, problem="" if named else problem, named=named)
    shown = lines[:MOST_LINES]
    covering = coverage_of([line.number for line in shown], day)
    codes = _codes(petition)
    choices = [_choice(petition, codes, line, covering[line.number]) for line in shown]
    return Picker(text, choices=choices, more=len(lines) > MOST_LINES, named=named)


def _heading(petition: Petition, codes: set[str], group: Group) -> Heading:
    lines = [_chosen(petition, codes, line.number, line.words, line.coverage) for line in group.lines]
    return Heading(group.number, group.words, group.why, lines)


def _named(words: str) -> list[Named]:
    """Return a few numbers whose exclusions, of any time, hold all the words; digits alone find none."""
    asked = read_asked(words)
    if not asked.words:
        return []
    texts = ExclusionText.objects.filter(ExclusionText.worded(asked.words)).values("pk")
    rows = ExclusionNumber.objects.filter(text__in=texts).order_by("number")
    found: dict[str, Named] = {}
    for number, text in rows.values_list("number", "text__text")[: 4 * MOST_NAMED]:
        found.setdefault(number, Named(number, text))
    return list(found.values())[:MOST_NAMED]


def _codes(petition: Petition) -> set[str]:
    return {action.code for action in petition.round.actions.all()}


def _choice(petition: Petition, codes: set[str], line: Line, covering: list[Coverage]) -> Choice:
    words = end_first(line.description, line.full_description)
    return _chosen(petition, codes, line.number, words, covering)


def _chosen(petition: Petition, codes: set[str], number: str, words: str, covering: list[Coverage]) -> Choice:
    in_round = takes(codes, petition.round.eligible_numbers, number, covering) and not number.startswith(SPECIAL)
    use = number if len(number) == 10 and in_round else ""
    return Choice(dotted(number), words, covering, in_round, use)
