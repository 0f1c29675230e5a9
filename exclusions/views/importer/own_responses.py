"""What the author of a posted response takes down of it: by the secret link that was mailed, or by the account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from exclusions.actions.record import quarantine as actions
from exclusions.models import Quarantine, Response
from exclusions.queries.record.quarantine import author_page, own_response
from exclusions.views.core.clock import moment
from exclusions.views.core.middleware.no_store import secret_link
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.core.take_down import serve


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def take_down_by_link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Let whoever holds the link that confirmed a response take it down, or an answer or file of it."""
    response = Response.objects.of_token(token)
    if response is None or response.petition.reference != reference or not response.posted_at:
        raise Http404
    at, petition = moment(request), response.petition

    def take_down(thing: str, ground: str, reason: str) -> Quarantine:
        """Take down as the holder of the link."""
        return actions.take_down(petition, thing, ground=ground, reason=reason, by=None, at=at, token=token)

    page = author_page(response, None, at, by_link=True)
    context = {"petition": petition, "response": response}
    return serve(request, page, take_down, redirect("docket-respond-take-down", reference, token), context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_down_own(request: SignedInRequest, reference: str, response: str) -> HttpResponse:
    """Let the account that gave a response take it down, or an answer or file of it."""
    found = own_response(reference, response, request.user)
    if found is None:
        raise Http404
    at, petition = moment(request), found.petition

    def take_down(thing: str, ground: str, reason: str) -> Quarantine:
        """Take down as the signed-in author."""
        return actions.take_down(petition, thing, ground=ground, reason=reason, by=request.user, at=at)

    page = author_page(found, request.user, at, by_link=False)
    context = {"petition": petition, "response": found}
    return serve(request, page, take_down, redirect("docket-response-take-down", reference, response), context)
