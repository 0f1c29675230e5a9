"""People and organizations for tests. Everybody's password is PASSWORD; e-mail addresses are confirmed."""

from datetime import UTC, date, datetime

from allauth.account.models import EmailAddress
from django.db import connection

from exclusions.actions.people import proposals
from exclusions.models import Authorization, Event, Membership, Organization, Proposal, User
from exclusions.queries.record.late_seals import KEY
from exclusions.workflow.roles import Role

PASSWORD = "correct horse battery"
LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)


def email_of(name: str) -> str:
    """Return the address by which a person of that name signs in."""
    return f"{name.lower().replace(' ', '.')}@example.test"


def make_person(name: str, *, role: str = "", organization: Organization | None = None) -> User:
    """Return a person who can sign in as first.last@example.test, in at most one organization; the same one again."""
    email = email_of(name)
    if known := User.objects.filter(email=email).first():
        return known
    user = User.objects.create_user(
        email, PASSWORD, full_name=name, role=role, is_staff=role == Role.ADMIN, date_joined=LONG_AGO
    )
    if role == Role.ADMIN:
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if organization:
        join(user, organization)
    return user


def join(user: User, organization: Organization, role: str = Membership.Role.OWNER) -> Membership:
    """Return a person's new place in an organization."""
    return Membership.objects.create(user=user, organization=organization, role=role, created_at=LONG_AGO)


def make_organization(
    legal_name: str, *, kind: str = Organization.Kind.COMPANY, vetted: bool | None = None
) -> Organization:
    """Return an organization of that name, the same one when it is there already; firms are vetted unless told not."""
    is_firm = kind != Organization.Kind.COMPANY
    vetted_at = LONG_AGO if (is_firm if vetted is None else vetted) else None
    defaults = {"kind": kind, "vetted_at": vetted_at, "created_at": LONG_AGO}
    return Organization.objects.get_or_create(legal_name=legal_name, defaults=defaults)[0]


def authorize(filer: Organization, client: Organization, *, valid_from: date = date(2018, 1, 1)) -> Authorization:
    """Return an accepted authorization of the firm to act for the client, without an end."""
    terms = {"valid_from": valid_from, "accepted_at": LONG_AGO}
    return Authorization.objects.get_or_create(filer=filer, client=client, defaults=terms)[0]


def by_two(
    act: str, key: object, *, people: tuple[User, User], at: datetime, reason: str = "Looked at.", **facts: object
) -> Proposal:
    """Let one member of staff propose an act and another confirm it; return the proposal."""
    first, second = people
    proposal = proposals.propose(act, key, by=first, at=at, reason=reason, facts=facts)
    return proposals.confirm(proposal, by=second, at=at)


def kinds(organization: Organization) -> list[str]:
    """Return what is on the record of an organization."""
    events = Event.objects.filter(subject=f"organization:{organization.pk}").order_by("sequence")
    return list(events.values_list("kind", flat=True))


def written_without_seal(name: str = "Of An Old Process LLC") -> str:
    """Write an organization round the product, as a process that knows no seals does; return the key of all such."""
    row = Organization(legal_name=name, kind="company", created_at=LONG_AGO)
    fields = Organization._meta.local_concrete_fields
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO exclusions_organization ({columns}) VALUES ({marks})", values)
    return KEY
