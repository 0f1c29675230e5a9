"""A statement on many petitions as its author sees it: before it is sent, petition by petition, and afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exclusions.models import JointStatement, PublicPetition, Response, User
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.named_fields import filled_lines, may_differ


@dataclass(frozen=True)
class PreviewRow:
    """One petition with what the statement says of it alone: of each question its label and its words."""

    reference: str
    public: PublicPetition
    said: list[tuple[str, list[str]]]


def preview_rows(
    form: Questionnaire,
    typed: Mapping[str, Any],
    filled: Mapping[str, Mapping[str, Any]],
    public: Mapping[str, PublicPetition],
) -> list[PreviewRow]:
    """Return what differs for each petition, in the order of `filled`: {reference: its answers}."""
    return [
        PreviewRow(reference, public[reference], list(_differences(form, typed, answers)))
        for reference, answers in filled.items()
    ]


def _differences(
    form: Questionnaire, typed: Mapping[str, Any], answers: Mapping[str, Any]
) -> "Sequence[tuple[str, list[str]]]":
    found = []
    labels = {row.key: (row.label, row.value) for row in form.printed(answers, public_only=True)}
    for question in may_differ(form):
        mine, whole = answers.get(question.key), typed.get(question.key)
        if mine == whole or question.key not in labels:
            continue
        label, value = labels[question.key]
        lines = filled_lines(whole, mine) if isinstance(whole, str) and isinstance(mine, str) else []
        found.append((label, lines or [value]))
    return found


def last_of(user: User) -> JointStatement | None:
    """Return the statement that a person sent last, or None."""
    return JointStatement.objects.filter(user=user).select_related("round").order_by("-created_at", "pk").first()


def of_statement(joint: JointStatement) -> list[Response]:
    """Return the responses of a statement with their petitions, in the order of these."""
    rows = Response.objects.filter(joint=joint).select_related("petition__round")
    return list(rows.order_by("petition__reference"))
