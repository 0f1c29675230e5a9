"""The page on which a public thing of a case is taken down: the same for its owners and for staff."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from exclusions.actions.record import quarantine as actions
from exclusions.forms.take_down import ReplaceForm, TakeDownForm
from exclusions.models import Petition
from exclusions.queries.record.quarantine import quarantine_page
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest


def take_down_page(request: SignedInRequest, petition: Petition, *, staff: bool) -> HttpResponse:
    """Show what can be taken down and what is down, and take down what was chosen."""
    at = moment(request)
    page = quarantine_page(petition, request.user, at)
    things = {thing.key: thing for thing in page.things}
    form = TakeDownForm(
        request.POST if request.method == "POST" else None, things=[(key, thing.label) for key, thing in things.items()]
    )
    attempt = Attempt(form)
    if request.method == "POST" and page.reasons:
        raise PermissionDenied(*page.reasons)
    if form.is_valid():
        thing = things[form.cleaned_data["thing"]]
        with attempt:
            actions.take_down(
                petition,
                response=thing.response,
                document=thing.document,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
            messages.success(request, f"Taken down: {thing.label}. It is gone from every public page, file and feed.")
            return back(petition, staff=staff)
    context = {"petition": petition, "page": page, "form": form, "replace": ReplaceForm(), "staff": staff}
    return render(request, "frame/take_down.html", context, status=attempt.status)


def back(petition: Petition, *, staff: bool) -> HttpResponseRedirect:
    """Go back to that page."""
    return redirect("case-quarantine", petition.reference) if staff else redirect("petition-quarantine", petition.pk)
