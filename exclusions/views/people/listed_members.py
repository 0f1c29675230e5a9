"""An association's page of the members behind its petition."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions.people import listings
from exclusions.forms.people.organizations import MemberForm
from exclusions.models import Listing, Organization, Petition
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show the members that the petition lists, and list another; a POST with `end` takes one off."""
    petition = owned_petition(request, petition_id)
    if petition.organization.kind != Organization.Kind.ASSOCIATION:
        raise Http404
    if "end" in request.POST:
        return _end(request, petition)
    form = MemberForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = listings.list_member(petition, **form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, _("We asked %(organization)s to accept.") % {"organization": made.organization})
            return redirect("petition-members", petition.pk)
    context = {"petition": petition, "form": form, "listed": _listed(petition)}
    return render(request, "people/listed_members.html", context, status=attempt.status)


def _listed(petition: Petition) -> QuerySet[Listing]:
    return petition.listings.filter(ended_at__isnull=True).select_related("organization").order_by("-listed_at", "-pk")


def _end(request: SignedInRequest, petition: Petition) -> HttpResponse:
    """Take a member off the list; one that is not on it, or no longer, needs nothing done."""
    key = sent_number(request, "end")
    found = _listed(petition).filter(pk=key).first() if key is not None else None
    pressed = Pressed(request)
    if found is not None:
        with pressed:
            listings.end(found, by=request.user, at=moment(request))
    return pressed.answer(redirect("petition-members", petition.pk))
