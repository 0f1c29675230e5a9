"""The cast: one fixture a person, always the same names, so that a test reads as a story.

importer    of Meadowlark Infant Care LLC, the requester of most petitions
filer       of Harbor and Vale LLP, which may act for Meadowlark
rival       of Two Rivers Radio Co., another requester: must never see Meadowlark's confidential matter
outsider    of Saltmarsh Brokers, which nobody has authorized: must never get in
nobody      signed in, in no organization
responder   has no account, only a name and an e-mail address
staff       intake, reviewer1, reviewer2, second_reviewer2, legal, drafter, customs, committee, signatory,
            publisher, auditor, admin: one role each; second_admin confirms what admin proposes
"""

from dataclasses import dataclass

import pytest
from django.test import Client

from exclusions.models import Organization, User
from exclusions.workflow.roles import Role
from tests.factories.people import authorize, make_organization, make_person


@dataclass(frozen=True)
class Responder:
    """A member of the public who responds to a petition."""

    name: str = "Lou Responder"
    email: str = "lou.responder@example.test"
    organization: str = "Granite Coast Surfaces"


@pytest.fixture
def meadowlark(db: None) -> Organization:
    """Return the organization of the importer."""
    return make_organization("Meadowlark Infant Care LLC")


@pytest.fixture
def importer(meadowlark: Organization) -> User:
    """Return the requester."""
    return make_person("Ada Importer", organization=meadowlark)


@pytest.fixture
def filer(meadowlark: Organization) -> User:
    """Return the requester's lawyer, authorized to act for Meadowlark."""
    firm = make_organization("Harbor and Vale LLP", kind=Organization.Kind.LAW_FIRM)
    authorize(firm, meadowlark)
    return make_person("Finn Filer", organization=firm)


@pytest.fixture
def rival(db: None) -> User:
    """Return a requester of another organization."""
    return make_person("Rory Rival", organization=make_organization("Two Rivers Radio Co."))


@pytest.fixture
def outsider(db: None) -> User:
    """Return a person of a firm that nobody has authorized."""
    return make_person(
        "Charlie Outsider", organization=make_organization("Saltmarsh Brokers", kind=Organization.Kind.BROKER)
    )


@pytest.fixture
def nobody(db: None) -> User:
    """Return a signed-in person of no organization."""
    return make_person("Nell Nobody")


@pytest.fixture
def responder() -> Responder:
    """Return a person without an account."""
    return Responder()


@pytest.fixture
def intake(db: None) -> User:
    """Return the intake clerk."""
    return make_person("Ines Intake", role=Role.INTAKE)


@pytest.fixture
def reviewer1(db: None) -> User:
    """Return the level 1 reviewer."""
    return make_person("Remy Reviewer", role=Role.REVIEWER1)


@pytest.fixture
def reviewer2(db: None) -> User:
    """Return the level 2 reviewer."""
    return make_person("Sam Senior", role=Role.REVIEWER2)


@pytest.fixture
def second_reviewer2(db: None) -> User:
    """Return another level 2 reviewer, who signs off consistency."""
    return make_person("Tess Senior", role=Role.REVIEWER2)


@pytest.fixture
def legal(db: None) -> User:
    """Return the lawyer of the General Counsel."""
    return make_person("Lee Legal", role=Role.LEGAL)


@pytest.fixture
def drafter(db: None) -> User:
    """Return the drafter of product descriptions."""
    return make_person("Dana Drafter", role=Role.DRAFTER)


@pytest.fixture
def customs(db: None) -> User:
    """Return the customs reviewer, who sees texts and numbers only."""
    return make_person("Cory Customs", role=Role.CUSTOMS)


@pytest.fixture
def committee(db: None) -> User:
    """Return a member of the Section 301 Committee."""
    return make_person("Kim Committee", role=Role.COMMITTEE)


@pytest.fixture
def signatory(db: None) -> User:
    """Return the official who signs decisions."""
    return make_person("Sidney Signatory", role=Role.SIGNATORY)


@pytest.fixture
def publisher(db: None) -> User:
    """Return the person who publishes notices."""
    return make_person("Pat Publisher", role=Role.PUBLISHER)


@pytest.fixture
def auditor(db: None) -> User:
    """Return the auditor, who reads and changes nothing."""
    return make_person("Audie Auditor", role=Role.AUDITOR)


@pytest.fixture
def admin(db: None) -> User:
    """Return the administrator of users, rounds and lists."""
    return make_person("Alex Admin", role=Role.ADMIN)


@pytest.fixture
def second_admin(db: None) -> User:
    """Return another administrator, who confirms what the first one proposes."""
    return make_person("Avery Admin", role=Role.ADMIN)


CAST = (
    "importer", "filer", "rival", "outsider", "nobody", "intake", "reviewer1", "reviewer2", "second_reviewer2", "legal",
    "drafter", "customs", "committee", "signatory", "publisher", "auditor", "admin",
)  # fmt: skip


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """Return everybody who can sign in, by the name of the fixture."""
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def client_of() -> "type[SignedIn]":
    """Return `client_of(user)`, a test client in which that person is signed in (None: nobody is)."""
    return SignedIn


class SignedIn(Client):
    """A test client of one person."""

    def __init__(self, user: User | None = None) -> None:
        super().__init__()
        if user is not None:
            self.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
