"""What keeps a draft from being submitted: missing or wrong answers, and a missing certification."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions import questionnaires
from exclusions.models import Petition


def blocking_problems(petition: Petition, at: datetime) -> list[str]:
    """Return a sentence for each error in the open version's answers; empty when the petition may be filed."""
    version = petition.versions.filter(sealed_at__isnull=True).first()
    answers: Mapping[str, Any] = version.answers if version else {}
    form = questionnaires.get(petition.round.questionnaire, periods=tuple(petition.round.purchase_periods))
    return [f"{problem.message} {problem.remedy}".strip() for problem in form.problems(answers)]
