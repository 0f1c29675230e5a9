"""What the texts of a case argue, marked as a reviewer does with one press."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.review.arguments import answer_arguments, take_suggestions
from exclusions.models import Petition, User
from exclusions.permissions.arguments.marked import arguments_of


def mark_as_suggested(petition: Petition, *, by: User, at: datetime) -> None:
    """Mark every text that nobody marked as it is suggested."""
    if arguments_of(petition).open_texts:
        take_suggestions(petition, by=by, at=at)


def answer_the_first(petition: Petition, by: User, at: datetime, reason: str) -> None:
    """Say why the first argument of a case is beside the criteria; what was marked for it goes with a refusal."""
    with transaction.atomic():
        mark_as_suggested(petition, by=by, at=at)
        first = arguments_of(petition).standing[0][1]
        answer_arguments(petition, arguments=[first.pk], kind="beside", reason=reason, by=by, at=at)
