"""A client's leave for a firm to file and reply for it: given, and taken back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, notify_all, record_event
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Authorization, Membership, Organization, Round, User
from exclusions.models.tariff import lasts_to
from exclusions.wording.stops import stopped
from exclusions.workflow.deadlines import eastern_date

NOBODY = (
    "No one with this address belongs to a law firm, association or broker here. Ask them for the address of their "
    "account, or to create one and name their firm."
)
NOT_ONE_COMPANY = (
    "This is not the address of an owner of one company here. Ask your client for the address of its owner's account, "
    "or to create one and name the company."
)
SEVERAL = "This person belongs to several firms. Give the address of a colleague who belongs to one of them only."


def authorize(
    *,
    client: Organization,
    email: str,
    by: User,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    rounds: Sequence[Round] = (),
) -> Authorization:
    """Let the firm of the person with this e-mail address act for the client; return the authorization.

    From the New York day of `at` unless `valid_from` is later, until `valid_to` (inclusive) or until it is revoked; in
    these rounds, or in all where none is named.
    Raises NotPermitted unless `by` is an owner of the client; Incomplete when the address belongs to nobody at a firm,
    the dates run backwards, or the firm may act already. The firm is told by mail.
    """
    begins = _first_day(valid_from, valid_to, at)
    with transaction.atomic():
        locked = _owned(client, by)
        firm = _firm_of(email, client)
        lasting = Authorization.objects.filter(filer=firm, client=locked, revoked_at__isnull=True)
        lasting = lasting.filter(accepted_at__isnull=False, rounds__isnull=True)
        if lasting.filter(lasts_to(begins)).exists():
            raise Incomplete(fields={"email": [f"{firm.legal_name} may act for you already. Revoke that first."]})
        granted = Authorization.objects.create(
            filer=firm, client=locked, valid_from=begins, valid_to=valid_to, accepted_at=at
        )
        granted.rounds.set(rounds)
        record_event(f"organization:{locked.pk}", "authorize", by=by, at=at, data={"filer": str(firm.pk)})
        _tell_firm(granted, "authorized", f"{locked.legal_name} lets {firm.legal_name} file for it", at, email)
    return granted


def request(
    *,
    filer: Organization,
    email: str,
    by: User,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    rounds: Sequence[Round] = (),
) -> Authorization:
    """Ask the company of the person with this e-mail address to let the firm act for it; return the open request.

    Nothing may be done under it before an owner of the company accepts. Raises NotPermitted unless `by` belongs to the
    firm, Incomplete for dates that run backwards, WrongState while a request to the same company is open.
    """
    begins = _first_day(valid_from, valid_to, at)
    with transaction.atomic():
        firm = Organization.objects.select_for_update().get(pk=filer.pk)
        if not Membership.objects.filter(user=by, organization=firm).exists():
            raise NotPermitted(stopped(f"You do not belong to {firm.legal_name}"))
        if firm.kind == Organization.Kind.COMPANY:
            raise NotPermitted("Only a law firm, association or broker files for others.")
        client = _company_of(email, firm)
        open_ones = Authorization.objects.filter(filer=firm, client=client, revoked_at__isnull=True)
        if open_ones.filter(accepted_at__isnull=True).exists():
            raise WrongState(f"{client.legal_name} has not answered your last request yet.")
        asked = Authorization.objects.create(
            filer=firm, client=client, valid_from=begins, valid_to=valid_to, requested_at=at, requested_by=by
        )
        asked.rounds.set(rounds)
        record_event(f"organization:{firm.pk}", "request_authorization", by=by, at=at, data={"client": str(client.pk)})
        for owner in client.memberships.filter(role=Membership.Role.OWNER).select_related("user"):
            notify(
                to=owner.user.email,
                template="authorization_requested",
                subject=f"{firm.legal_name} asks to file for {client.legal_name}",
                context={"firm": firm.legal_name, "url": page_address("petition-representation")},
                at=at,
            )
    return asked


def accept(authorization: Authorization, *, by: User, at: datetime) -> Authorization:
    """Let the firm act as it asked to, and tell it so by mail; return the authorization.

    Raises NotPermitted unless `by` is an owner of the client, WrongState when it was answered before or its last day
    has passed.
    """
    with transaction.atomic():
        client = _owned(authorization.client, by)
        asked = Authorization.objects.select_for_update().get(pk=authorization.pk)
        if asked.accepted_at is not None or asked.revoked_at is not None:
            raise WrongState("This request was already answered.")
        if asked.valid_to is not None and asked.valid_to < eastern_date(at):
            raise WrongState("The last day of this request has passed. The firm must ask again.")
        asked.accepted_at = at
        asked.save(update_fields=["accepted_at"])
        record_event(f"organization:{client.pk}", "authorize", by=by, at=at, data={"filer": str(asked.filer_id)})
        who = asked.requested_by.email if asked.requested_by else ""
        _tell_firm(asked, "authorized", f"{client.legal_name} lets {asked.filer.legal_name} file for it", at, who)
    return asked


def revoke(authorization: Authorization, *, by: User, at: datetime) -> Authorization:
    """Take a firm's leave back at once, or refuse its request; return the authorization. What is filed stays filed.

    The firm is told by mail. Raises NotPermitted unless `by` is an owner of the client, WrongState when it was revoked
    before.
    """
    with transaction.atomic():
        client = _owned(authorization.client, by)
        locked = Authorization.objects.select_for_update().get(pk=authorization.pk)
        if locked.revoked_at is not None:
            raise WrongState("This authorization was already revoked.")
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        record_event(f"organization:{client.pk}", "revoke", by=by, at=at, data={"filer": str(locked.filer_id)})
        outcome = "no longer lets" if locked.accepted_at else "does not let"
        subject = f"{client.legal_name} {outcome} {locked.filer.legal_name} file for it"
        _tell_firm(locked, "authorization_over", subject, at)
    return locked


def _tell_firm(leave: Authorization, template: str, subject: str, at: datetime, also: str = "") -> None:
    """Mail the owners of the firm, and its member of the address `also`, what a client decided about it."""
    members = leave.filer.memberships.filter(Q(role=Membership.Role.OWNER) | Q(user__email__iexact=also.strip()))
    active = members.filter(user__is_active=True)
    notify_all(
        to=active.order_by("user__email").values_list("user__email", flat=True),
        template=template,
        subject=subject,
        context={
            "client": leave.client.legal_name,
            "firm": leave.filer.legal_name,
            "until": in_full(leave.valid_to) if leave.valid_to else "",
            "rounds": "; ".join(leave.rounds.order_by("-opens_at", "slug").values_list("title", flat=True)),
            "refused": leave.accepted_at is None,
            "vetted": leave.filer.vetted_at is not None,
            "url": page_address("petition-clients"),
        },
        at=at,
    )


def _first_day(valid_from: date | None, valid_to: date | None, at: datetime) -> date:
    """Return the first day, which is never in the past; raise Incomplete when the last one is before it."""
    today = eastern_date(at)
    begins = max(valid_from or today, today)
    if valid_to is not None and valid_to < begins:
        raise Incomplete(fields={"valid_to": [f"The last day is before the first, {begins:%B} {begins.day}."]})
    return begins


def _owned(client: Organization, by: User) -> Organization:
    locked = Organization.objects.select_for_update().get(pk=client.pk)
    if not Membership.objects.filter(user=by, organization=locked, role=Membership.Role.OWNER).exists():
        raise NotPermitted(f"Only an owner of {locked.legal_name} decides who may act for it.")
    return locked


def _firm_of(email: str, client: Organization) -> Organization:
    firms = Organization.objects.filter(memberships__user__email__iexact=email.strip(), memberships__user__role="")
    found = list(firms.exclude(kind=Organization.Kind.COMPANY).exclude(pk=client.pk).distinct()[:2])
    if not found:
        raise Incomplete(fields={"email": [NOBODY]})
    if len(found) > 1:
        raise Incomplete(fields={"email": [SEVERAL]})
    return found[0]


def _company_of(email: str, firm: Organization) -> Organization:
    owned = Organization.objects.filter(
        memberships__user__email__iexact=email.strip(), memberships__role=Membership.Role.OWNER
    )
    found = list(owned.exclude(pk=firm.pk).distinct()[:2])
    if len(found) != 1:
        raise Incomplete(fields={"email": [NOT_ONE_COMPANY]})
    return found[0]
