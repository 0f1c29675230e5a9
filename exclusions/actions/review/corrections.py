"""Corrected texts in the place of what was taken down: looked through as everything is that staff publish."""

from datetime import datetime

from exclusions.actions.record import quarantine
from exclusions.actions.review.case_entries import refuse_secrets
from exclusions.models import Quarantine, User


def correct_text(taken: Quarantine, *, text: str, by: User, at: datetime) -> Quarantine:
    """Publish a corrected text in the place of one that was taken down; return the quarantine.

    Raises NotPermitted, WrongState, Incomplete with the words that repeat what was given in confidence.
    """
    refuse_secrets(taken.petition, "text", text, instead="Say it without that, or in a range.")
    return quarantine.correct(taken, text, by=by, at=at)
