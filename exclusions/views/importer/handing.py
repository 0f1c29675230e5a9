"""Handing a petition to a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import handing as actions
from exclusions.forms.petitions import HandOverForm
from exclusions.queries.importer.clients import colleagues
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Ask who is to have the petition, then put it into those hands."""
    petition = owned_petition(request, petition_id)
    theirs = colleagues(petition)
    people = [one for one in theirs if one.pk != petition.filed_by_id] if request.user in theirs else []
    form = HandOverForm(request.POST or None, people=people)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            actions.hand_over(petition, to=form.chosen, by=request.user, at=moment(request))
            messages.success(request, _("%(chosen)s has the petition now. We sent an email.") % {"chosen": form.chosen})
            return redirect("petitions")
    context = {"petition": petition, "form": form, "people": people}
    return render(request, "importer/handing/hand_over.html", context, status=attempt.status)
