"""Responding to a posted petition without an account, confirming by e-mail, and the requester's reply."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.filing import replies, responses
from exclusions.actions.filing.documents import Upload
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.errors import Incomplete
from exclusions.facts.forms import reply_form, response_form
from exclusions.forms.whole_form import WholeForm
from exclusions.models import Response
from exclusions.permissions.responses import withdrawal_refusal
from exclusions.queries.importer.replying import response_to_reply_to
from exclusions.queries.public import docket
from exclusions.questionnaires import Questionnaire
from exclusions.views.frame.middleware.no_store import secret_link
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.sender import network
from exclusions.views.frame.signed_in import signed_in
from exclusions.views.frame.tally import count, counted
from exclusions.workflow.deadlines import in_words

RESPONSES_AN_HOUR = 20
TOO_MANY = "Your network sent too many responses this hour. Wait an hour, then send yours again."


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
    return _respond(request, reference)


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take a response in the place of an earlier one, whose text the form begins with."""
    old = _of_link(reference, token)
    refused = withdrawal_refusal(old, None, moment(request), by_link=True, replacing=True)
    if refused:
        return _own_page(request, old, token, refused.reasons, refused.status)
    return _respond(request, reference, old, token)


def _respond(request: HttpRequest, reference: str, old: Response | None = None, token: str = "") -> HttpResponse:
    now = moment(request)
    found = docket.petition_page(reference, now)
    if found is None or found.petition.round is None or not found.petition.round.response_questionnaire:
        raise Http404
    form = response_form(found.petition.round)
    page = _whole(form, request)
    if old and request.method != "POST":
        page = WholeForm(form, given=replies.to_begin_with(form, old.answers))
    attempt = Attempt()
    if request.method == "POST":
        if counted("respond", network(request)) >= RESPONSES_AN_HOUR:
            page.refuse([TOO_MANY], {})
            return _respond_page(request, found, page, 429, old)
        with attempt:
            response = responses.respond(
                reference=reference,
                answers=page.answers(),
                uploads=_uploads(page),
                stated_public=page.stated,
                by=request.user,
                at=now,
                replaces=token,
            )
            # Its confirmation is on the way: that counts, and no attempt that was refused.
            count("respond", network(request), seconds=3600)
            said = f"We sent a link to {response.email}. Your response is {response.receipt}, sent {in_words(now)}."
            messages.success(request, said)
            return redirect("docket-respond-sent", reference=reference)
        attempt.show_on(page)
    return _respond_page(request, found, page, attempt.status, old)


def _respond_page(
    request: HttpRequest, found: docket.PetitionPage, page: WholeForm, code: int, old: Response | None
) -> HttpResponse:
    context = {"petition": found.petition, "found": found, "page": page, "old": old, "now": moment(request)}
    return render(request, "public/responses/respond.html", context, status=code)


def _of_link(reference: str, token: str) -> Response:
    """Return the response of a secret link; for every other address there is none."""
    response = responses.find_by_token(token)
    if response is None or response.petition.reference != reference:
        raise Http404
    return response


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show a response to its author, and confirm it by the button: mail scanners follow links alone."""
    response, attempt = _of_link(reference, token), Attempt()
    if request.method == "POST":
        with attempt:
            responses.confirm_response(token=token, at=moment(request))
            return redirect("docket-respond-confirm", reference=reference, token=token)
    return _own_page(request, response, token, attempt.reasons, attempt.status)


@secret_link
@require_POST
def withdraw(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Withdraw a response for whoever holds its link."""
    response, attempt = _of_link(reference, token), Attempt()
    with attempt:
        withdraw_response(response, by=None, at=moment(request), token=token)
        messages.success(request, "You withdrew your response.")
        return redirect("docket-respond-confirm", reference=reference, token=token)
    return _own_page(request, response, token, attempt.reasons, attempt.status)


def _own_page(
    request: HttpRequest, response: Response, token: str, reasons: list[str], status: int = 200
) -> HttpResponse:
    """Show a response to its author: number, moment, state, the whole text, and what can still be done with it."""
    at, form = moment(request), response_form(response.petition.round)
    names = {str(key): name for key, name in response.documents.values_list("pk", "file_name")}
    context = {
        "reference": response.petition.reference,
        "token": token,
        "response": response,
        "rows": form.printed(response.answers, document_names=names),
        "may_withdraw": withdrawal_refusal(response, None, at, by_link=True) is None,
        "may_replace": withdrawal_refusal(response, None, at, by_link=True, replacing=True) is None,
        "closes": response.petition.response_closes_at,
        "reasons": reasons,
        "now": at,
    }
    return render(request, "public/responses/confirm.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_response(request: HttpRequest, reference: str, response: str) -> HttpResponse:
    """Let the requester answer one posted response; the reply is posted once intake has read it."""
    now = moment(request)
    found = response_to_reply_to(reference, response)
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
            messages.success(request, "You filed your reply. The agency checks it, then posts it.")
            return redirect("docket-petition", reference=reference)
        attempt.show_on(page)
    # Before anything is shown; a reply that was filed has been asked for twice already, the second time under the lock.
    if refused := replies.reply_refusal(found, request.user, now):
        raise PermissionDenied(*refused.reasons)
    before = replies.withheld_reply(found)
    if before and request.method != "POST":
        page = WholeForm(form, given=replies.to_begin_with(form, before.answers))
    shown = docket.posted_response(reference, response)
    context = {"response": found, "page": page, "reference": reference, "before": before, "shown": shown, "now": now}
    return render(request, "public/responses/reply.html", context, status=attempt.status)
