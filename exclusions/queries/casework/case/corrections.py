"""What a petition was returned for, what its filer changed since, and what the filing side says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from exclusions.checks.scope_texts import in_staff_words
from exclusions.facts.forms import petition_form
from exclusions.models import Cure, Petition, PetitionVersion, User
from exclusions.permissions.cures import changed_questions, last_cure
from exclusions.permissions.filing import Remark, remarks
from exclusions.queries.importer.filing import document_names
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.language.printing import printed_rows
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class Change:
    """One answer that differs from what was certified before: "" where there was, or is, none."""

    key: str
    label: str
    before: str
    after: str
    confidential: bool


@dataclass(frozen=True)
class Point:
    """One point of the return, and whether the answer to its question was changed."""

    label: str
    remedy: str
    changed: bool


@dataclass(frozen=True)
class Correction:
    """What a petition that was submitted again had been returned for, and what was changed."""

    cure: Cure | None
    points: list[Point]
    changes: list[Change]


def correction(petition: Petition) -> Correction | None:
    """Return what was corrected in a petition that was submitted again; None of one that was never returned."""
    sealed = _sealed(petition)
    if len(sealed) < 2:
        return None
    form, (now, before) = petition_form(petition.round), sealed[:2]
    keys = changed_questions(form, before.answers, now.answers)
    names = document_names(petition)
    cure = last_cure(petition)
    points = cure.points if cure else []
    return Correction(
        cure=cure,
        points=[Point(point["label"], point["remedy"], point["question"] in keys) for point in points],
        changes=[
            Change(
                key,
                form.labels[key],
                _answer_text(form, key, before.answers, names),
                _answer_text(form, key, now.answers, names),
                not form.question(key).is_public,
            )
            for key in keys
        ],
    )


def _answer_text(form: Questionnaire, key: str, answers: Mapping[str, Any], names: Mapping[str, str]) -> str:
    value, question = answers.get(key), form.question(key)
    if not value:
        return ""
    return "\n".join(
        row.value if row.label == question.label else f"{row.label}: {row.value}"
        for row in printed_rows(question, value, names)
    )


@dataclass(frozen=True)
class Warned:
    """One thing that the filer was told to look at again, and submitted all the same."""

    key: str
    label: str
    remark: Remark


def filers_warnings(petition: Petition, at: datetime) -> list[Warned]:
    """Return what the filing side says of the answers as they were submitted, in words for staff."""
    sealed = _sealed(petition)
    if not sealed:
        return []
    labels = petition_form(petition.round).labels
    return [
        Warned(said.key, labels.get(said.key, ""), replace(said, message=in_staff_words(said.message)))
        for said in remarks(petition, sealed[0].answers, at)
    ]


def _sealed(petition: Petition) -> list[PetitionVersion]:
    """Return the certified versions, the last first: those that the page has read."""
    versions = (version for version in petition.versions.all() if version.sealed_at)
    return sorted(versions, key=attrgetter("number"), reverse=True)


def returned_cases(user: User) -> QuerySet[Petition]:
    """Return the petitions that wait for their filer's correction, the next to lapse first."""
    rows: QuerySet[Petition] = Petition.objects.filter(status=Status.RETURNED).open_to(user)
    return rows.select_related("round", "organization").order_by("cure_closes_at", "status_since", "reference")
