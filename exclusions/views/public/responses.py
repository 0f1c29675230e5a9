"""Responding to a posted petition without an account, confirming by e-mail, and the requester's reply."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import replies, responses
from exclusions.actions.filing.documents import Upload
from exclusions.errors import Incomplete
from exclusions.facts.forms import reply_form, response_form
from exclusions.forms.whole_form import WholeForm
from exclusions.models import Response
from exclusions.queries.public import docket
from exclusions.questionnaires import Questionnaire
from exclusions.views.frame.middleware.no_store import secret_link
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.sender import network
from exclusions.views.frame.signed_in import signed_in
from exclusions.views.frame.tally import count, counted

RESPONSES_AN_HOUR = 20
TOO_MANY = "Too many responses came from your network in the last hour. Wait an hour, then send again."


def _whole(form: Questionnaire, request: HttpRequest) -> WholeForm:
    return WholeForm(form, request.POST, request.FILES) if request.method == "POST" else WholeForm(form)


def _uploads(page: WholeForm) -> dict[str, list[Upload]]:
    """Return the files that came; Incomplete where one is missing that was chosen before."""
    if page.unsent():
        raise Incomplete(fields=page.unsent())
    return {key: [Upload.of(file) for file in files] for key, files in page.uploads().items()}


@require_http_methods(["GET", "HEAD", "POST"])
def respond_to_petition(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a response in support or opposition; what was typed stays on the page when something is missing."""
    now = moment(request)
    found = docket.petition_page(reference, now)
    if found is None or found.petition.round is None or not found.petition.round.response_questionnaire:
        raise Http404
    page = _whole(response_form(found.petition.round), request)
    attempt = Attempt()
    if request.method == "POST":
        if counted("respond", network(request)) >= RESPONSES_AN_HOUR:
            page.refuse([TOO_MANY], {})
            return _respond_page(request, found, page, 429)
        with attempt:
            response = responses.respond(
                reference=reference,
                answers=page.answers(),
                uploads=_uploads(page),
                stated_public=page.stated,
                by=request.user,
                at=now,
            )
            # Its confirmation is on the way: that counts, and no attempt that was refused.
            count("respond", network(request), seconds=3600)
            messages.success(request, f"We sent a link to {response.email}.")
            return redirect("docket-respond-sent", reference=reference)
        attempt.show_on(page)
    return _respond_page(request, found, page, attempt.status)


def _respond_page(request: HttpRequest, found: docket.PetitionPage, page: WholeForm, code: int) -> HttpResponse:
    context = {"petition": found.petition, "found": found, "page": page, "now": moment(request)}
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
            responses.confirm_response(token=token, at=moment(request))
            return redirect("docket-respond-confirm", reference=reference, token=token)
    context = {"reference": reference, "token": token, "response": response, "reasons": attempt.reasons}
    return render(request, "public/responses/confirm.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_response(request: HttpRequest, reference: str, response: str) -> HttpResponse:
    """Let the requester answer one posted response; the reply is posted once intake has read it."""
    now = moment(request)
    found = (
        Response.objects.select_related("petition__round", "petition__organization")
        .filter(reference=response, petition__reference=reference)
        .first()
    )
    if found is None:
        raise Http404
    form, attempt = reply_form(found.petition.round), Attempt()
    page = _whole(form, request)
    if request.method == "POST" and request.user.is_authenticated:
        with attempt:
            replies.reply(
                found,
                answers=page.answers(),
                uploads=_uploads(page),
                stated_public=page.stated,
                by=request.user,
                at=now,
            )
            messages.success(request, "Your reply is filed. It is posted once the agency has read it.")
            return redirect("docket-petition", reference=reference)
        attempt.show_on(page)
    # Before anything is shown; a reply that was filed has been asked for twice already, the second time under the lock.
    if refused := replies.reply_refusal(found, request.user, now):
        raise PermissionDenied(*refused.reasons)
    before = replies.withheld_reply(found)
    if before and request.method != "POST":
        page = WholeForm(form, given=replies.given_before(before))
    context = {"response": found, "page": page, "reference": reference, "before": before}
    return render(request, "public/responses/reply.html", context, status=attempt.status)
