"""A petition checked, certified, filed and withdrawn by the programs of its person."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.filing import petitions as actions
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.output import CheckOutput, FiledOutput, OwnPetitionRowOutput, ReasonInput, SubmitInput
from exclusions.api.petitions.owned import CERTIFY, WRITE, OfOwnPetition, answers_of, digest_of
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.models import Petition
from exclusions.permissions.filing import certification_problems, remarks
from exclusions.questionnaires.certifications import certifications
from exclusions.workflow.states import EDITABLE

CHANGED = "The answers or documents are others than those that were checked. Check again, read it, then certify."


class CheckPetition(OfOwnPetition):
    """Whether a petition may be filed as it is."""

    serializer_class = CheckOutput
    scopes = {"POST": WRITE}
    made_never = True
    more_refusals = {"POST": {409: "The petition is filed"}}

    @extend_schema(request=None)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return what is wrong and what to look at again, each with its remedy, and the statements to certify.

        Nothing is filed. `digest` names the answers and documents that were looked at.
        """
        petition = self.petition()
        if petition.status not in EDITABLE:
            raise WrongState(f"{petition} is filed. There is nothing to check.")
        form, answers = petition_form(petition.round), answers_of(petition)
        said = remarks(petition, answers, self.at)
        wrong = [remark for remark in said if remark.is_error]
        body = {
            "ready": not wrong,
            "problems": wrong,
            "warnings": [remark for remark in said if not remark.is_error],
            "certifications": certifications(form),
            "digest": digest_of(petition, answers),
        }
        return Response(CheckOutput(body).data)


class SubmitPetition(OfOwnPetition):
    """A petition certified by the token's person, and filed."""

    serializer_class = FiledOutput
    scopes = {"POST": CERTIFY}
    made_never = True
    more_refusals = {"POST": {**BODY, 409: "The window is closed, or the petition is filed or was changed"}}

    @extend_schema(request=SubmitInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """File a petition, or file one again that was returned for correction; return its reference.

        `certified` are the keys of all statements of the check, which the token's person makes by this call; `digest`
        is that of the check. The person gets the receipt by e-mail.
        """
        return once(request, lambda: self._certify(request), at=self.at)

    def _certify(self, request: Request) -> Response:
        petition = self.petition()
        asked = SubmitInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        if petition.status not in EDITABLE:
            raise WrongState(f"{petition} was already submitted. It was not submitted twice.")
        if sent["digest"] != digest_of(petition, answers_of(petition)):
            raise Conflict(CHANGED)
        certified = dict.fromkeys(sent["certified"], "yes")
        if missing := certification_problems(petition.round, certified):
            raise Incomplete(*missing, fields={"certified": missing})
        filed = actions.submit(
            petition,
            by=self.person,
            at=self.at,
            certified=certified,
            revision=petition.revision,
            unchanged=sent["unchanged"],
        )
        return Response(FiledOutput(filed, context={"sha256": _sealed(filed)}).data)


def _sealed(petition: Petition) -> str:
    last = petition.versions.sealed().newest()
    return last.sha256 if last else ""


class WithdrawPetition(OfOwnPetition):
    """A filed petition withdrawn for good."""

    serializer_class = OwnPetitionRowOutput
    scopes = {"POST": WRITE}
    made_never = True
    more_refusals = {"POST": {**BODY, 409: "The petition is a draft, or is decided or closed"}}

    @extend_schema(request=ReasonInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Withdraw a filed petition, with a reason for the record; return it as it is then."""
        return once(request, lambda: self._withdraw(request), at=self.at)

    def _withdraw(self, request: Request) -> Response:
        petition = self.petition()
        asked = ReasonInput(data=request.data)
        asked.is_valid(raise_exception=True)
        done = actions.withdraw(petition, by=self.person, at=self.at, reason=asked.validated_data["reason"])
        return Response(OwnPetitionRowOutput(done).data)
