"""The tokens by which a person's programs sign in to the API: which there are, a new one, and the end of one."""

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.people import tokens as acts
from exclusions.forms.lookup.tokens import TokenForm
from exclusions.queries.people.second_factors import STRONG
from exclusions.queries.people.token_holder import tokens_of
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, asked_once_more, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@asked_once_more
def tokens(request: SignedInRequest) -> HttpResponse:
    """List the person's tokens, and make one, which this answer alone shows."""
    at = moment(request)
    staff, made = bool(request.user.role), ""
    form = TokenForm(request.POST or None, staff=staff)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = acts.make_own_token(
                request.user, **form.cleaned_data, at=at, second_factor_at=_second_factor_at(request)
            )
            form = TokenForm(staff=staff)
    context = {"form": form, "made": made, "tokens": tokens_of(request.user), "now": at}
    return render(request, "people/tokens.html", context, status=attempt.status)


def _second_factor_at(request: SignedInRequest) -> datetime | None:
    """Return when the person last gave an app's code or a passkey in this session; None: not in it."""
    given = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "mfa" and record.get("type") in STRONG
    ]
    return datetime.fromtimestamp(max(given), tz=UTC) if given else None


@signed_in
@require_POST
def end(request: SignedInRequest, key: int) -> HttpResponse:
    """End one of the person's tokens."""
    pressed = Pressed(request)
    with pressed:
        name = acts.end_own_token(request.user, key, at=moment(request))
        messages.success(
            request, _("The token “%(name)s” is revoked. Programs can no longer sign in with it.") % {"name": name}
        )
    return pressed.answer(redirect("tokens"))
