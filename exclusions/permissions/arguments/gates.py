"""The gates of arguments: every text is marked, and each argument against the result is answered (GAO-21-506).

They are asked when a transition is taken; before that the tab of arguments says what is open.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.models import Outcome, Petition
from exclusions.permissions.arguments.marked import Arguments, arguments_of, findings_now, unanswered
from exclusions.permissions.arguments.texts import CaseText
from exclusions.permissions.conclusions import conclusions

Data = Mapping[str, Any] | None
SHORT = 12  # words of an argument in a refusal


def arguments_marked(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Each narrative answer, response and reply has its arguments marked, or is said to argue nothing."""
    return [] if data is None else _open_texts(arguments_of(petition))


def arguments_answered(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Every text is marked, and each argument against what the last desk concluded is answered."""
    if data is None:
        return []
    made = list(conclusions(petition).values())
    return _unanswered(petition, made[-1].outcome if made else "")


def answered_to_grant(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Every text is marked, and each argument against an exclusion is answered when a grant is signed."""
    return [] if data is None else _unanswered(petition, Outcome.GRANT)


def answered_to_grant_in_part(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Every text is marked, and each argument, whomever it helps, is answered when a grant in part is signed."""
    return [] if data is None else _unanswered(petition, Outcome.IN_PART)


def answered_to_deny(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Every text is marked, and each argument for an exclusion is answered when a denial is signed."""
    return [] if data is None else _unanswered(petition, Outcome.DENY)


def _open_texts(found: Arguments) -> list[str]:
    return [
        f"The text of “{text.title}” was corrected after its arguments were marked. Mark them again."
        if text.citation in found.marks
        else f"Mark the arguments of “{text.title}”, or say that there are none."
        for text in found.open_texts
    ]


def _unanswered(petition: Petition, outcome: str) -> list[str]:
    found = arguments_of(petition)
    against = unanswered(found, findings_now(petition), outcome) if outcome else []
    return _open_texts(found) + [
        f"An argument against this result is not answered: {_named(text, row.words)}. {why}"
        for text, row, why in against
    ]


def _named(text: CaseText, words: str) -> str:
    return f"one given in confidence ({text.title})" if text.confidential else f"“{_short(words)}” ({text.title})"


def _short(words: str) -> str:
    said = words.split()
    return " ".join(said[:SHORT]) + (" …" if len(said) > SHORT else "")
