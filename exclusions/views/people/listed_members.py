"""An association's page of the members behind its petition."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.people import listings
from exclusions.errors import ActionRefused
from exclusions.forms.organizations import MemberForm
from exclusions.models import Organization
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show the members that the petition lists, and list another; a POST with `end` takes one off."""
    petition = owned_petition(request, petition_id)
    if petition.organization.kind != Organization.Kind.ASSOCIATION:
        raise Http404
    form = MemberForm(request.POST if request.method == "POST" and "end" not in request.POST else None)
    at = moment(request)
    listed = petition.listings.filter(ended_at__isnull=True).select_related("organization")
    try:
        if "end" in request.POST:
            key = request.POST["end"]
            found = listed.filter(pk=int(key) if key.isascii() and key.isdigit() else 0).first()
            if found is not None:
                listings.end(found, by=request.user, at=at)
            return redirect("petition-members", petition.pk)
        if request.method == "POST" and form.is_valid():
            made = listings.list_member(petition, email=form.cleaned_data["email"], by=request.user, at=at)
            messages.success(request, f"{made.organization} is asked to accept on its page.")
            return redirect("petition-members", petition.pk)
    except ActionRefused as refusal:
        for sentence in (*refusal.reasons, *refusal.fields.get("email", [])):
            form.add_error("email", sentence)
    context = {"petition": petition, "form": form, "listed": listed}
    return render(request, "people/listed_members.html", context, status=422 if form.errors else 200)
