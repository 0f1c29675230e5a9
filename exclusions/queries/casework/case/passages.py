"""The passages of a record that a finding may cite: an answer, what a response says, a document or a page of it.

What is shown of them depends on the reader: made of the public side of a case, they hold public words alone, and what
was taken down is not among them. Letters and decisions are made of those.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Document, Petition, Response, Round
from exclusions.permissions.leaks import sealed_answers
from exclusions.queries.casework.case.evidence import (
    UNANSWERED,
    AnswerLine,
    AnswerStep,
    answer_steps,
    is_evidence,
    public_steps,
    without_answer,
)
from exclusions.queries.casework.case.responses import PrintedReply, PrintedResponse, printed_responses
from exclusions.queries.record.case_files import case_files, names_of
from exclusions.queries.record.taken_down import Down, down_of
from exclusions.questionnaires.language.question import Question
from exclusions.workflow.public_things import Kind

SHORT, IN_LETTER = 320, 600  # characters of a passage beside its box, and in a letter
NO_ANSWER = "The record has no answer."
EXPLANATION, TEXT = "explanation", "text"  # what a response and a reply say in the first place


@dataclass  # frozen, those of a page would take four times as long to make
class Passage:
    """One thing that can be cited: under which words, and what it says ("" for a document)."""

    citation: str
    words: str
    text: str
    confidential: bool = False
    question: str = ""  # the key of the question that it answers

    @cached_property
    def short(self) -> str:
        """The beginning of what it says."""
        return excerpt(self.text, SHORT)


def excerpt(text: str, most: int) -> str:
    """Return the beginning of a text: to the end of a sentence where one ends in time, else of a word, with “…”."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    begun = plain[: most - 2]
    ends = [found.end() for found in re.finditer(r"[.;!?](?= )", begun)]
    if ends and ends[-1] > most // 2:
        return f"{begun[: ends[-1]]} …"
    return f"{begun[: begun.rfind(' ')] if ' ' in begun else begun} …"


def passages(
    round: Round, steps: Iterable[AnswerStep], responses: Sequence[PrintedResponse], files: Iterable[Document]
) -> dict[str, Passage]:
    """Return what may be cited of a case, by citation, made of what its reader sees of it anyhow. No statement."""
    found: list[Passage] = _answers(round, steps)
    posted = [said for said in responses if said.response.status == Response.Status.POSTED]
    for said in sorted(posted, key=lambda said: (said.response.posted_at, said.response.reference)):
        found += _of_response(round, said)
    found += [_document(file) for file in files if file.reply_id is None]
    return {passage.citation: passage for passage in found}


def passages_of(petition: Petition, *, whole: bool, certified: dict[str, Any] | None = None) -> dict[str, Passage]:
    """Return the passages of a petition: all of them, or with `whole` false those of its public side as it is now.

    `certified` are its answers as last certified, where the caller has read them. Four statements at most.
    """
    down = None if whole else down_of(petition)
    files = list(case_files(petition, whole=whole, down=down))
    answers = sealed_answers(petition) if certified is None else certified
    form, names = petition_form(petition.round), names_of(files)
    if down is None:
        steps = answer_steps(form, answers, names)
    else:
        steps = public_steps(form, answers, names | down.file_names, down.placing(Kind.ANSWER))
    return passages(petition.round, steps, printed_responses(petition, files, down), files)


def public_answers(petition: Petition, *, is_down: bool = True) -> dict[str, Passage]:
    """Return what its public answers say alone, as they are now. Two statements at most; `is_down`: whether anything
    of the petition may be.
    """
    down = down_of(petition) if is_down else Down([])
    steps = public_steps(petition_form(petition.round), sealed_answers(petition), {}, down.placing(Kind.ANSWER))
    return passages(petition.round, steps, (), ())


def cited(found: Mapping[str, Passage], citations: Iterable[str]) -> list[Passage]:
    """Return the passages of these citations, in their order; those that the reader may not see are left out."""
    passages = (_cited(found, citation) for citation in citations)
    return [passage for passage in passages if passage]


def _cited(found: Mapping[str, Passage], citation: str) -> Passage | None:
    if citation in found:
        return found[citation]
    document, _, page = citation.rpartition(":")
    whole = found.get(document) if document.startswith("document:") else None
    return replace(whole, citation=citation, words=f"{whole.words}, page {page}") if whole else None


def _answers(round: Round, steps: Iterable[AnswerStep]) -> list[Passage]:
    form, lines = petition_form(round), _by_question(steps)
    given = [
        Passage(
            f"answer:{key}",
            _asked(question),
            _text(question.label, of_question),
            any(line.confidential for line in of_question),
            key,
        )
        for key, of_question in lines.items()
        if is_evidence(question := form.question(key))
    ]
    return given + [
        Passage(f"{UNANSWERED}:{question.key}", _asked(question), NO_ANSWER, question=question.key)
        for question in without_answer(form, lines)
    ]


def _asked(question: Question) -> str:
    return f"Petition {question.number}: {question.label}".replace(" :", ":")


def _of_response(round: Round, said: PrintedResponse) -> list[Passage]:
    response, lines, form = said.response, _by_question(said.steps), response_form(round)
    name = f"Response {response.reference} ({response.get_position_display()})"
    whole = _text("", lines.pop(EXPLANATION, []))
    found = [Passage(f"response:{response.reference}", name, whole, question=EXPLANATION)]
    for key, of_question in lines.items():
        question = form.question(key)
        if is_evidence(question) and question.is_public and not any(line.confidential for line in of_question):
            text, words = _text(question.label, of_question), f"{name}, {question.label}"
            found.append(Passage(f"response:{response.reference}:{key}", words, text, question=key))
    return [*found, *(_reply(reply, str(response.reference)) for reply in said.replies if _through(reply))]


def _through(said: PrintedReply) -> bool:
    screening = getattr(said.reply, "screening", None)
    return screening is None or not screening.holds_back


def _reply(said: PrintedReply, reference: str) -> Passage:
    text = _text("", _by_question(said.steps).get(TEXT, []))
    return Passage(f"reply:{reference}", f"Reply to {reference}", text, question=TEXT)


def _document(file: Document) -> Passage:
    public = file.visibility == Document.Visibility.PUBLIC
    name = file.file_name if public else f"confidential document of {file.uploaded_at:%Y-%m-%d}"
    return Passage(f"document:{file.pk}", f"Document: {name}", "", not public)


def _by_question(steps: Iterable[AnswerStep]) -> dict[str, list[AnswerLine]]:
    lines: dict[str, list[AnswerLine]] = {}
    for step in steps:
        for line in step.lines:
            if line.key in lines:
                lines[line.key].append(line)
            else:
                lines[line.key] = [line]
    return lines


def _text(label: str, lines: Sequence[AnswerLine]) -> str:
    """Return what the lines of one question say; each with its own label, where it has one beside that of the
    question.
    """
    if len(lines) == 1 and lines[0].label == label:
        return lines[0].value
    said = []
    for line in lines:
        own = "" if line.label == label or not label else line.label.removeprefix(label).strip(" ,")
        said.append(f"{own}: {line.value}" if own else line.value)
    return "; ".join(said)
