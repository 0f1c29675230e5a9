"""Pages of a person's organizations: people, invitations, requests of firms, listings."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions.people import authorizations, listings, memberships, organizations
from exclusions.forms.people.organizations import InviteForm, RegisterForm, RequestForm
from exclusions.models import Invitation, Listing, Membership, Organization
from exclusions.queries.people import organizations as queries
from exclusions.queries.people.representation import rounds_to_act_in
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.wording.stops import stopped
from exclusions.workflow.states import MOVE_OF, Status, stage_of

Row = TypeVar("Row", bound=Model)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """List the person's organizations, and register another."""
    form = RegisterForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = organizations.register(**form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, _("%(made)s is registered.") % {"made": made})
            return redirect("organization", made.pk)
    context = {"memberships": queries.mine(request.user), "form": None if request.user.role else form}
    return render(request, "people/organizations/list.html", context, status=attempt.status)


def own_membership(request: SignedInRequest, organization_id: UUID) -> Membership:
    """Return the person's place in the organization; for everybody else there is no such page (404)."""
    membership = queries.membership_in(request.user, organization_id)
    if membership is None:
        raise Http404
    return membership


@signed_in
@require_http_methods(["GET", "HEAD"])
def detail(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Show an organization's people, invitations, clients and listings to somebody who belongs to it."""
    return _page(request, own_membership(request, organization_id))


def _page(
    request: SignedInRequest,
    membership: Membership,
    *,
    invite: InviteForm | None = None,
    ask: RequestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    organization, at = membership.organization, moment(request)
    owner = membership.role == Membership.Role.OWNER
    is_firm = organization.kind != Organization.Kind.COMPANY
    context = {
        "organization": organization,
        "membership": membership,
        "owner": owner,
        "members": queries.members(organization),
        "invitations": queries.open_invitations(organization, at) if owner else [],
        "invite_form": (invite or InviteForm()) if owner else None,
        "ask_form": (ask or RequestForm(prefix="ask", offered=rounds_to_act_in(at))) if is_firm else None,
        "listings": [
            (listing, _stage(listing) if listing.accepted_at else "") for listing in queries.listings_of(organization)
        ],
    }
    return render(request, "people/organizations/organization.html", context, status=status)


def _stage(listing: Listing) -> str:
    status = Status(listing.petition.status)
    stage = stage_of(status, in_part=listing.petition.in_part)
    return f"{stage.label if stage else listing.petition.get_status_display()}. Next: {MOVE_OF[status] or 'nothing'}"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Send an invitation."""
    membership = own_membership(request, organization_id)
    if request.method != "POST":
        return redirect("organization", organization_id)
    form = InviteForm(request.POST)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            sent = memberships.invite(membership.organization, **form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, _("We sent an invitation to %(email)s.") % {"email": sent.email})
            return redirect("organization", organization_id)
    return _page(request, membership, invite=form, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Ask a client to let the firm act for it."""
    membership = own_membership(request, organization_id)
    if request.method != "POST":
        return redirect("organization", organization_id)
    form = RequestForm(request.POST, prefix="ask", offered=rounds_to_act_in(moment(request)))
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            firm = membership.organization
            asked = authorizations.request(filer=firm, **form.cleaned_data, by=request.user, at=moment(request))
            messages.success(
                request, _("%(client)s has been asked. It may accept or refuse.") % {"client": asked.client}
            )
            return redirect("organization", organization_id)
    return _page(request, membership, ask=form, status=attempt.status)


def _change(
    request: SignedInRequest,
    organization_id: UUID,
    rows: "Callable[[Organization], QuerySet[Row]]",
    key: int,
    act: Callable[[Row], str],
) -> HttpResponse:
    """Do something to one row of the person's organization; what came of it, or refused it, is said on its page."""
    membership = own_membership(request, organization_id)
    if request.method == "POST":
        found = get_object_or_404(rows(membership.organization), pk=key)
        own_place = found == membership  # asked now: once removed it equals nothing
        pressed = Pressed(request)
        with pressed:
            messages.success(request, act(found))
            if own_place:
                return redirect("organizations")
        return pressed.answer(redirect("organization", organization_id))
    return redirect("organization", organization_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Take a member out, or leave."""

    def act(member: Membership) -> str:
        memberships.remove(member, by=request.user, at=moment(request))
        return stopped(
            _("%(user)s no longer belongs to %(organization)s")
            % {"user": member.user, "organization": member.organization}
        )

    return _change(request, organization_id, queries.members, key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_role(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Make a member an owner, or an owner a member."""

    def act(member: Membership) -> str:
        role = request.POST.get("role", "")
        changed = memberships.change_role(member, role=role, by=request.user, at=moment(request))
        return _("%(user)s is now: %(role)s.") % {"user": member.user, "role": changed.get_role_display().lower()}

    return _change(request, organization_id, queries.members, key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_invitation(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Make an invitation worthless."""

    def act(found: Invitation) -> str:
        memberships.withdraw_invitation(found, by=request.user, at=moment(request))
        return _("You withdrew the invitation to %(email)s.") % {"email": found.email}

    return _change(request, organization_id, lambda mine: mine.invitations.all(), key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_listing(request: SignedInRequest, organization_id: UUID, key: int, answer: str) -> HttpResponse:
    """Accept being listed by an association, or end it."""

    def act(found: Listing) -> str:
        {"accept": listings.accept, "end": listings.end}[answer](found, by=request.user, at=moment(request))
        return _("Done.")

    return _change(request, organization_id, queries.listings_of, key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, key: str) -> HttpResponse:
    """Show an invitation to the invited person, who accepts it here."""
    found, at = memberships.find_by_key(key), moment(request)
    if found is None:
        raise Http404
    barred = memberships.invitation_refusal(found, user=request.user, at=at)
    attempt = Attempt()
    if request.method == "POST":
        with attempt:
            made = memberships.accept_invitation(found, by=request.user, at=at)
            messages.success(
                request, stopped(_("You now belong to %(organization)s") % {"organization": made.organization})
            )
            return redirect("organization", made.organization_id)
    context = {"invitation": found, "reasons": attempt.reasons or ([barred] if barred else [])}
    return render(request, "people/organizations/invitation.html", context, status=attempt.status)
