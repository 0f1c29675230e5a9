"""What another date of a round does for everybody: what closes when, how long that is, and how many drafts wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exclusions.models import Petition, Round
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import COMMENTING, Status

LABELS = {
    "opens_at": "Filing window opens",
    "closes_at": "Filing window closes",
    "responses_until": "No response period ends before",
    "day_unit": "Days are counted as",
    "roll_rule": "A last day that is no business day",
    "response_days": "Days to respond",
    "reply_days_after_close": "Days to reply after responses close",
    "reply_days_after_response": "Days to reply after a response",
}


@dataclass(frozen=True)
class Effect:
    """What changes, in a sentence and in rows of (what, before, after); `changed`: whether anything does."""

    summary: str
    rows: list[list[str]]
    changed: bool


def effect_of(round: Round, wanted: Mapping[str, Any]) -> Effect:
    """Return what the columns of a round (by name, as they are to be) change for the public. Two statements."""
    changed = {name: value for name, value in wanted.items() if getattr(round, name) != value}
    rows = [[LABELS[name], _as_read(getattr(round, name)), _as_read(value)]
            for name, value in changed.items()]  # fmt: skip
    if {"opens_at", "closes_at"} & set(changed):
        opens, closes = (changed.get(name, getattr(round, name)) for name in ("opens_at", "closes_at"))
        rows.append(["Days that the window is open", _days(round.opens_at, round.closes_at), _days(opens, closes)])
    of_round = Petition.objects.filter(round__slug=round.slug)
    drafts = of_round.filter(status=Status.DRAFT).count()
    rows.append(["Drafts that are not filed yet", "", f"{drafts:,}"])
    posted = of_round.filter(status__in=COMMENTING).count()
    rows.append(["Petitions open to responses or replies", "", f"{posted:,}"])
    said = "; ".join(f"{LABELS[name].lower()}: {_as_read(value)}" for name, value in changed.items())
    return Effect(said, rows, bool(changed))


def _as_read(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, datetime):
        return in_words(value)
    choices: dict[str, object] = {str(key): word for key, word in (*Round.DayUnit.choices, *Round.Roll.choices)}
    return "none" if value is None else str(choices.get(str(value), value))


def _days(opens: datetime, closes: datetime) -> str:
    return f"{(closes - opens).days + 1:,}"
