"""Who may file for whom: a company lets a firm act for it and takes that back; a firm sees its clients."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.people import authorizations
from exclusions.forms.people.representation import AuthorizeForm, ClientForm
from exclusions.models import Authorization
from exclusions.queries.people import representation as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.wording.stops import stopped
from exclusions.workflow.deadlines import eastern_date

NOW_ACTS = gettext_noop("%(filer)s may now act for %(client)s")
NO_LONGER_ACTS = gettext_noop("%(filer)s may no longer act for %(client)s")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def representation(request: SignedInRequest) -> HttpResponse:
    """List authorizations given and received, and give one."""
    at = moment(request)
    organizations = list(queries.owned_organizations(request.user))
    offered = queries.rounds_to_act_in(at, organizations)
    form = AuthorizeForm(request.POST or None, organizations=organizations, offered=offered)
    narrow = ClientForm(request.GET)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            granted = authorizations.authorize(
                client=form.chosen_client,
                email=form.cleaned_data["email"],
                valid_to=form.cleaned_data["valid_to"],
                rounds=form.cleaned_data["rounds"],
                by=request.user,
                at=at,
            )
            messages.success(request, stopped(_(NOW_ACTS) % {"filer": granted.filer, "client": granted.client}))
            return redirect("petition-representation")
    context = {
        "form": form if organizations else None,
        "narrow": narrow,
        "given": queries.given(request.user, narrow.chosen),
        "received": queries.received(request.user, narrow.chosen),
        "today": eastern_date(at),
    }
    return render(request, "people/representation/representation.html", context, status=attempt.status)


@signed_in
@require_POST
def accept(request: SignedInRequest, authorization_id: int) -> HttpResponse:
    """Let a firm act as it asked to."""
    return _answer(request, authorization_id, authorizations.accept, NOW_ACTS)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedInRequest, authorization_id: int) -> HttpResponse:
    """Ask once more, then take a firm's leave back; a request that was not answered is refused at once."""
    if request.method == "POST":
        return _answer(request, authorization_id, authorizations.revoke, NO_LONGER_ACTS)
    found = queries.given_one(request.user, authorization_id)
    if found is None or found.revoked_at is not None:
        raise Http404
    context = {"authorization": found, "open_petitions": queries.under_way(found)}
    return render(request, "people/representation/revoke.html", context)


def _answer(
    request: SignedInRequest, authorization_id: int, answer: Callable[..., Authorization], outcome: str
) -> HttpResponse:
    found = queries.given_one(request.user, authorization_id)
    if found is None:
        raise Http404
    pressed = Pressed(request)
    with pressed:
        answer(found, by=request.user, at=moment(request))
        messages.success(request, stopped(_(outcome) % {"filer": found.filer, "client": found.client}))
    return pressed.answer(redirect("petition-representation"))
