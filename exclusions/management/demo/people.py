"""Who signs in to a demonstration: companies, a firm that files for one of them, and every staff role.

Names are invented. The password is the same for everybody and printed by the command; it opens a demonstration only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from exclusions.models import Authorization, Membership, Organization, User
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

PASSWORD = "open-docket-2026"
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Account:
    """Somebody who signs in: the part of the address before the domain, a name, a staff role or a company."""

    name: str
    full_name: str
    role: str = ""
    company: str = ""
    printed: bool = True

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.name}@{DOMAIN}"

    @property
    def role_or_company(self) -> str:
        """The role of a member of staff, or the company of a filer."""
        return str(Role(self.role).label) if self.role else self.company


FIRM = "Harbor and Vale LLP"
STAFF = (
    Account("intake", "Ines Marlow", Role.INTAKE),
    Account("reviewer1", "Remy Castell", Role.REVIEWER1),
    Account("reviewer2", "Sam Oduya", Role.REVIEWER2),
    Account("second2", "Tess Lindqvist", Role.REVIEWER2),
    Account("legal", "Lee Abara", Role.LEGAL),
    Account("drafter", "Dana Pryce", Role.DRAFTER),
    Account("customs", "Cory Vance", Role.CUSTOMS),
    Account("committee", "Kim Ferrante", Role.COMMITTEE),
    Account("signatory", "Sidney Okafor", Role.SIGNATORY),
    Account("publisher", "Pat Huang", Role.PUBLISHER),
    Account("auditor", "Audie Renner", Role.AUDITOR),
    Account("admin", "Alex Dorn", Role.ADMIN),
    Account("admin2", "Avery Lund", Role.ADMIN),
)
COMPANIES = (
    Account("importer", "Ada Whitlock", company="Meadowlark Infant Care LLC"),
    Account("rival", "Rory Haines", company="Two Rivers Radio Co."),
    Account("filer", "Finn Calloway", company=FIRM),
    Account("granite", "Gail Stroud", company="Granite Coast Surfaces", printed=False),
    Account("northgate", "Noel Varga", company="Northgate Robotics Integrators", printed=False),
    Account("delmarva", "Della Pruitt", company="Delmarva Specialty Chemicals", printed=False),
    Account("hoosier", "Hank Bridwell", company="Hoosier Coachworks", printed=False),
    Account("orchard", "Orla Dennis", company="Orchard Machine Parts", printed=False),
    Account("silverbirch", "Silvia Brandt", company="Silver Birch Lighting", printed=False),
    Account("redwood", "Reed Alvarez", company="Redwood Carton Machinery Distributors", printed=False),
    Account("prairie", "Petra Lund", company="Prairie Wheel Cycles", printed=False),
    Account("bluepine", "Blaine Porter", company="Bluepine Home Goods", printed=False),
    Account("saltmarsh", "Saul Marsh", company="Saltmarsh Marine Electronics", printed=False),
    Account("copperline", "Cora Penn", company="Copperline Controls", printed=False),
)


def make_people(at: datetime) -> dict[str, User]:
    """Return everybody by account name, making whoever is missing, with confirmed addresses."""
    wanted = (*STAFF, *COMPANIES)
    there = {user.email: user for user in User.objects.filter(email__in=[account.email for account in wanted])}
    # Everybody has the one known password: hashed once, as each time takes as long as ten transitions of a petition.
    password = make_password(PASSWORD) if len(there) < len(wanted) else ""
    people = {account.name: there.get(account.email) or _person(account, password, at) for account in wanted}
    for account in wanted:
        defaults = {"verified": True, "primary": True}
        EmailAddress.objects.get_or_create(user=people[account.name], email=account.email, defaults=defaults)
    for account in COMPANIES:
        Membership.objects.get_or_create(
            user=people[account.name], organization=_company(account.company, at), defaults={"created_at": at}
        )
    Authorization.objects.get_or_create(
        filer=organization(FIRM),
        client=organization("Meadowlark Infant Care LLC"),
        defaults={"valid_from": eastern_date(at - timedelta(days=400)), "accepted_at": at - timedelta(days=400)},
    )
    return people


def organization(legal_name: str) -> Organization:
    """Return the company of that name; `make_people` made it."""
    return Organization.objects.get(legal_name=legal_name)


def _company(legal_name: str, at: datetime) -> Organization:
    is_firm = legal_name == FIRM
    kind = Organization.Kind.LAW_FIRM if is_firm else Organization.Kind.COMPANY
    defaults = {"kind": kind, "created_at": at, "vetted_at": at if is_firm else None}
    found, _ = Organization.objects.get_or_create(legal_name=legal_name, defaults=defaults)
    return found


def _person(account: Account, password: str, at: datetime) -> User:
    admin = account.role == Role.ADMIN
    return User.objects.create(
        email=account.email,
        password=password,
        full_name=account.full_name,
        role=account.role,
        is_staff=admin,
        is_superuser=admin,
        date_joined=at,
    )
