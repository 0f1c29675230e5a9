"""Pages of a person's organizations: people, invitations, requests of firms, listings."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.people import authorizations, listings, memberships, organizations
from exclusions.errors import ActionRefused
from exclusions.forms.organizations import InviteForm, RegisterForm, RequestForm
from exclusions.models import Listing, Membership, Organization
from exclusions.queries.people import organizations as queries
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.states import MOVE_OF, STAGE_OF, Status


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """List the person's organizations, and register another."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = organizations.register(**form.cleaned_data, by=request.user, at=moment(request))
        except ActionRefused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"{made} is registered.")
            return redirect("organization", made.pk)
    context = {"memberships": queries.mine(request.user), "form": None if request.user.role else form}
    return render(request, "people/organizations/list.html", context, status=422 if form.errors else 200)


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
    organization = membership.organization
    owner = membership.role == Membership.Role.OWNER
    is_firm = organization.kind != Organization.Kind.COMPANY
    context = {
        "organization": organization,
        "membership": membership,
        "owner": owner,
        "members": queries.members(organization),
        "invitations": queries.open_invitations(organization, moment(request)) if owner else [],
        "invite_form": (invite or InviteForm()) if owner else None,
        "ask_form": (ask or RequestForm(prefix="ask")) if is_firm else None,
        "listings": [
            (listing, _stage(listing) if listing.accepted_at else "") for listing in queries.listings_of(organization)
        ],
    }
    return render(request, "people/organizations/organization.html", context, status=status)


def _stage(listing: Listing) -> str:
    status = Status(listing.petition.status)
    stage = STAGE_OF[status]
    return f"{stage.label if stage else status.label}; next: {MOVE_OF[status] or 'nothing'}"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Send an invitation."""
    membership = own_membership(request, organization_id)
    form = InviteForm(request.POST or None)
    if request.method != "POST":
        return redirect("organization", organization_id)
    if form.is_valid():
        try:
            sent = memberships.invite(membership.organization, **form.cleaned_data, by=request.user, at=moment(request))
        except ActionRefused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"An invitation is on its way to {sent.email}.")
            return redirect("organization", organization_id)
    return _page(request, membership, invite=form, status=422)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Ask a client to let the firm act for it."""
    membership = own_membership(request, organization_id)
    if request.method != "POST":
        return redirect("organization", organization_id)
    form = RequestForm(request.POST, prefix="ask")
    if form.is_valid():
        try:
            asked = authorizations.request(
                filer=membership.organization, **form.cleaned_data, by=request.user, at=moment(request)
            )
        except ActionRefused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"{asked.client} has been asked. It may accept or refuse.")
            return redirect("organization", organization_id)
    return _page(request, membership, ask=form, status=422)


def _change_member(
    request: SignedInRequest, organization_id: UUID, key: int, act: Callable[[Membership], str]
) -> HttpResponse:
    membership = own_membership(request, organization_id)
    if request.method != "POST":
        return redirect("organization", organization_id)
    member = queries.members(membership.organization).filter(pk=key).first()
    if member is None:
        raise Http404
    try:
        messages.success(request, act(member))
    except ActionRefused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect("organization", organization_id) if member.user != request.user else redirect("organizations")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Take a member out, or leave."""

    def act(member: Membership) -> str:
        memberships.remove(member, by=request.user, at=moment(request))
        return f"{member.user} no longer belongs to {member.organization}."

    return _change_member(request, organization_id, key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_role(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Make a member an owner, or an owner a member."""

    def act(member: Membership) -> str:
        role = request.POST.get("role", "")
        changed = memberships.change_role(member, role=role, by=request.user, at=moment(request))
        return f"{member.user} is now: {changed.get_role_display().lower()}."

    return _change_member(request, organization_id, key, act)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_invitation(request: SignedInRequest, organization_id: UUID, key: int) -> HttpResponse:
    """Make an invitation worthless."""
    membership = own_membership(request, organization_id)
    if request.method == "POST":
        found = membership.organization.invitations.filter(pk=key).first()
        if found is None:
            raise Http404
        try:
            memberships.withdraw_invitation(found, by=request.user, at=moment(request))
        except ActionRefused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            messages.success(request, f"The invitation of {found.email} is withdrawn.")
    return redirect("organization", organization_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_listing(request: SignedInRequest, organization_id: UUID, key: int, answer: str) -> HttpResponse:
    """Accept being listed by an association, or end it."""
    membership = own_membership(request, organization_id)
    if request.method == "POST":
        found = queries.listings_of(membership.organization).filter(pk=key).first()
        if found is None:
            raise Http404
        act = {"accept": listings.accept, "end": listings.end}[answer]
        try:
            act(found, by=request.user, at=moment(request))
        except ActionRefused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            messages.success(request, "Done.")
    return redirect("organization", organization_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, key: str) -> HttpResponse:
    """Show an invitation to the invited person, who accepts it here."""
    found, at = memberships.find_by_key(key), moment(request)
    if found is None:
        raise Http404
    refused = memberships.invitation_refusal(found, user=request.user, at=at)
    if request.method == "POST":
        try:
            made = memberships.accept_invitation(found, by=request.user, at=at)
        except ActionRefused as refusal:
            refused = " ".join(refusal.reasons)
        else:
            messages.success(request, f"You now belong to {made.organization}.")
            return redirect("organization", made.organization_id)
    context = {"invitation": found, "reasons": [refused] if refused else []}
    status = 409 if refused and request.method == "POST" else 200
    return render(request, "people/organizations/invitation.html", context, status=status)


def _show(form: RegisterForm | InviteForm | RequestForm, refusal: ActionRefused) -> None:
    for sentence in refusal.reasons:
        form.add_error(None, sentence)
    for field, sentences in refusal.fields.items():
        for sentence in sentences:
            form.add_error(field, sentence)
