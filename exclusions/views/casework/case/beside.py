"""Two like cases as one task of whoever compares: both on one page, and the ways on from there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_readings
from exclusions.forms.casework.consistency import ReturnForm
from exclusions.models import Petition
from exclusions.queries.casework.clusters.side_by_side import side_by_side
from exclusions.views.casework.case.open_case import existing_case, open_with_standing, standing_in
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

ONLY = "Only a level 2 reviewer compares two cases side by side."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: SignedInRequest, reference: str, other: str) -> HttpResponse:
    """Show two like cases side by side, and return either where they stand otherwise; 404 where they are not like.

    Whoever may not open one of them is refused as on its own page, whatever it comes to.
    """
    petition = existing_case(request, reference)
    open_to(Role.REVIEWER2, request, ONLY)
    standing_in(request, petition)
    theirs, _ = open_with_standing(request, other)
    at = moment(request)
    pair = side_by_side(petition, theirs, request.user, at)
    if pair is None:
        raise Http404
    form = ReturnForm(
        request.POST if request.method == "POST" else None, references=[side.reference for side in pair.sides]
    )
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            back, stays = _chosen(form, petition, theirs)
            reason, told = form.cleaned_data["reason"], {"beside": str(stays.reference)}
            transitions.take(back, "return_alike", by=request.user, at=at, reason=reason, data=told)
            messages.success(request, f"{back.reference} is back at level 1.")
            return redirect("case", reference)
    log_readings([petition, theirs], "case file", by=request.user, at=at)
    context = {
        "pair": pair,
        "petition": petition,
        "other": theirs,
        "form": form if pair.unlike or form.is_bound else None,
    }
    return render(request, "casework/case/beside/page.html", context, status=attempt.status)


def _chosen(form: ReturnForm, petition: Petition, other: Petition) -> tuple[Petition, Petition]:
    """Return the case that goes back, and the one beside which it does."""
    first = form.cleaned_data["which"] == petition.reference
    return (petition, other) if first else (other, petition)
