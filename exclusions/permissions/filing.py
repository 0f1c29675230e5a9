"""What keeps a draft from being submitted, and what its filer should look at again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exclusions import checks, questionnaires
from exclusions.models import Petition, Round
from exclusions.permissions.filing_facts import NUMBER_KEY, filing_facts
from exclusions.questionnaires import Kind, Questionnaire


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

    @property
    def is_error(self) -> bool:
        """Whether it keeps the petition from being filed."""
        return self.level == "error"

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}".strip()


def blocking_problems(petition: Petition, at: datetime) -> list[str]:
    """Return a sentence for each error in the open version's answers; empty when the petition may be filed.

    Certifications are not among them: they are given with the submission itself.
    """
    version = petition.versions.filter(sealed_at__isnull=True).first()
    if version is None:
        return []
    return [remark.sentence for remark in remarks(petition, version.answers, at) if remark.is_error]


def certification_problems(round: Round, certified: Mapping[str, str]) -> list[str]:
    """Return a sentence for each certification of the round's form that is not among those given."""
    return [
        f"Certify to submit: “{question.label}”."
        for question in petition_form(round).questions
        if question.kind is Kind.CERTIFY and certified.get(question.key) != "yes"
    ]


def remarks(
    petition: Petition, answers: Mapping[str, Any], at: datetime, *, step: str | None = None, gaps: bool = True
) -> list[Remark]:
    """Return the errors, then the warnings, about these answers at a moment; of one step if given.

    Each in the order of the form. What is malformed, and with `gaps` what is missing, comes from the questionnaire, the
    rest from the checks.
    """
    form = petition_form(petition.round)
    certify = {question.key for question in form.questions if question.kind is Kind.CERTIFY}
    on_step = {question.key for question in form.on_step(step)} if step else form.labels.keys()
    facts = filing_facts(petition, answers, at, tariff=NUMBER_KEY in on_step)
    checked = [
        Remark(result.key, result.cell, result.message, result.remedy, result.level)
        for result in checks.run(form, answers, facts)
        if result.key in on_step
    ]
    # A number that is too short is told of once, by the check, which knows what could be meant instead.
    told = {NUMBER_KEY} if any(remark.key == NUMBER_KEY and remark.is_error for remark in checked) else set()
    wrong = form.problems(answers, step) if gaps else form.malformed(answers, step)
    gathered = [
        Remark(problem.key, problem.cell, problem.message, problem.remedy)
        for problem in wrong
        if problem.key not in certify | told
    ]
    order = {key: place for place, key in enumerate(form.labels)}
    return sorted([*gathered, *checked], key=lambda remark: (not remark.is_error, order[remark.key]))


def petition_form(round: Round) -> Questionnaire:
    """Return the round's petition form with its own periods."""
    return questionnaires.get(round.questionnaire, periods=tuple(round.purchase_periods))
