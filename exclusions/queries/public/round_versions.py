"""The versions of a round, and what changed from each to the next, in words that everybody may read."""

from dataclasses import dataclass
from typing import Any

from exclusions import criteria
from exclusions.errors import BrokenRound
from exclusions.facts.forms import form_of
from exclusions.hts import dotted
from exclusions.models.round import Round

# What is compared, as readers call it. What an order moves is told with the orders.
LABELS = {
    "title": "Title",
    "kind": "Kind",
    "actions": "Lists",
    "eligible_chapters": "Chapters",
    "eligible_subheadings": "Subheadings",
    "citation": "Notice",
    "channel": "Filed at",
    "questionnaire": "Petition form",
    "purchase_periods": "Periods that are asked for",
    "response_questionnaire": "Form for responses",
    "reply_questionnaire": "Form for replies",
    "day_unit": "Days that count",
    "roll_rule": "A last day on a weekend",
    "response_days": "Days for responses",
    "reply_days_after_close": "Days for replies after the close of responses",
    "reply_days_after_response": "Days for replies after a response",
    "criteria": "Legal factors",
    "criteria_version": "Criteria of",
    "procedure_version": "Procedure of",
    "retroactive_rule": "Exclusions apply from",
    "retroactive_from": "First day of the exclusions",
    "term_rule": "Exclusions apply until",
    "term_ends_on": "Last day of the exclusions",
    "heading": "Heading",
    "note": "U.S. note",
    "list_headings": "Headings by list",
}


@dataclass(frozen=True)
class Difference:
    """One rule before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One version, with what it changed of the one before it."""

    round: Round
    differences: list[Difference]


def versions(slug: str) -> list[Version]:
    """Return the versions of a round, the one in force first; empty where there is no such round."""
    found = list(Round.objects.filter(slug=slug).with_actions().order_by("version"))
    made = []
    for place, round in enumerate(found):
        made.append(Version(round, differences(found[place - 1], round) if place else []))
    return made[::-1]


def differences(before: Round, after: Round) -> list[Difference]:
    """Return what differs between two versions, in the order of the rules."""
    pairs = ((label, in_words(before, name), in_words(after, name)) for name, label in LABELS.items())
    return [Difference(label, old, new) for label, old, new in pairs if old != new]


def in_words(round: Round, name: str) -> str:
    """Return one rule of a round in words; "none" for an empty one."""
    value: Any = [str(action) for action in round.actions.all()] if name == "actions" else getattr(round, name)
    if name == "criteria":
        value = [criteria.get(key).title if key in criteria.KEYS else key for key in value]
    elif name.endswith("questionnaire") and value:
        value = _form_in_words(value)
    elif name == "heading" and value:
        value = dotted(value)
    elif round._meta.get_field(name).choices:  # type: ignore[union-attr]
        value = getattr(round, f"get_{name}_display")()
    return _plain(value)


def _form_in_words(key: str) -> str:
    try:
        return f"{form_of(key).title} ({key})"
    except (KeyError, ValueError, BrokenRound):
        return key


def _plain(value: Any) -> str:
    if value in (None, "", []):
        return "none"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
