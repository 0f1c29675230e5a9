"""Who belongs to an organization: invitations, and what its owners decide about its people."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from exclusions.actions.people import memberships
from exclusions.actions.record.notifications import deliver
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import (
    Invitation,
    Membership,
    Organization,
    User,
)
from tests.conftest import Clock
from tests.factories.people import join, kinds, make_person

pytestmark = pytest.mark.both_databases("Rows are locked, which SQLite does not do.")

SignIn = Callable[[User | None], Client]


@pytest.fixture
def sent(importer: User, meadowlark: Organization, clock: Clock) -> str:
    """Invite Nell Nobody to Meadowlark; return the path in the message."""
    memberships.invite(meadowlark, email="Nell.Nobody@example.test", by=importer, at=clock.now)
    deliver(at=clock.now)
    message = mail.outbox[-1]
    assert message.to == ["nell.nobody@example.test"]
    found = re.search(r"/accounts/invitation/\S+/", str(message.body))
    assert found
    return found[0]


def test_an_invited_person_accepts_once(
    sent: str, nobody: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(nobody)
    assert b"Invitation to Meadowlark" in client.get(sent).content
    assert client.post(sent).status_code == 302
    assert Membership.objects.get(user=nobody, organization=meadowlark).role == "member"
    assert kinds(meadowlark) == ["invite", "join"]
    again = client.post(sent)
    assert again.status_code == 409
    assert b"This invitation was already used. Ask an owner for another." in again.content
    assert kinds(meadowlark) == ["invite", "join"]


def test_the_key_itself_is_not_stored(sent: str) -> None:
    key = sent.rstrip("/").rpartition("/")[2]
    assert Invitation.objects.get().digest != key
    assert memberships.find_by_key(key) == Invitation.objects.get()


@pytest.mark.parametrize("who", ["rival", "outsider"])
def test_an_invitation_works_for_the_invited_address_only(
    sent: str, who: str, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    answer = client_of(request.getfixturevalue(who)).post(sent)
    assert answer.status_code == 403
    assert b"was sent to another address" in answer.content
    assert Invitation.objects.get().used_at is None


def test_an_unconfirmed_address_is_another_address(sent: str, nobody: User, client_of: SignIn) -> None:
    nobody.emailaddress_set.update(verified=False)
    assert client_of(nobody).post(sent).status_code == 403


def test_an_invitation_ends(sent: str, nobody: User, client_of: SignIn, clock: Clock) -> None:
    clock.shift(days=8)
    answer = client_of(nobody).post(sent)
    assert b"This invitation ended on" in answer.content
    assert not nobody.memberships.exists()


def test_a_withdrawn_invitation_is_worthless(
    sent: str, nobody: User, importer: User, meadowlark: Organization, client_of: SignIn
) -> None:
    url = reverse("organization-withdraw-invitation", args=[meadowlark.pk, Invitation.objects.get().pk])
    client_of(importer).post(url)
    assert b"withdrawn" in client_of(nobody).post(sent).content


def test_a_second_invitation_ends_the_first(
    sent: str, nobody: User, importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    memberships.invite(meadowlark, email=nobody.email, by=importer, at=clock.now)
    assert client_of(nobody).post(sent).status_code == 409


def test_a_wrong_key_is_not_there(nobody: User, client_of: SignIn) -> None:
    assert client_of(nobody).get("/accounts/invitation/nonsense/").status_code == 404


def test_only_owners_manage_people(importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock) -> None:
    member = make_person("Mel Member")
    join(member, meadowlark, "member")
    with pytest.raises(NotPermitted):
        memberships.invite(meadowlark, email="x@example.test", by=member, at=clock.now)
    own = Membership.objects.get(user=importer)
    with pytest.raises(NotPermitted):
        memberships.remove(own, by=member, at=clock.now)
    page = client_of(member).get(reverse("organization", args=[meadowlark.pk])).content
    assert b"Invite someone" not in page
    assert b"Leave Meadowlark" in page


def test_the_last_owner_stays(importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock) -> None:
    own = Membership.objects.get(user=importer)
    url = reverse("organization-remove", args=[meadowlark.pk, own.pk])
    answer = client_of(importer).post(url, follow=True)
    assert b"needs at least one owner" in answer.content
    with pytest.raises(WrongState):
        memberships.change_role(own, role="member", by=importer, at=clock.now)
    second = join(make_person("Olga Owner"), meadowlark, "member")
    memberships.change_role(second, role="owner", by=importer, at=clock.now)
    client_of(importer).post(url)
    assert not Membership.objects.filter(user=importer).exists()
    assert kinds(meadowlark) == ["change_role", "leave"]


def test_a_stranger_finds_no_organization(rival: User, meadowlark: Organization, client_of: SignIn) -> None:
    client = client_of(rival)
    assert client.get(reverse("organization", args=[meadowlark.pk])).status_code == 404
    assert client.post(reverse("organization-invite", args=[meadowlark.pk]), {"email": "a@b.test"}).status_code == 404


@pytest.mark.parametrize("email", ["", "not an address", "a@b.test, c@d.test", "x" * 300 + "@example.test"])
def test_a_bad_address_is_refused(
    email: str, importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    url = reverse("organization-invite", args=[meadowlark.pk])
    assert client_of(importer).post(url, {"email": email, "role": "member"}).status_code == 422
    with pytest.raises(Incomplete):
        memberships.invite(meadowlark, email=email, by=importer, at=clock.now)
    assert not Invitation.objects.exists()
