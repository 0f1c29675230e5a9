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

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from django.test import Client

from exclusions.models import Organization, User
from exclusions.workflow.roles import Role
from tests.factories.people import authorize, email_of, make_organization, make_person


@dataclass(frozen=True)
class Responder:
    """A member of the public who responds to a petition."""

    name: str = "Lou Responder"
    email: str = "lou.responder@example.test"
    organization: str = "Granite Coast Surfaces"


MEADOWLARK = "Meadowlark Infant Care LLC"


def _make_importer() -> User:
    return make_person("Ada Importer", organization=make_organization(MEADOWLARK))


def _make_filer() -> User:
    firm = make_organization("Harbor and Vale LLP", kind=Organization.Kind.LAW_FIRM)
    authorize(firm, make_organization(MEADOWLARK))
    return make_person("Finn Filer", organization=firm)


def _make_rival() -> User:
    return make_person("Rory Rival", organization=make_organization("Two Rivers Radio Co."))


def _make_outsider() -> User:
    firm = make_organization("Saltmarsh Brokers", kind=Organization.Kind.BROKER)
    return make_person("Charlie Outsider", organization=firm)


MAKERS: dict[str, Callable[[], User]] = {
    "importer": _make_importer,
    "filer": _make_filer,
    "rival": _make_rival,
    "outsider": _make_outsider,
    "nobody": partial(make_person, "Nell Nobody"),
    "intake": partial(make_person, "Ines Intake", role=Role.INTAKE),
    "reviewer1": partial(make_person, "Remy Reviewer", role=Role.REVIEWER1),
    "reviewer2": partial(make_person, "Sam Senior", role=Role.REVIEWER2),
    "second_reviewer2": partial(make_person, "Tess Senior", role=Role.REVIEWER2),
    "legal": partial(make_person, "Lee Legal", role=Role.LEGAL),
    "drafter": partial(make_person, "Dana Drafter", role=Role.DRAFTER),
    "customs": partial(make_person, "Cory Customs", role=Role.CUSTOMS),
    "committee": partial(make_person, "Kim Committee", role=Role.COMMITTEE),
    "signatory": partial(make_person, "Sidney Signatory", role=Role.SIGNATORY),
    "publisher": partial(make_person, "Pat Publisher", role=Role.PUBLISHER),
    "auditor": partial(make_person, "Audie Auditor", role=Role.AUDITOR),
    "admin": partial(make_person, "Alex Admin", role=Role.ADMIN),
    "second_admin": partial(make_person, "Avery Admin", role=Role.ADMIN),
}


NAMES = {
    "importer": "Ada Importer", "filer": "Finn Filer", "rival": "Rory Rival", "outsider": "Charlie Outsider",
    **{name: str(made.args[0]) for name, made in MAKERS.items() if isinstance(made, partial)},
}  # fmt: skip
EMAILS = {email_of(called): name for name, called in NAMES.items()}


def make(name: str) -> User:
    """Return one of the cast, the same person when it is there already."""
    return _found.pop(name, None) or MAKERS[name]()


@pytest.fixture
def meadowlark(db: None) -> Organization:
    """Return the organization of the importer."""
    return make_organization(MEADOWLARK)


@pytest.fixture
def importer(db: None) -> User:
    """Return the requester."""
    return make("importer")


@pytest.fixture
def filer(db: None) -> User:
    """Return the requester's lawyer, authorized to act for Meadowlark."""
    return make("filer")


@pytest.fixture
def rival(db: None) -> User:
    """Return a requester of another organization."""
    return make("rival")


@pytest.fixture
def outsider(db: None) -> User:
    """Return a person of a firm that nobody has authorized."""
    return make("outsider")


@pytest.fixture
def nobody(db: None) -> User:
    """Return a signed-in person of no organization."""
    return make("nobody")


@pytest.fixture
def responder() -> Responder:
    """Return a person without an account."""
    return Responder()


@pytest.fixture
def intake(db: None) -> User:
    """Return the intake clerk."""
    return make("intake")


@pytest.fixture
def reviewer1(db: None) -> User:
    """Return the level 1 reviewer."""
    return make("reviewer1")


@pytest.fixture
def reviewer2(db: None) -> User:
    """Return the level 2 reviewer."""
    return make("reviewer2")


@pytest.fixture
def second_reviewer2(db: None) -> User:
    """Return another level 2 reviewer, who signs off consistency."""
    return make("second_reviewer2")


@pytest.fixture
def legal(db: None) -> User:
    """Return the lawyer of the General Counsel."""
    return make("legal")


@pytest.fixture
def drafter(db: None) -> User:
    """Return the drafter of product descriptions."""
    return make("drafter")


@pytest.fixture
def customs(db: None) -> User:
    """Return the customs reviewer, who sees texts and numbers only."""
    return make("customs")


@pytest.fixture
def committee(db: None) -> User:
    """Return a member of the Section 301 Committee."""
    return make("committee")


@pytest.fixture
def signatory(db: None) -> User:
    """Return the official who signs decisions."""
    return make("signatory")


@pytest.fixture
def publisher(db: None) -> User:
    """Return the person who publishes notices."""
    return make("publisher")


@pytest.fixture
def auditor(db: None) -> User:
    """Return the auditor, who reads and changes nothing."""
    return make("auditor")


@pytest.fixture
def admin(db: None) -> User:
    """Return the administrator of users, rounds and lists."""
    return make("admin")


@pytest.fixture
def second_admin(db: None) -> User:
    """Return another administrator, who confirms what the first one proposes."""
    return make("second_admin")


CAST = (
    "importer", "filer", "rival", "outsider", "nobody", "intake", "reviewer1", "reviewer2", "second_reviewer2", "legal",
    "drafter", "customs", "committee", "signatory", "publisher", "auditor", "admin",
)  # fmt: skip


# Who was found by one statement, until `make` hands him out.
_found: dict[str, User] = {}


@contextmanager
def found_at_once() -> Iterator[None]:
    """Let `make` find the cast by one statement within the block, where everybody is there (tests/made_once.py)."""
    there = {EMAILS[user.email]: user for user in User.objects.filter(email__in=EMAILS)}
    if there.keys() >= set(CAST):
        _found.update(there)
    try:
        yield
    finally:
        _found.clear()


def make_cast() -> dict[str, User]:
    """Return everybody who can sign in, by name."""
    return {name: make(name) for name in CAST}


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> dict[str, User]:
    """Return everybody who can sign in, by the name of the fixture."""
    with found_at_once():
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
