"""How far a draft is, and what its pages show of the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from exclusions.facts.forms import petition_form
from exclusions.models import Document, Petition, PetitionVersion
from exclusions.permissions.filing import Remark
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.language.printing import printed_rows

MOST_CELLS = 3


@dataclass(frozen=True)
class StepProgress:
    """One step of a draft: how many of its required questions are answered well, and whether it was begun."""

    key: str
    title: str
    done: int
    total: int
    begun: bool

    @property
    def is_complete(self) -> bool:
        """Whether nothing required is missing or wrong on it."""
        return self.done == self.total and (self.begun or self.total > 0)


@dataclass(frozen=True)
class Progress:
    """How far a draft is: required questions answered well, of all that apply, by step and together."""

    steps: list[StepProgress] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many required questions are answered well."""
        return sum(step.done for step in self.steps)

    @property
    def total(self) -> int:
        """How many required questions apply."""
        return sum(step.total for step in self.steps)

    @property
    def next_step(self) -> str:
        """The key of the first step with something left to do, or of the last one."""
        return next((step.key for step in self.steps if step.done < step.total), self.steps[-1].key)


def progress(form: Questionnaire, answers: Mapping[str, Any]) -> Progress:
    """Return how far these answers fill the form, the certifications left out: they come with the submission."""
    cleaned = form.cleaned(answers)
    counted, wrong = form.counted(cleaned), {problem.key for problem in form.problems(cleaned)}
    asked: dict[str, list[str]] = {}
    begun: set[str] = set()
    for question in form.applicable(counted):
        if question.kind is Kind.CERTIFY:
            continue
        steps = asked.setdefault(question.step, [])
        required = question.required if isinstance(question.required, bool) else question.required.holds(counted)
        if required or question.key in wrong:
            steps.append(question.key)
        if question.key in counted:
            begun.add(question.step)
    return Progress(
        [
            StepProgress(
                step.key,
                step.title,
                sum(key not in wrong for key in asked[step.key]),
                len(asked[step.key]),
                step.key in begun,
            )
            for step in form.steps
            if step.key in asked
        ]
    )


def first_step(petition: Petition) -> str:
    """Return the key of the first step of the petition's form."""
    return petition_form(petition.round).steps[0].key


def resume_at(petition: Petition) -> str:
    """Return the key of the step at which to take a draft up again: the first that is not finished."""
    return progress(petition_form(petition.round), working_version(petition).answers).next_step


def document_names(petition: Petition) -> dict[str, str]:
    """Return {document id: file name} of the petition's files, removed ones too: old versions name them."""
    return {str(document.pk): document.file_name for document in petition.documents.all()}


def documents_by_question(petition: Petition) -> dict[str, list[Document]]:
    """Return the petition's present files by the question they answer."""
    found: dict[str, list[Document]] = {}
    for document in petition.documents.filter(removed_at__isnull=True).order_by("uploaded_at", "pk"):
        found.setdefault(document.question_key, []).append(document)
    return found


def document_of(petition: Petition, document_id: str) -> Document | None:
    """Return a present file of the petition by its id as text, or None."""
    try:
        wanted = UUID(document_id)
    except ValueError:
        return None
    return petition.documents.filter(removed_at__isnull=True, pk=wanted).first()


def working_version(petition: Petition) -> PetitionVersion:
    """Return the version with the answers that are worked on, or the last sealed one as long as none is open."""
    version = petition.versions.select_related("saved_by").order_by("-number").first()
    return version or PetitionVersion(petition=petition, answers={})


def answered_steps(petition: Petition) -> list[str]:
    """Return the keys of the steps that ask for answers; certifying is not among them."""
    form = petition_form(petition.round)
    return [s.key for s in form.steps if any(q.kind is not Kind.CERTIFY for q in form.on_step(s.key))]


def neighbours(petition: Petition, step: str) -> tuple[str, str]:
    """Return the keys of the steps before and after one, "" where there is none."""
    keys = ["", *answered_steps(petition), ""]
    place = keys.index(step, 1)
    return keys[place - 1], keys[place + 1]


def saved_keys(fields: Iterable[Any]) -> list[str]:
    """Return the keys that saving a step's fields writes: all but files, which are attached one by one."""
    questions = (getattr(field, "question", None) for field in fields)
    return [question.key for question in questions if question is not None and question.kind is not Kind.FILES]


@dataclass(frozen=True)
class Difference:
    """One answer that was changed by others after the page was opened: as saved, and as sent."""

    key: str
    label: str
    saved: str
    sent: str


def differences(
    petition: Petition, saved: Mapping[str, Any], sent: Mapping[str, Any], keys: Iterable[str]
) -> list[Difference]:
    """Return the answers to these questions as saved and as sent, each as a reader reads it."""
    form = petition_form(petition.round)
    return [
        Difference(key, form.question(key).label, _answer_text(form, key, saved), _answer_text(form, key, sent))
        for key in keys
    ]


def _answer_text(form: Questionnaire, key: str, answers: Mapping[str, Any]) -> str:
    value = form.clean({key: answers.get(key)}).get(key)
    if value is None:
        return ""
    return "\n".join(
        row.value if row.label == form.question(key).label else f"{row.label}: {row.value}"
        for row in printed_rows(form.question(key), value, {})
    )


@dataclass(frozen=True)
class PlacedRemark:
    """A remark with the place on the step's page that it concerns; `lead` is the link's text, `rest` follows it."""

    anchor: str
    lead: str
    rest: str
    remedy: str
    leak: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class StepRemarks:
    """What there is to say about one step."""

    key: str
    title: str
    remarks: list[PlacedRemark]


def by_step(form: Questionnaire, said: Iterable[Remark]) -> list[StepRemarks]:
    """Return the remarks under their steps, in the order of the form; many gaps of one table are one remark."""
    found: dict[str, list[PlacedRemark]] = {}
    for (key, remedy, _), group in groupby(said, lambda remark: (remark.key, remark.remedy, bool(remark.cell))):
        remarks = list(group)
        label = form.labels.get(key, "")
        step = form.question(key).step if label else form.steps[0].key
        placed = [_placed(remark, label) for remark in remarks]
        if len(placed) > MOST_CELLS and remarks[0].cell:
            lead = f"“{label}”: {len(placed)} cells have no answer, or one that cannot be read."
            placed = [PlacedRemark(placed[0].anchor, lead, "", remedy)]
        found.setdefault(step, []).extend(placed)
    return [StepRemarks(step.key, step.title, found[step.key]) for step in form.steps if step.key in found]


def _placed(remark: Remark, label: str) -> PlacedRemark:
    anchor = f"id_{remark.key}-{remark.cell}" if remark.cell else f"id_{remark.key}"
    if not label or label in remark.message or remark.cell:
        return PlacedRemark(anchor, remark.message, "", remark.remedy, remark.leak, remark.excerpt)
    return PlacedRemark(anchor, label, remark.message, remark.remedy, remark.leak, remark.excerpt)


@dataclass(frozen=True)
class PublicStep:
    """One step of the public version: its title and its (label, value) lines."""

    title: str
    lines: list[tuple[str, str]]


def public_steps(form: Questionnaire, answers: Mapping[str, Any], names: Mapping[str, str]) -> list[PublicStep]:
    """Return the public version of the answers as everyone will read it, step by step."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in form.printed(answers, public_only=True, document_names=names):
        found.setdefault(row.step, []).append((row.label, row.value))
    return [PublicStep(form.step(key).title, lines) for key, lines in found.items()]
