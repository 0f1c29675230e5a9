"""Staff pages about organizations: what is proposed about one, merging two, filing at a written request."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.filing import petitions
from exclusions.actions.people import organizations
from exclusions.forms.people.organizations import AssistForm
from exclusions.forms.people.proposals import ORGANIZATION_FORMS, MergeForm, OneMemberForm
from exclusions.models import Organization
from exclusions.queries.importer.filing import first_step
from exclusions.queries.importer.petitions import open_rounds
from exclusions.queries.people import organizations as queries
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import ACTS, ORGANIZATION, VETTERS, acts_of


def _only(request: SignedInRequest, roles: frozenset[Role]) -> None:
    if request.user.role not in roles:
        raise Http404


@signed_in
@require_safe
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


def _organization(organization_id: UUID) -> Organization:
    rows = Organization.objects.select_related("vetted_by", "merged_into")
    found = rows.filter(pk=organization_id).first()
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def vet(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Show an organization to those who vet: its people, what may be proposed, what waits, and its record."""
    _only(request, VETTERS)
    found = _organization(organization_id)
    not_now = {"end_vetting"} if found.vetted_at is None else {"vet", "correct_kind"}
    if found.kind == Organization.Kind.COMPANY:
        not_now.add("vet")
    acts = [act for act in acts_of(request.user.role, ORGANIZATION) if act.name in ORGANIZATION_FORMS]
    context = {
        "firm": found,
        "acts": [] if found.merged_into else [act for act in acts if act.name not in not_now],
        "members": queries.members(found),
        "waiting": waiting_for(f"organization:{found.pk}", moment(request)),
        "events": queries.history(found),
    }
    return render(request, "people/vetting/vet.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: SignedInRequest, organization_id: UUID, name: str) -> HttpResponse:
    """Propose an act on an organization, which another member of staff confirms."""
    kind = ACTS.get(name)
    if kind is None or name not in ORGANIZATION_FORMS:
        raise Http404
    _only(request, kind.roles)
    found = _organization(organization_id)
    more: dict[str, Any] = (
        {"members": list(queries.members(found))} if issubclass(ORGANIZATION_FORMS[name], OneMemberForm) else {}
    )
    form = ORGANIZATION_FORMS[name](request.POST or None, **more)
    page = ("people/vetting/act.html", {"firm": found, "act": kind})
    return propose_or_show(request, form, name, found.pk, page)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, one: UUID, other: UUID) -> HttpResponse:
    """Ask which of two organizations stays, and propose that everything of the other moves to it."""
    _only(request, ACTS["merge"].roles)
    pair = [found for group in queries.duplicates({one, other})[:1] for found in group.organizations]
    if len(pair) != 2:
        raise Http404
    form = MergeForm(request.POST or None, organizations=pair)
    keep = form.cleaned_data["keep"] if form.is_valid() else None
    return propose_or_show(request, form, "merge", keep, ("people/vetting/merge.html", {"pair": pair}))


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
