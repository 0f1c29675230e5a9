"""Responding to a posted petition without an account, confirming by e-mail, and the requester's reply."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import replies, responses
from exclusions.actions.filing.documents import Upload
from exclusions.errors import ActionRefused
from exclusions.facts.forms import reply_form, response_form
from exclusions.forms.questionnaire import StepForm, step_form
from exclusions.models import Response
from exclusions.queries.public import docket
from exclusions.questionnaires import Problem, Questionnaire
from exclusions.views.frame.middleware.no_store import secret_link
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.sender import network
from exclusions.views.frame.signed_in import signed_in
from exclusions.views.frame.tally import count, counted

RESPONSES_AN_HOUR = 20


def _step_forms(form: Questionnaire, request: HttpRequest) -> list[tuple[Any, StepForm]]:
    sent = request.POST if request.method == "POST" else None
    stored: dict[str, Any] = {}
    pairs = []
    for step in form.steps:
        page = step_form(form, step.key, stored, sent, request.FILES if sent is not None else None)
        if sent is not None:
            # Later steps may depend on what the earlier ones say on the same page.
            stored = {**stored, **page.answers()}
        pairs.append((step, page))
    return pairs


def _answers(pairs: list[tuple[Any, StepForm]]) -> dict[str, Any]:
    return {key: value for _, page in pairs for key, value in page.answers().items()}


def _uploads(pairs: list[tuple[Any, StepForm]]) -> dict[str, list[Upload]]:
    sent = {key: files for _, page in pairs for key, files in page.uploads().items()}
    return {key: [Upload.of(file) for file in files] for key, files in sent.items()}


def _show(refused: ActionRefused, form: Questionnaire, pairs: list[tuple[Any, StepForm]]) -> list[str]:
    """Put a refusal beside the questions that it names; return what it says of none of them.

    Of the answers the form itself says what is missing or wrong, each thing in its cell; of files only the action can.
    """
    problems = form.problems(_answers(pairs))
    of_files = refused.fields.keys() & _uploads(pairs).keys()
    problems += [Problem(name, "", sentence, "") for name in of_files for sentence in refused.fields[name]]
    for _, page in pairs:
        page.show(problems)
    return [] if refused.fields else refused.reasons


@require_http_methods(["GET", "HEAD", "POST"])
def respond_to_petition(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a response in support or opposition; what was typed stays on the page when something is missing."""
    now = moment(request)
    found = docket.petition_page(reference, now)
    if found is None or found.petition.round is None or not found.petition.round.response_questionnaire:
        raise Http404
    form = response_form(found.petition.round)
    pairs = _step_forms(form, request)
    reasons: list[str] = []
    attempt = Attempt()
    if request.method == "POST":
        if counted("respond", network(request)) >= RESPONSES_AN_HOUR:
            reasons = ["Too many responses came from your network in the last hour. Wait an hour, then send again."]
            return _respond_page(request, found, pairs, reasons, 429)
        with attempt:
            response = responses.respond(
                reference=reference, answers=_answers(pairs), uploads=_uploads(pairs), by=request.user, at=now
            )
            # Its confirmation is on the way: that counts, and no attempt that was refused.
            count("respond", network(request), seconds=3600)
            context = {"petition": found.petition, "email": response.email, "now": now}
            return render(request, "public/responses/sent.html", context)
        reasons = _show(attempt.refused, form, pairs) if attempt.refused else []
    return _respond_page(request, found, pairs, reasons, attempt.status)


def _respond_page(
    request: HttpRequest, found: docket.PetitionPage, pairs: list[tuple[Any, StepForm]], reasons: list[str], code: int
) -> HttpResponse:
    context = {"petition": found.petition, "found": found, "pairs": pairs, "reasons": reasons, "now": moment(request)}
    return render(request, "public/responses/respond.html", context, status=code)


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Confirm a response. Only the button confirms: mail scanners follow links, they press no buttons."""
    response = responses.find_by_token(token)
    if response is None or response.petition.reference != reference:
        raise Http404
    attempt = Attempt()
    if request.method == "POST":
        with attempt:
            response = responses.confirm_response(token=token, at=moment(request))
    context = {"reference": reference, "token": token, "response": response, "reasons": attempt.reasons}
    return render(request, "public/responses/confirm.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_response(request: HttpRequest, reference: str, response: str) -> HttpResponse:
    """Let the requester answer one posted response; the reply is posted at once."""
    now = moment(request)
    found = (
        Response.objects.select_related("petition__round", "petition__organization")
        .filter(reference=response, petition__reference=reference)
        .first()
    )
    if found is None:
        raise Http404
    refused = replies.reply_refusals(found, request.user, now)
    if refused:
        raise PermissionDenied(*refused)
    form = reply_form(found.petition.round)
    pairs = _step_forms(form, request)
    reasons: list[str] = []
    attempt = Attempt()
    if request.method == "POST" and request.user.is_authenticated:
        with attempt:
            replies.reply(found, answers=_answers(pairs), uploads=_uploads(pairs), by=request.user, at=now)
            messages.success(request, "Your reply is posted.")
            return redirect("docket-petition", reference=reference)
        reasons = _show(attempt.refused, form, pairs) if attempt.refused else []
    context = {"response": found, "pairs": pairs, "reasons": reasons, "reference": reference}
    return render(request, "public/responses/reply.html", context, status=attempt.status)
