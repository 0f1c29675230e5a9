"""What is asked of a finding beside its result: whether its reasons are its own, and its sources cited."""

from collections.abc import Collection, Mapping

from exclusions import criteria
from exclusions.checks.substance import questions
from exclusions.facts.forms import question_numbers
from exclusions.models import Petition
from exclusions.permissions.arguments.marked import findings_now


def asked_about(
    petition: Petition,
    criterion: str,
    reasons: str,
    citations: Collection[str],
    beside: Mapping[str, str] | None = None,
) -> list[str]:
    """Return what a reviewer is asked about reasons that repeat those on another criterion, or name what is uncited.

    `beside` are the reasons that are entered with them, by criterion.
    """
    others = {key: row.reasons for key, row in findings_now(petition).items()} | dict(beside or {})
    titled = {criteria.get(key).title: text for key, text in others.items() if key != criterion}
    return questions(reasons, citations, others=titled, numbers=question_numbers(petition.round))
