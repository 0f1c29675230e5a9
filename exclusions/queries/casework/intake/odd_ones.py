"""Petitions of one requester's day beside one another: what all of them say, and in what one departs from the rest.

Nothing here repeats an answer: labels of questions, references and what is said of a number are all.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from exclusions import checks, hts
from exclusions.checks import Facts
from exclusions.checks.scope_texts import in_staff_words
from exclusions.facts.coverage import CoveredRows, covered_rows, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import covers
from exclusions.hts import undotted
from exclusions.models import Petition
from exclusions.permissions.leaks import certified_answers, uncured_refusals
from exclusions.queries.casework.case.evidence import AnswerLine, AnswerStep, answer_steps, public_steps
from exclusions.queries.casework.case.screening import doubts
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.sheet_columns import company_step
from exclusions.workflow.states import Status

NO_LIST = "On the day of filing, no list of this round covered its number."
UNREAD = "Nobody has read some part of a public file: that file waits after posting."
PICTURES = "Only a person can look at the pictures in a public file."
REFUSED = "Confidential treatment of an answer was refused, and the answer is still there."
AGAIN = "Submitted again after a return."


@dataclass(frozen=True)
class Member:
    """One petition of the entry: its number, what is odd in it, its public answers (but the company's), its files."""

    petition: Petition
    number: str
    odd: list[str]
    public: list[AnswerStep] = field(default_factory=list, repr=False)
    files: list[Any] = field(default_factory=list, repr=False)
    withheld: int = 0


@dataclass(frozen=True)
class Compared:
    """The petitions of an entry, the odd ones first; what was said of most of them; and the company's part, once."""

    members: list[Member]
    common: list[str]
    company: list[AnswerLine] = field(repr=False)

    @property
    def odd(self) -> int:
        """How many of them depart from the rest."""
        return sum(bool(member.odd) for member in self.members)


@dataclass
class _Read:
    """One petition as it is compared: its answers, the files, and the remarks as {what is said of: words}."""

    petition: Petition
    answers: Any
    public: list[AnswerStep]
    files: list[Any]
    remarks: dict[tuple[str, str], str]
    own: list[str] = field(default_factory=list)


def compare(petitions: Sequence[Petition], at: datetime) -> Compared:
    """Return some petitions of `filed_together` beside one another. Two statements, however many there are."""
    if not petitions:
        return Compared([], [], [])
    form = petition_form(petitions[0].round)
    read = [_read(petition) for petition in petitions]
    _note_numbers(read, at)
    _note_repeats(read)
    same = _company_of_most(form, read)
    _note_departures(form, read, same)
    often = Counter(name for one in read for name in one.remarks)
    common = {name for name, number in often.items() if number > len(read) / 2}
    members = [_member(form, one, common) for one in read]
    members.sort(key=lambda member: (-len(member.odd), str(member.petition.reference)))
    said = [f"{words} ({often[name]} of {len(read)})" for name, words in _first_words(read, common).items()]
    return Compared(members, said, _company_lines(form, read, same))


def shown_whole(members: Sequence[Member]) -> list[Member]:
    """Return members of one page with how many answers of each stay confidential."""
    return [replace(member, withheld=_withheld(member.petition)) for member in members]


def _read(petition: Petition) -> _Read:
    form = petition_form(petition.round)
    answers = certified_answers(petition, form)
    first, files = company_step(form), list(petition.documents.all())
    names = {str(file.pk): file.file_name for file in files}
    public = public_steps(form, answers, names)
    remarks = {name: words for name, words in _remarks(petition, form, answers, public)}
    return _Read(
        petition, answers, [step for step in public if step.key != first], files, remarks, _of_record(petition)
    )


def _remarks(
    petition: Petition, form: Questionnaire, answers: Any, public: list[AnswerStep]
) -> list[tuple[tuple[str, str], str]]:
    """Return what the checks say of the answers, and which public answers deserve a second look: by what is said."""
    firm = petition.filer_organization
    facts = Facts(
        names=(petition.organization.legal_name, *([firm.legal_name] if firm else [])),
        actions=tuple(str(action) for action in petition.round.actions.all()),
        eligible_numbers=petition.round.eligible_numbers,
    )
    labels = form.labels
    said = [
        ((result.key, result.remedy), f"“{labels[result.key]}”: {in_staff_words(result.message)}")
        for result in checks.warnings(form, answers, facts)
    ]
    # The files are read, one after the other, where the petition is posted.
    for doubt in doubts(petition, form, answers, public, []):
        said.append(((doubt.key, doubt.why), f"“{doubt.label}” {doubt.why}."))
    return said


def _of_record(petition: Petition) -> list[str]:
    """Return what the record says of a petition beside its answers."""
    found = []
    files = petition.documents.all()
    if any(file.visibility == file.Visibility.PUBLIC and not file.is_read_whole for file in files):
        found.append(UNREAD)
    if any(file.visibility == file.Visibility.PUBLIC and file.pictures for file in files):
        found.append(PICTURES)
    sealed = list(petition.versions.all())
    if sealed and uncured_refusals(petition, sealed[0].answers):
        found.append(REFUSED)
    if len(sealed) > 1:
        found.append(AGAIN)
    return found


def _note_numbers(read: Sequence[_Read], at: datetime) -> None:
    """Note which numbers no list of the round covered on the day of filing. One statement."""
    codes = {action.code for action in read[0].petition.round.actions.all()}
    if not codes:
        return
    known = covered_rows({undotted(one.petition.hts10)[:8] for one in read if one.petition.hts10})
    for one in read:
        if not _is_covered(one.petition, codes, known, at):
            one.own.append(NO_LIST)


def _is_covered(petition: Petition, codes: set[str], known: CoveredRows, at: datetime) -> bool:
    day = filing_day(petition.submitted_at, at)
    return covers(codes, in_force(known.history(undotted(petition.hts10)), day))


def _note_repeats(read: Sequence[_Read]) -> None:
    """Note what repeats another of the entry, or an earlier petition of the requester for the number. One statement."""
    seen: dict[tuple[str, str], str] = {}
    for one in read:
        petition = one.petition
        key = (petition.hts10, " ".join(petition.product_name.casefold().split()))
        if key in seen:
            one.own.append(f"It repeats the number and the product of {seen[key]}.")
        seen.setdefault(key, str(petition.reference))
    first = read[0].petition
    earlier = Petition.objects.filter(
        organization=first.organization_id,
        round__slug=first.round.slug,
        hts10__in={one.petition.hts10 for one in read},
    ).exclude(status__in=(Status.DRAFT, Status.WITHDRAWN, Status.LAPSED))
    others = earlier.exclude(pk__in=[one.petition.pk for one in read]).order_by("-reference")
    by_number = dict(others.values_list("hts10", "reference"))
    for one in read:
        if other := by_number.get(one.petition.hts10):
            one.own.append(f"The requester filed {other} for the same number.")


def _company_of_most(form: Questionnaire, read: Sequence[_Read]) -> dict[str, str]:
    """Return of each question of the company's part the answer that most give, written out; "" where none is."""
    keys = [question.key for question in form.on_step(company_step(form)) if question.kind is not Kind.CERTIFY]
    return {key: Counter(_written(one.answers.get(key)) for one in read).most_common(1)[0][0] for key in keys}


def _written(answer: Any) -> str:
    return json.dumps(answer, sort_keys=True, default=str) if answer not in (None, "", [], {}) else ""


def _note_departures(form: Questionnaire, read: Sequence[_Read], same: Mapping[str, str]) -> None:
    """Note where a company's part differs from most, and which questions one leaves open that most answer."""
    answered = Counter(key for one in read for key, value in one.answers.items() if _written(value))
    usual = {key for key, number in answered.items() if number > len(read) / 2 and key not in same}
    labels = form.labels
    for one in read:
        if differing := [labels[key] for key, value in same.items() if _written(one.answers.get(key)) != value]:
            one.own.append(f"The company’s part differs from the others in {_listed(differing)}.")
        if gaps := [labels[key] for key in labels if key in usual and not _written(one.answers.get(key))]:
            one.own.append(f"It leaves open what most answer: {_listed(gaps)}.")


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - 5} more" if len(labels) > 5 else ""
    return ", ".join(f"“{label}”" for label in labels[:5]) + more


def _member(form: Questionnaire, one: _Read, common: set[tuple[str, str]]) -> Member:
    said = [words for name, words in one.remarks.items() if name not in common]
    number = hts.dotted(one.petition.hts10) if one.petition.hts10 else ""
    return Member(one.petition, number, [*one.own, *said], one.public, one.files)


def _first_words(read: Sequence[_Read], names: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for one in read:
        for name, words in one.remarks.items():
            if name in names:
                found.setdefault(name, words)
    return found


def _company_lines(form: Questionnaire, read: Sequence[_Read], same: Mapping[str, str]) -> list[AnswerLine]:
    """Return the company's part as the petition prints it that departs least from what most answer."""
    nearest = min(read, key=lambda one: sum(_written(one.answers.get(key)) != value for key, value in same.items()))
    steps = answer_steps(form, nearest.answers, {}, list(same))
    return [line for step in steps for line in step.lines]


def _withheld(petition: Petition) -> int:
    form = petition_form(petition.round)
    answers = certified_answers(petition, form)
    return sum(
        not question.is_public and bool(answers.get(question.key)) and question.step != company_step(form)
        for question in form.applicable(answers)
    )
