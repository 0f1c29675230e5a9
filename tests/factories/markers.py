"""Filings by every form, with a marker of its own in every confidential question, file, file name and metadata."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exclusions import questionnaires
from exclusions.actions.record.files import Upload, keep_file
from exclusions.actions.record.publication import publish_response
from exclusions.facts.forms import petition_form
from exclusions.models import Organization, Petition, PetitionVersion, Reply, Response, Round, User
from exclusions.models.petition import answers_sha256
from exclusions.questionnaires import Kind, Question, Questionnaire, Visibility
from tests.factories.files import pdf

STEM = "zqx"  # no word of any page, and no hexadecimal digest, holds it


@dataclass
class Markers:
    """Gives out markers, each once, and finds them again."""

    given: int = 0
    figures: list[str] = field(default_factory=list)

    def word(self) -> str:
        """Return a new word."""
        self.given += 1
        return f"{STEM}{self.given:04d}"

    def figure(self) -> str:
        """Return a new amount of seven digits."""
        self.given += 1
        self.figures.append(str(7_430_017 + 101 * self.given))
        return self.figures[-1]

    def found_in(self, text: str) -> list[str]:
        """Return the markers in a text, figures with commas or without."""
        plain = text.casefold().replace(",", "")
        # The whole word: a signed token of a link may well hold the stem, in letters of either size.
        numbers = re.findall(rf"{STEM}(\d{{4}})", plain)
        words = [f"{STEM}{number}" for number in dict.fromkeys(numbers) if 1 <= int(number) <= self.given]
        return words + [figure for figure in self.figures if figure in plain]


def answers(form: Questionnaire, markers: Markers) -> dict[str, Any]:
    """Return answers to every question: markers where the answer is confidential, plain ones elsewhere."""
    return {
        question.key: answer_to(question, markers) for question in form.questions if question.kind is not Kind.FILES
    }


def answer_to(question: Question, markers: Markers) -> Any:
    secret = question.visibility is not Visibility.PUBLIC
    if question.kind is Kind.ROWS:
        return [{c.key: _cell(c.kind, c.visibility is not None or secret, markers) for c in question.columns}]
    if question.kind is Kind.PURCHASES:
        periods = [period.key for period in question.periods]
        grid = {o.key: {p: {"value": markers.figure(), "quantity": "3"} for p in periods} for o in question.origins}
        return grid | {"unit": markers.word()}
    if question.kind is Kind.REVENUE:
        return {period.key: markers.figure() for period in question.periods}
    if question.kind is Kind.QUANTITY:
        return {"quantity": markers.figure() if secret else "3", "unit": markers.word() if secret else "kg"}
    if question.kind is Kind.CHOICE:
        return question.choices[0].value
    return _cell(question.kind, secret, markers)


def _cell(kind: Kind, secret: bool, markers: Markers) -> str:
    plain = {
        Kind.HTS10: "6810990010",
        Kind.YES_NO: "yes",
        Kind.YES_NO_UNSURE: "no",
        Kind.CERTIFY: "yes",
        Kind.COUNTRY: "US",
    }
    plain |= {Kind.STATE: "OH", Kind.ZIP: "45402", Kind.PERCENT: "41", Kind.NAICS: "326199", Kind.CAS: "108-77-0"}
    if kind in plain:
        return plain[kind]
    if kind in (Kind.MONEY, Kind.NUMBER):
        return markers.figure() if secret else "12"
    if kind is Kind.EMAIL:
        return f"{markers.word()}@hidden.test" if secret else "open@plain.test"
    if kind is Kind.PHONE:
        return f"+1 202-{markers.word()}" if secret else "+1 202-555-0143"
    return markers.word() if secret else "Plain words"


def petition_forms() -> Iterator[str]:
    """Yield the keys of the forms by which petitions are filed."""
    return (key for key in questionnaires.KEYS if not key.startswith(("response", "reply")))


def file_all(round_: Round, form_key: str, markers: Markers, people: Mapping[str, User], at: datetime) -> Petition:
    """Return a posted petition by that form, a posted response and a reply to it, all marked, and their public copies.

    Nothing is validated: what a form would refuse is what a leak would bring to light.
    """
    round_.pk, round_.slug = None, form_key
    round_.questionnaire = form_key
    round_.docket = f"USTR-2030-{list(questionnaires.KEYS).index(form_key):04d}"
    round_.response_questionnaire = "response-2024" if form_key == "machinery-2024" else "response-2019"
    round_.save()
    form = petition_form(round_)
    petition = Petition.objects.create(
        reference=f"{round_.docket}-000001",
        round=round_,
        status="posted",
        hts10="6810990010",
        product_name="Plain words",
        organization=Organization.objects.get(memberships__user=people["importer"]),
        filed_by=people["importer"],
        created_at=at,
        updated_at=at,
        status_since=at,
        submitted_at=at,
        posted_at=at,
        response_closes_at=at,
        reply_closes_at=at,
    )
    given = answers(form, markers) | files_for(form, markers, at, people["importer"], petition=petition)
    PetitionVersion.objects.create(
        petition=petition,
        answers=given,
        saved_at=at,
        sealed_at=at,
        sealed_by=people["importer"],
        sha256=answers_sha256(given),
    )
    publish_response(_replied(petition, markers, people, at), at=at)
    return petition


def _replied(petition: Petition, markers: Markers, people: Mapping[str, User], at: datetime) -> Response:
    """Return a posted response to the petition, with a reply to it."""
    response_form = questionnaires.get(petition.round.response_questionnaire)
    response = Response.objects.create(
        reference=f"{petition.reference}-R1",
        petition=petition,
        status="posted",
        position="oppose",
        organization_name="Plain words",
        email=f"{markers.word()}@hidden.test",
        confirmation_digest=petition.round.slug,
        answers=answers(response_form, markers),
        created_at=at,
        confirmed_at=at,
        posted_at=at,
        posted_by=people["intake"],
        reply_closes_at=at,
    )
    response.answers |= files_for(response_form, markers, at, people["importer"], response=response)
    response.save()
    reply_form = questionnaires.get("reply-2019")
    Reply.objects.create(
        response=response, answers=answers(reply_form, markers), submitted_at=at, submitted_by=people["importer"]
    )
    return response


def files_for(form: Questionnaire, markers: Markers, at: datetime, by: User, **home: Any) -> dict[str, list[str]]:
    """Attach a file to every question that takes them: a public one with a marked author, a confidential all marked."""
    found = {}
    for question in (question for question in form.questions if question.kind is Kind.FILES):
        public = question.visibility is Visibility.PUBLIC
        text, name = ("plain", f"{question.key}.pdf") if public else (markers.word(), f"{markers.word()}.pdf")
        data = pdf(text, author=markers.word(), title=markers.word())
        document = keep_file(form, question.key, Upload(name, data)).document()
        for key, value in {**home, "uploaded_by": by, "uploaded_at": at}.items():
            setattr(document, key, value)
        document.save(force_insert=True)
        found[question.key] = [str(document.pk)]
    return found
