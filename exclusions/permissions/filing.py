"""What keeps a draft from being submitted, and what its filer should look at again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from exclusions import checks
from exclusions.facts.forms import petition_form
from exclusions.facts.numbers import NumberOverTime
from exclusions.gateways.documents.text_parts import BODY
from exclusions.models import Document, Petition, Round
from exclusions.permissions.filing_facts import NUMBER_KEY, AskedOnce, filing_facts
from exclusions.permissions.leaks import (
    NAME,
    UNREAD_REMEDY,
    FileHit,
    JudgedFiles,
    has_public_files,
    judge_files,
    refusal_leak,
    settled_leaks,
    still_judged,
    uncured_refusals,
    unread_sentence,
)
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.certifications import certifications
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class Remark:
    """One thing to say about the answers: the question and cell it concerns, what is wrong and what would help.

    An error keeps the petition from being filed, a warning does not. `key` is "" when no single question is meant.
    """

    key: str
    cell: str
    message: str
    remedy: str
    level: str = "error"
    leak: str = ""  # what it is settled by, where it concerns a confidential value in a public place
    excerpt: str = field(default="", repr=False)

    @property
    def is_error(self) -> bool:
        """Whether it keeps the petition from being filed."""
        return self.level == "error"

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}".strip()


def blocking_problems(
    petition: Petition,
    at: datetime,
    judged: JudgedFiles | None = None,
    answers: Mapping[str, Any] | None = None,
    asked: AskedOnce | None = None,
) -> list[str]:
    """Return a sentence for each error in the open version's answers; empty when the petition may be filed.

    Certifications are not among them: they are given with the submission itself. `judged` and `asked` as for
    `remarks`; `answers` are those of the open version, where the caller has read them under the row's lock.
    """
    if answers is None:
        version = petition.versions.open().newest()
        if version is None:
            return []
        answers = version.answers
    found = remarks(petition, answers, at, judged=judged, warnings=False, asked=asked)
    return [remark.sentence for remark in found if remark.is_error]


def certification_problems(round: Round, certified: Mapping[str, str]) -> list[str]:
    """Return a sentence for each certification of the round's form that is not among those given."""
    return [
        f"Certify to submit: “{question.label}”."
        for question in certifications(petition_form(round))
        if certified.get(question.key) != "yes"
    ]


def remarks(
    petition: Petition,
    answers: Mapping[str, Any],
    at: datetime,
    *,
    step: str | None = None,
    gaps: bool = True,
    judged: JudgedFiles | None = None,
    warnings: bool = True,
    on_file: NumberOverTime | None = None,
    asked: AskedOnce | None = None,
    stated: frozenset[str] | None = None,
) -> list[Remark]:
    """Return the errors, then the warnings, about these answers at a moment; of one step if given.

    Each in the order of the form. What is malformed, and with `gaps` what is missing, comes from the questionnaire, the
    rest from the checks. `judged` is what was found in the public files; without it they are read from the file store,
    which nobody may do while a row is locked. Without `warnings` nothing is looked up that only a warning comes of.
    `on_file` and `asked` as for `filing_facts`. `stated` are the leaks that were settled; without it, those on the
    petition's record. Raises FilesChanged when it was found for other answers or files.
    """
    form = petition_form(petition.round)
    certify = {question.key for question in certifications(form)}
    on_step = {question.key for question in form.on_step(step)} if step else form.labels.keys()
    cleaned = form.cleaned(answers)
    known: Any = {"earlier": warnings, "on_file": on_file, "asked": asked}
    facts = filing_facts(petition, cleaned, at, tariff=NUMBER_KEY in on_step, **known)
    of_files = _of_files(petition, form, cleaned, judged) if has_public_files(form, cleaned, on_step) else []
    results = checks.run(form, cleaned, facts)
    # What was settled matters only where there is a leak.
    if any(result.leak for result in results) or any(remark.leak for remark in of_files):
        settled = settled_leaks(petition) if stated is None else stated
        if any(result.leak in settled for result in results):  # another value may stand behind it
            results = checks.run(form, cleaned, replace(facts, settled=settled))
        of_files = [remark for remark in of_files if remark.leak not in settled]
    own = [Remark(r.key, r.cell, r.message, r.remedy, r.level, r.leak, r.excerpt) for r in results if r.key in on_step]
    checked = [*own, *of_files]
    if petition.status == Status.RETURNED:
        checked += [remark for remark in _refusals(petition, answers) if remark.key in on_step]
    # A number that is too short is told of once, by the check, which knows what could be meant instead.
    told = {NUMBER_KEY} if any(remark.key == NUMBER_KEY and remark.is_error for remark in checked) else set()
    wrong = form.problems(cleaned, step) if gaps else form.malformed(cleaned, step)
    gathered = [
        Remark(problem.key, problem.cell, problem.message, problem.remedy)
        for problem in wrong
        if problem.key not in certify | told
    ]
    order = {key: place for place, key in enumerate(form.labels)}
    return sorted([*gathered, *checked], key=lambda remark: (not remark.is_error, order[remark.key]))


def _refusals(petition: Petition, answers: Mapping[str, Any]) -> list[Remark]:
    """Return the answers that the agency will not treat as confidential, as long as they stand (15 CFR 2006.15)."""
    return [
        Remark(
            refused.question_key,
            "",
            f"The agency refused confidential treatment of this answer: {refused.reason}",
            "Replace it, or give it in a public answer and say here that everyone may read it, or withdraw "
            "the petition.",
            leak=refusal_leak(refused),
        )
        for refused in uncured_refusals(petition, answers)
    ]


def judged_files(petition: Petition) -> JudgedFiles:
    """Return what the public files of a petition give away of the answers that are worked on. Reads the file store."""
    documents = _present(petition)
    if not documents:
        return JudgedFiles([], [], None)
    version = petition.versions.newest()
    return judge_files(petition_form(petition.round), version.answers if version else {}, documents)


def _present(petition: Petition) -> list[Document]:
    present = [document for document in petition.documents.all() if document.removed_at is None]
    return sorted(present, key=attrgetter("uploaded_at", "pk"))


def _of_files(
    petition: Petition, form: Questionnaire, answers: Mapping[str, Any], judged: JudgedFiles | None
) -> list[Remark]:
    is_row = judged is not None and judged.basis is NAME  # of a sheet: its petition has no files yet
    found = still_judged(form, answers, [] if is_row else _present(petition), judged)
    unread = [
        Remark(document.question_key, "", unread_sentence(document), UNREAD_REMEDY, "warning")
        for document in found.unread
    ]
    return [*unread, *(_of_hit(hit) for hit in found.hits)]


def _of_hit(found: FileHit) -> Remark:
    name, given = found.document.file_name, f'what you gave as confidential under "{found.hit.secret.label}".'
    if found.part == NAME:
        said = f"The name of a public file repeats {given}"
    elif found.part == BODY:
        said = f"The text of the public file “{name}” repeats {given}"
    else:
        said = f"The public file “{name}” repeats, in its {found.part}, {given}"
    remedy = "Remove the file and attach one without it, or it will be published."
    return Remark(found.document.question_key, "", said, remedy, leak=found.leak, excerpt=found.hit.excerpt)
