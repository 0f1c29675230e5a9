"""The texts of a case in which somebody may argue: narrative answers, posted responses, replies that were let through.

What was corrected in public says what the correction says; what is down in public, and was not corrected, is not there:
no argument is made of words that nobody may read.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from exclusions import criteria
from exclusions.checks.arguments import AGAINST, FOR, Suggestion, suggest
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import Petition, Quarantine, Response
from exclusions.models.response import HELD_BACK
from exclusions.permissions.leaks import certified_answers
from exclusions.questionnaires import Kind as AnswerKind
from exclusions.questionnaires.language.question import Question
from exclusions.workflow.public_things import Kind, key_of

# Factors whose evidence describes goods and argues nothing.
_DESCRIBED = {"administrability", "eligibility"}
_ABOUT: Mapping[str, str] = {
    key: factor.key for factor in reversed(criteria.ALL) if factor.key not in _DESCRIBED for key in factor.evidence_keys
}
_OTHERS = frozenset({"more", "more_confidential", "rationale", "bought_elsewhere", "bought_elsewhere_details"})
_SUMMARY = "_summary"  # ends the key of a question that only sums up another one for the public
_KINDS = (Kind.ANSWER, Kind.RESPONSE, Kind.RESPONSE_ANSWER, Kind.REPLY, Kind.REPLY_ANSWER)


@dataclass(frozen=True)
class CaseText:
    """A text of a case in which somebody may argue, by the citation under which a finding cites it.

    `side` is its author's, `about` the factor of its question ("" for none), `thing` its key as a public thing and
    `whole` that of the response or reply in which it stands. `summary` is what the public reads in place of a
    confidential one, `summed_up` the key of that.
    """

    citation: str
    title: str
    text: str
    side: str
    author: str
    thing: str
    whole: str = ""
    about: str = ""
    confidential: bool = False
    summary: str = ""
    summed_up: str = ""

    @cached_property
    def sha256(self) -> str:
        """The digest of what it says now."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def suggestions(self, factors: Iterable[str]) -> list[Suggestion]:
        """Return the arguments that the machine suggests, on the factors of the round."""
        return suggest(self.text, side=self.side, about=self.about, criteria=factors)


def texts_of_each(cases: Iterable[Petition]) -> dict[UUID, list[CaseText]]:
    """Return the texts of several cases, by key; two statements, and one for answers that were not read."""
    by_key = {case.pk: case for case in cases}
    down = _down([key for key, case in by_key.items() if getattr(case, "has_quarantines", True)])
    found = {key: _narratives(case) for key, case in by_key.items()}
    answering = [
        key
        for key, case in by_key.items()
        if case.round.response_questionnaire and getattr(case, "has_responses", True)
    ]
    if answering:
        rows = Response.objects.filter(petition__in=answering, status=Response.Status.POSTED)
        columns = ("reference", "organization_name", "position", "answers", "replies__answers")
        read = rows.order_by("posted_at", "reference", "replies__attempt")
        for key, screened, *row in read.values_list("petition_id", "replies__screening__outcome", *columns):
            _add_response(found[key], by_key[key], screened in HELD_BACK, *row)
    return {key: _as_public(texts, down[key]) if key in down else texts for key, texts in found.items()}


def _narratives(petition: Petition) -> list[CaseText]:
    """Return what the petition argues in its own answers."""
    form = petition_form(petition.round)
    answers = certified_answers(petition, form)
    return [
        CaseText(
            citation=f"answer:{question.key}",
            title=f"Petition {question.number}: {question.label}".replace(" :", ":"),
            text=text,
            side=FOR,
            author=petition.organization.legal_name,
            thing=key_of(Kind.ANSWER, question.key),
            about=_ABOUT.get(question.key, ""),
            confidential=not question.is_public,
            summary=str(answers.get(question.summary_key) or "").strip() if question.summary_key else "",
            summed_up=key_of(Kind.ANSWER, question.summary_key) if question.summary_key else "",
        )
        for question in form.applicable(answers)
        if _argues(question) and (text := str(answers.get(question.key) or "").strip())
    ]


def _argues(question: Question) -> bool:
    narrative = question.key in _ABOUT or question.key in _OTHERS
    return narrative and question.kind is AnswerKind.LONG_TEXT and not question.key.endswith(_SUMMARY)


def _add_response(
    found: list[CaseText], petition: Petition, held_back: bool, reference: str, who: str, position: str, answers: Any,
    reply: Any,
) -> None:  # fmt: skip
    """Add what a response argues, once, and the reply to it where one was let through."""
    side = FOR if position == "support" else AGAINST
    name, whole = f"Response {reference} ({Response.Position(position).label})", key_of(Kind.RESPONSE, reference)
    known = {one.citation for one in found}
    for question in response_form(petition.round).questions:
        text = str(answers.get(question.key) or "").strip() if _of_response(question) else ""
        first = question.key == "explanation"
        citation, title = f"response:{reference}:{question.key}", f"{name}: {question.label}"
        if first:
            citation, title = f"response:{reference}", name
        if text and citation not in known:
            thing = key_of(Kind.RESPONSE_ANSWER, reference, question.key)
            found.append(CaseText(citation, title, text, side, who, thing, whole))
    text = "" if held_back or not reply else str(reply.get("text") or "").strip()
    if text and reply_form(petition.round).question("text").is_public:
        thing, whole = key_of(Kind.REPLY_ANSWER, reference, "text"), key_of(Kind.REPLY, reference)
        who = petition.organization.legal_name
        found.append(CaseText(f"reply:{reference}", f"Reply to {reference}", text, FOR, who, thing, whole))


def _of_response(question: Question) -> bool:
    return question.kind is AnswerKind.LONG_TEXT and question.is_public and not question.key.endswith(_SUMMARY)


def _down(keys: list[UUID]) -> dict[UUID, dict[str, str]]:
    """Return what of these cases is down now, by its key as a public thing, with the text that stands in its place."""
    found: dict[UUID, dict[str, str]] = {}
    if keys:
        rows = Quarantine.objects.filter(petition__in=keys, restored_at__isnull=True, kind__in=_KINDS)
        for key, thing, correction in rows.order_by("pk").values_list("petition_id", "thing", "correction"):
            found.setdefault(key, {})[thing] = correction
    return found


def _as_public(texts: Iterable[CaseText], down: Mapping[str, str]) -> list[CaseText]:
    """Return the texts with what is corrected in public, and without what is down there."""
    found = []
    for text in texts:
        if text.confidential:
            found.append(replace(text, summary=down.get(text.summed_up, text.summary)))
        elif text.whole not in down and text.thing not in down:
            found.append(text)
        elif text.whole not in down and down[text.thing]:
            found.append(replace(text, text=down[text.thing]))
    return found
