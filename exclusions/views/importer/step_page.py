"""What the template of a step is given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from exclusions.facts.numbers import NumberOverTime
from exclusions.facts.rounds import window_refusals
from exclusions.forms.answer_fields import AnswerField
from exclusions.forms.petitions import CopyForm
from exclusions.forms.questionnaire import StepForm
from exclusions.gateways.documents.inspection import ACCEPT, MAX_BYTES
from exclusions.models import Petition, PetitionVersion, User
from exclusions.permissions.filing import Remark, remarks
from exclusions.permissions.filing_facts import NUMBER_KEY
from exclusions.queries.importer import filing
from exclusions.queries.importer.cures import OpenCure, cure_of
from exclusions.queries.importer.petitions import open_rounds, parties
from exclusions.queries.importer.three_way import seen_text
from exclusions.queries.lookup.search import number_picker
from exclusions.questionnaires import Kind
from exclusions.workflow.states import Status


def step_context(
    petition: Petition,
    form: StepForm,
    version: PetitionVersion,
    at: datetime,
    user: User,
    *,
    query: str = "",
    sent: Mapping[str, Sequence[str]] | None = None,
    on_file: NumberOverTime | None = None,
) -> dict[str, Any]:
    """Return everything that a step's page shows; `query` is what was looked up in the tariff on it.

    `sent` names the files that came with it and were not taken: to the page's conditions they are there all the same.
    """
    questionnaire, step = form.questionnaire, form.step
    done = filing.progress(questionnaire, version.answers)
    before, after = filing.neighbours(petition, step)
    number = next((q for q in questionnaire.on_step(step) if q.kind is Kind.HTS10), None)
    looked_up = query or (str(version.answers.get(number.key, "")) if number else "")
    late, cure = window_closed(petition, at), cure_of(petition, at)
    files = filing.documents_by_question(petition) if _takes_files(form) else {}
    form.know_files({**{key: len(found) for key, found in files.items()}, **{key: 1 for key in sent or {}}})
    return {
        "petition": petition,
        "step": questionnaire.step(step),
        "position": [s.key for s in questionnaire.steps].index(step) + 1,
        "count": len(questionnaire.steps),
        "steps": indicator(petition, done, step),
        "done": done,
        "form": form,
        "cure": cure,
        "questions": [_question(form, name, files, cure) for name in form.fields],
        "picker": number_picker.pick(petition, looked_up, at, version.answers, on_file) if number else None,
        "query": query,
        "before": before,
        "after": after,
        "version": version,
        "seen": seen_text(questionnaire, version.answers, filing.saved_keys(form.fields.values())),
        "accept": ACCEPT,
        "largest": MAX_BYTES // 1_000_000,
        "now": at,
        "late": late,
        "copy_form": copy_form(petition, user, at, auto_id="id_copy_%s") if late else None,
    }


def copy_form(petition: Petition, user: User, at: datetime, **more: Any) -> CopyForm:
    """Return the form that copies a petition into a round open at a moment, for whom the person may file."""
    return CopyForm(petition=petition, rounds=list(open_rounds(at)), parties=parties(user, at), **more)


def step_remarks(
    petition: Petition,
    step: str,
    answers: Mapping[str, Any],
    at: datetime,
    *,
    gaps: bool = False,
    on_file: NumberOverTime | None = None,
) -> list[Remark]:
    """Return what to say beside the questions of a step; live exclusions are left to the panel below the number."""
    said = remarks(petition, answers, at, step=step, gaps=gaps, on_file=on_file)
    return [remark for remark in said if remark.is_error or remark.key != NUMBER_KEY]


def indicator(petition: Petition, done: filing.Progress, current: str) -> list[dict[str, str]]:
    """Return the steps for the step indicator: those of the form, then checking and certifying."""
    steps = []
    for step in done.steps:
        state = "current" if step.key == current else "done" if step.is_complete else "todo"
        steps.append(
            {"label": step.title, "url": reverse("petition-step", args=[petition.pk, step.key]), "state": state}
        )
    for key, label in (("check", "Check answers"), ("certify", "Certify and submit")):
        state = "current" if key == current else "todo"
        steps.append({"label": label, "url": reverse(f"petition-{key}", args=[petition.pk]), "state": state})
    return steps


def window_closed(petition: Petition, at: datetime) -> str:
    """Return why a draft cannot be submitted now; an empty text while its round takes petitions."""
    return " ".join(window_refusals(petition.round, at)) if petition.status == Status.DRAFT else ""


def _takes_files(form: StepForm) -> bool:
    return any(isinstance(field, AnswerField) and field.question.kind is Kind.FILES for field in form.fields.values())


def _question(form: StepForm, name: str, files: dict[str, list[Any]], cure: OpenCure | None) -> dict[str, Any]:
    field = form.fields[name]
    kind = field.question.kind if isinstance(field, AnswerField) else None
    return {
        "field": form[name],
        "key": name,
        "takes_files": kind is Kind.FILES,
        "documents": files.get(name, []),
        "is_number": kind is Kind.HTS10,
        "to_correct": cure.points_about(name) if cure else [],
    }
