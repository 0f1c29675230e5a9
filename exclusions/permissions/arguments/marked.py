"""What was marked in the texts of a case, and what answers each argument.

GAO-21-506 found that real processes left arguments unanswered. Each text is marked, or said to argue nothing, before
level 1 concludes; before a signature each argument against the result stands answered.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from exclusions import criteria
from exclusions.checks.arguments import AGAINST, FOR
from exclusions.days import in_full
from exclusions.models import Argument, ArgumentAnswer, Finding, Outcome, Petition, TextMark, User
from exclusions.permissions.arguments.texts import CaseText, texts_of_each
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

_READ = "arguments_read"  # in what was looked up of a petition, by `read_arguments`
# Whose arguments a result goes against.
AGAINST_RESULT: Mapping[str, frozenset[str]] = {
    Outcome.GRANT: frozenset({AGAINST}),
    Outcome.IN_PART: frozenset({FOR, AGAINST}),
    Outcome.DENY: frozenset({FOR}),
}


@dataclass(frozen=True)
class Arguments:
    """The texts of a case, the last statement on each, and the arguments that were marked and not left out."""

    texts: list[CaseText]
    marks: Mapping[str, TextMark]
    marked: list[Argument]

    def mark_of(self, text: CaseText) -> TextMark | None:
        """Return the statement on a text as it is now, or None."""
        mark = self.marks.get(text.citation)
        return mark if mark and mark.sha256 == text.sha256 else None

    def in_text(self, text: CaseText) -> list[Argument]:
        """Return the arguments of a text as it is now, in its order."""
        rows = (row for row in self.marked if row.citation == text.citation and row.sha256 == text.sha256)
        return sorted(rows, key=attrgetter("start"))

    @property
    def open_texts(self) -> list[CaseText]:
        """The texts on which nobody has said anything since they are what they are."""
        return [text for text in self.texts if self.mark_of(text) is None]

    @property
    def standing(self) -> list[tuple[CaseText, Argument]]:
        """Each argument that stands, with its text."""
        return [(text, row) for text in self.texts for row in self.in_text(text)]

    def against(self, outcome: str) -> list[tuple[CaseText, Argument]]:
        """Return the arguments against a result, each with its text."""
        return [(text, row) for text, row in self.standing if row.side in AGAINST_RESULT[outcome]]


def arguments_of(petition: Petition) -> Arguments:
    """Return what a case argues: as it was read for many, else read now. Five statements at most."""
    known: Arguments | None = petition.looked_up.get(_READ)
    return known or _read([petition])[petition.pk]


def read_arguments(petitions: Iterable[Petition]) -> None:
    """Read what these cases argue, all of them in as many statements as one; the gates then judge by it."""
    cases = list(petitions)
    for case, found in zip(cases, _read(cases).values(), strict=True):
        case.looked_up[_READ] = found


def _read(cases: list[Petition]) -> dict[UUID, Arguments]:
    texts, keys = texts_of_each(cases), [case.pk for case in cases if getattr(case, "has_text_marks", True)]
    marks: dict[UUID, dict[str, TextMark]] = {}
    if keys:
        for mark in TextMark.objects.filter(petition__in=keys).select_related("made_by").order_by("made_at", "pk"):
            marks.setdefault(mark.petition_id, {})[mark.citation] = mark
    some = [key for key, of_case in marks.items() if any(not mark.has_none for mark in of_case.values())]
    marked: dict[UUID, list[Argument]] = {}
    if some:
        rows = Argument.objects.filter(petition__in=some, left_out_at__isnull=True).order_by("pk")
        for row in rows.prefetch_related("answers__standing"):
            marked.setdefault(row.petition_id, []).append(row)
    return {case.pk: Arguments(texts[case.pk], marks.get(case.pk, {}), marked.get(case.pk, [])) for case in cases}


def likeness(argument: Argument) -> str:
    """Return a name that like arguments of many cases share: the same words, on the same factor, for the same side."""
    said = "|".join([argument.side, argument.criterion, *argument.words.lower().split()])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


# ---- Answers ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Answered:
    """How an argument stands answered: `words` say by what, `reasons` what that says; `fault` why it does not."""

    words: str = ""
    reasons: str = ""
    fault: str = ""


def last_answer(argument: Argument) -> ArgumentAnswer | None:
    """Return the answer that was given last, or None where the finding of its criterion is to answer."""
    return max(argument.answers.all(), key=attrgetter("made_at", "pk"), default=None)


def answered(argument: Argument, findings: Mapping[str, Finding]) -> Answered:
    """Return how an argument stands answered now; `findings` are the current ones, by criterion."""
    last = last_answer(argument)
    if last is not None and last.kind == ArgumentAnswer.Kind.BESIDE:
        return Answered("Beside the criteria", last.reason)
    if last is not None and last.standing is not None:
        standing, name = last.standing, f"Standing answer {last.standing_id}"
        if standing.withdrawn_at is None:
            published = in_full(eastern_date(standing.published_at))
            return Answered(f"{name} ({standing.title}), published on {published}", standing.words)
        gone = in_full(eastern_date(standing.withdrawn_at))
        return Answered(fault=f"{name} was withdrawn on {gone}, after it was cited.")
    if not argument.criterion:
        return Answered(fault="It is beside the criteria: say why, or cite a standing answer.")
    title, finding = criteria.get(argument.criterion).title, findings.get(argument.criterion)
    if finding is None:
        return Answered(fault=f"There is no finding on “{title}” to answer it.")
    if not finding.citations:
        return Answered(fault=f"The finding on “{title}” cites nothing, so it does not answer it.")
    return Answered(f"The finding on {title}: {criteria.RESULTS[finding.result]}", finding.reasons)


def findings_now(petition: Petition) -> dict[str, Finding]:
    """Return the current finding of each criterion that has one."""
    rows = sorted(petition.findings.all(), key=attrgetter("made_at", "pk"))
    return {row.criterion: row for row in rows}


def unanswered(found: Arguments, findings: Mapping[str, Finding], outcome: str) -> list[tuple[CaseText, Argument, str]]:
    """Return the arguments against a result that nothing answers, each with its text and why."""
    against = found.against(outcome)
    return [(text, row, said.fault) for text, row in against if (said := answered(row, findings)).fault]


def may_answer_for_office(user: User) -> bool:
    """Say whether a person writes and withdraws standing answers: counsel does."""
    return user.role == Role.LEGAL and user.is_active
