"""Answers of the office to arguments that come again and again: published once, cited in decisions, withdrawn."""

from datetime import datetime

from django.db import transaction

from exclusions import criteria
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import record_event
from exclusions.checks.substance import lacks_substance
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import StandingAnswer, User
from exclusions.permissions.arguments.marked import may_answer_for_office

LONGEST = 120  # characters of a title
TOO_SHORT = "This answer is too short. Say in a whole sentence what the office answers to the argument."
NOT_YOURS = "Standing answers are written by the Office of General Counsel."


def publish_standing_answer(*, title: str, words: str, criterion: str, by: User, at: datetime) -> StandingAnswer:
    """Publish an answer of the office, which decisions may cite from now on; return it. Raises ActionRefused.

    It is about no case: what is in the record of one has no place in it. `criterion` is the factor, "" for none.
    """
    if not may_answer_for_office(by):
        raise NotPermitted(NOT_YOURS)
    named = " ".join(title.split())
    if not named or len(named) > LONGEST:
        said = f"Say in at most {LONGEST} characters which argument it answers."
        raise Incomplete.beside("title", said)
    if not words.strip() or lacks_substance(words):
        said = TOO_SHORT if words.strip() else "Write the answer. Everybody reads it."
        raise Incomplete.beside("words", said)
    if criterion and criterion not in criteria.KEYS:
        said = "Choose a criterion, or none."
        raise Incomplete.beside("criterion", said)
    with transaction.atomic():
        made = StandingAnswer.objects.create(title=named, words=words.strip(), criterion=criterion, published_at=at)
        record_event(subject_of(made), "publish_standing_answer", by=by, at=at)
    return made


def withdraw_standing_answer(key: int, *, why: str, by: User, at: datetime) -> StandingAnswer:
    """Withdraw a standing answer: decisions that cite it stay, cases under way are answered anew; return it.

    Raises NotPermitted, WrongState where it was withdrawn already, Incomplete without a reason.
    """
    if not may_answer_for_office(by):
        raise NotPermitted(NOT_YOURS)
    require_reason(why, "Say why the answer is withdrawn. Everybody reads it.", field="why")
    with transaction.atomic():
        found = StandingAnswer.objects.select_for_update().filter(pk=key).first()
        if found is None or found.withdrawn_at:
            raise WrongState("This standing answer is not in use: it was withdrawn, or there is none with this number.")
        found.withdrawn_at, found.withdrawn_why = at, why.strip()
        found.save(update_fields=["withdrawn_at", "withdrawn_why"])
        record_event(subject_of(found), "withdraw_standing_answer", by=by, at=at, reason=found.withdrawn_why)
    return found


def subject_of(answer: StandingAnswer) -> str:
    """Return the subject of its events."""
    return f"standing_answer:{answer.pk}"
