"""Staff pages about organizations: vetting firms, merging duplicates, filing at an organization's written request."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import petitions
from exclusions.actions.people import organizations
from exclusions.actions.people.organizations import VETTERS
from exclusions.forms.organizations import AssistForm, MergeForm, ReasonForm
from exclusions.models import Organization
from exclusions.queries.importer.filing import first_step
from exclusions.queries.importer.petitions import open_rounds
from exclusions.queries.people import organizations as queries
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role


def _only(request: SignedInRequest, roles: frozenset[Role]) -> None:
    if request.user.role not in roles:
        raise Http404


@signed_in
@require_http_methods(["GET", "HEAD"])
def worklist(request: SignedInRequest) -> HttpResponse:
    """List firms that wait to be vetted, those that are, and organizations that may be the same."""
    _only(request, VETTERS)
    context = {
        "waiting": queries.firms(vetted=False),
        "vetted": queries.firms(vetted=True),
        "duplicates": queries.duplicates(),
        "may_merge": request.user.role == Role.ADMIN,
        "may_assist": request.user.role == Role.INTAKE,
    }
    return render(request, "people/vetting/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def vet(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Show a firm, and let it file for others or take that back."""
    _only(request, VETTERS)
    firm = Organization.objects.select_related("vetted_by").filter(pk=organization_id).first()
    if firm is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            organizations.vet(
                firm,
                vetted=firm.vetted_at is None,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(request),
            )
            messages.success(request, f"Recorded for {firm}.")
            return redirect("staff-organizations")
    context = {"firm": firm, "form": form, "members": queries.members(firm), "events": queries.history(firm)}
    return render(request, "people/vetting/vet.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, one: UUID, other: UUID) -> HttpResponse:
    """Ask which of two organizations stays, then move everything of the other to it."""
    _only(request, frozenset({Role.ADMIN}))
    pair = list(Organization.objects.filter(pk__in=[one, other], merged_into__isnull=True).order_by("created_at"))
    if len(pair) != 2:
        raise Http404
    form = MergeForm(request.POST or None, organizations=pair)
    attempt = Attempt(form)
    if form.is_valid():
        keep = form.cleaned_data["keep"]
        duplicate = next(found for found in pair if found.pk != keep.pk)
        with attempt:
            done = organizations.merge(
                keep=keep,
                duplicate=duplicate,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(request),
            )
            messages.success(
                request, f"Merged into {keep}: {done.petitions} petitions and {done.members} people moved."
            )
            return redirect("staff-organizations")
    context = {"form": form, "pair": pair}
    return render(request, "people/vetting/merge.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def assist(request: SignedInRequest) -> HttpResponse:
    """Begin a petition in the place of an organization that asked for it in writing."""
    _only(request, frozenset({Role.INTAKE}))
    at = moment(request)
    form = AssistForm(request.POST or None, rounds=open_rounds(at))
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            organization = organizations.named(legal_name=form.cleaned_data["legal_name"], by=request.user, at=at)
            petition = petitions.start(
                round=form.cleaned_data["round"],
                organization=organization,
                assisted_request=form.cleaned_data["request"],
                by=request.user,
                at=at,
            )
            return redirect("petition-step", petition.pk, first_step(petition))
    return render(request, "people/vetting/assist.html", {"form": form}, status=attempt.status)
