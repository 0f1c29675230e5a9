"""What the addresses of one petition share: whose it is, which version a program changed, what its answers are."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request

from exclusions.api.tokens import OWN_REFUSALS, Own
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, Round, User
from exclusions.queries.importer import petitions as queries
from exclusions.queries.importer.filing import working_version
from exclusions.questionnaires import Kind
from exclusions.questionnaires.language.cleaned import clean_answer, is_empty

READ, WRITE, CERTIFY = "petitions:read", "petitions:write", "petitions:certify"
NONE = "You have no petition with this key. See the list of your petitions."
OF_ONE = {**OWN_REFUSALS, 404: "The person has no such petition"}
TAG = re.compile(r'^(?:W/)?"([0-9]{1,9})"$')
UNTAGGED = "Send If-Match with the ETag of the petition as you read it, so that nobody’s later change is lost."
STALE = "The petition was changed after you read it. Read it again, then send your change once more."


class Untagged(APIException):
    """A change that does not say what it changes (RFC 6585)."""

    status_code, default_code, default_detail = 428, "untagged", UNTAGGED


class Stale(APIException):
    """A change of what somebody else changed meanwhile (RFC 9110)."""

    status_code, default_code, default_detail = 412, "stale", STALE


class Timed(Own):
    """A view that reads the clock once: everything in a request happens then."""

    @cached_property
    def at(self) -> datetime:
        """The moment of the request."""
        return timezone.now()


class OfOwnPetition(Timed):
    """A view of one petition that the token's person may work on."""

    queryset: Any = Petition.objects.none()
    pagination_class: Any = None
    refusals = OF_ONE

    def petition(self) -> Petition:
        """Return the petition that the address names. Raises NotFound, and PermissionDenied for a firm whose
        authorization has lapsed.
        """
        key: UUID = self.kwargs["pk"]
        found = queries.owned(self.person, key, self.at)
        if found is not None:
            return found[0]
        if reason := queries.lapse_refusal_of(self.person, key, self.at):
            raise PermissionDenied(reason)
        raise NotFound(NONE)


def revision_sent(request: Request, petition: Petition) -> int:
    """Return the revision that a program changes, by its If-Match. Raises Untagged, and Stale where it is past."""
    said = TAG.match(request.headers.get("If-Match", "").strip())
    if said is None:
        raise Untagged
    if int(said[1]) != petition.revision:
        raise Stale
    return int(said[1])


def tag_of(petition: Petition) -> str:
    """Return the ETag of a petition's answers."""
    return f'"{petition.revision}"'


def round_and_party(person: User, sent: Mapping[str, Any], at: datetime) -> tuple[Round, queries.Party]:
    """Return the open round and the party that a body names. Raises ValidationError by field."""
    round = queries.open_rounds(at).filter(slug=sent["round"]).order_by("-version").first()
    if round is None:
        raise ValidationError({"round": ["No round of this name is open. See the list of rounds."]})
    keys = (sent["organization"], sent.get("filer_organization"))
    party = next((one for one in queries.parties(person, at) if _keys(one) == keys), None)
    if party is None:
        raise ValidationError({"organization": ["You may not file for this organization in this way."]})
    return round, party


def _keys(party: queries.Party) -> tuple[Any, Any]:
    return (party.organization.pk, party.firm.pk if party.firm else None)


def require_questions(round: Round, answers: Mapping[str, Any]) -> None:
    """Raise ValidationError for an answer to what the form does not ask, or asks in another way than by an answer, and
    for one of another shape, of which nothing would be left.
    """
    form, wrong = petition_form(round), {}
    questions = {question.key: question for question in form.questions}
    kinds = {key: question.kind for key, question in questions.items()}
    for key, answer in answers.items():
        if key not in kinds:
            wrong[key] = [f"The form of this round asks nothing called {key}. See its questionnaire."]
        elif kinds[key] is Kind.CERTIFY:
            wrong[key] = ["Certify when you submit: the statement is not an answer of the draft."]
        elif kinds[key] is Kind.FILES:
            wrong[key] = ["Attach the file at the petition’s documents."]
        elif _says_something(answer) and is_empty(clean_answer(questions[key], answer)[0]):
            # What is kept of it is nothing: it would take the place of the answer that is there.
            wrong[key] = [
                "Nothing of this can be read as an answer. Send it in the shape that the questionnaire gives."
            ]
    if wrong:
        raise ValidationError({"answers": wrong})


def _says_something(answer: Any) -> bool:
    if isinstance(answer, Mapping):
        return any(map(_says_something, answer.values()))
    return any(map(_says_something, answer)) if isinstance(answer, list) else bool(str(answer or "").strip())


def digest_of(petition: Petition, answers: Mapping[str, Any]) -> str:
    """Return a name of what the person certifies: these answers and documents, of this form, at this revision."""
    said = [str(petition.pk), petition.revision, petition.round_id, answers]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def answers_of(petition: Petition) -> dict[str, Any]:
    """Return the answers that are worked on, or those that were filed last."""
    return dict(working_version(petition).answers)
