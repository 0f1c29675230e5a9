"""A decided petition by any form, with a response, a reply, files and letters, and a marker in all that is public."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from exclusions import questionnaires
from exclusions.actions.record.letters import decision_letter
from exclusions.actions.record.publication import publish_response
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import (
    Decision,
    Document,
    Inquiry,
    InquiryAnswer,
    Organization,
    Petition,
    PetitionVersion,
    Reply,
    Response,
    Round,
    User,
)
from exclusions.models.petition import answers_sha256
from exclusions.questionnaires import Kind, Questionnaire, Visibility
from tests.factories.markers import Markers, answer_to, files_for


def publish_marked(
    round_: Round, form_key: str, markers: Markers, people: Mapping[str, User], at: datetime
) -> Petition:
    """Return a denied petition by that form with everything that can hang on one, and its public copies."""
    round_.pk, round_.slug, round_.questionnaire = None, f"marked-{form_key}", form_key
    round_.docket = f"USTR-2031-{list(questionnaires.KEYS).index(form_key):04d}"
    round_.response_questionnaire = "response-2024" if form_key == "machinery-2024" else "response-2019"
    round_.save()
    form = petition_form(round_)
    named = any(question.key == "product_name" for question in form.questions)  # what nobody is asked, nobody typed
    petition = Petition.objects.create(
        reference=f"{round_.docket}-000001", round=round_, status="denied", hts10="6810990010",
        product_name=markers.word() if named else "",
        organization=Organization.objects.get(memberships__user=people["importer"]),
        filed_by=people["importer"], created_at=at, updated_at=at, status_since=at, submitted_at=at, posted_at=at,
        response_closes_at=at, reply_closes_at=at,
    )  # fmt: skip
    given = _all_marked(form, markers, at, people["importer"], petition=petition)
    PetitionVersion.objects.create(
        petition=petition, answers=given, saved_at=at, sealed_at=at, sealed_by=people["importer"],
        sha256=answers_sha256(given),
    )  # fmt: skip
    response = _answered(petition, markers, people, at)
    public = Document.objects.filter(petition=petition, visibility=Document.Visibility.PUBLIC)
    decision = Decision.objects.create(
        petition=petition, outcome="deny", rationale=markers.word(), denial_codes=["DR1"],
        signed_by=people["signatory"], signed_at=at,
        explanations=[
            {"key": key, "title": "The signatory departs from level 2", "words": "A denial", "reasons": markers.word()}
            for key in ("signatory", "facts")
        ],
        findings=[
            {"criterion": key, "title": key, "result": "against", "result_label": "Against", "reasons": markers.word(),
             "citations": [f"Document: {file.file_name}" for file in public]}
            for key in round_.criteria
        ],
    )  # fmt: skip
    asked = Inquiry.objects.create(
        petition=petition, number=1, question=markers.word(), asked_by=people["reviewer1"], asked_at=at, closes_at=at
    )
    InquiryAnswer.objects.create(inquiry=asked, text=markers.word(), answered_by=people["importer"], answered_at=at)
    publish_response(response, at=at)
    decision_letter(decision, at=at)
    return petition


def _answered(petition: Petition, markers: Markers, people: Mapping[str, User], at: datetime) -> Response:
    response = Response.objects.create(
        reference=f"{petition.reference}-R001", petition=petition, status="posted", position="oppose",
        organization_name=markers.word(), email="open@plain.test", confirmation_digest=petition.round.slug,
        created_at=at, confirmed_at=at, posted_at=at, posted_by=people["intake"], reply_closes_at=at,
    )  # fmt: skip
    form = response_form(petition.round)
    response.answers = _all_marked(form, markers, at, people["importer"], response=response)
    response.organization_name = str(response.answers.get("org_legal_name", response.organization_name))
    response.save()
    reply = Reply(response=response, submitted_at=at, submitted_by=people["importer"])
    form = reply_form(petition.round)
    reply.answers = _answers(form, markers)
    reply.save()
    _files_marked(form, markers, at, people["importer"], reply=reply)
    return response


def _answers(form: Questionnaire, markers: Markers) -> dict[str, Any]:
    """Markers wherever a question can hold one, public or not."""
    return {
        question.key: answer_to(replace(question, visibility=Visibility.CONFIDENTIAL), markers)
        for question in form.questions
        if question.kind is not Kind.FILES
    }


def _all_marked(form: Questionnaire, markers: Markers, at: datetime, by: User, **home: Any) -> dict[str, Any]:
    return _answers(form, markers) | _files_marked(form, markers, at, by, **home)


def _files_marked(form: Questionnaire, markers: Markers, at: datetime, by: User, **home: Any) -> dict[str, list[str]]:
    """Public and confidential files, the names of the public ones marked too."""
    found = files_for(form, markers, at, by, **home)
    for keys in found.values():
        for document in Document.objects.filter(pk__in=keys, visibility=Document.Visibility.PUBLIC):
            document.file_name = f"{markers.word()}.pdf"
            document.save(update_fields=["file_name"])
    return found
