"""Pages of organizations used to their end, and each rule of them that refuses somebody: who, and in which words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.people import authorizations, listings, memberships, organizations
from exclusions.actions.record.events import record_event
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Invitation, Membership, Organization, Petition, Round, User
from exclusions.queries.people.accounts import happened, outside_cases
from tests.conftest import Clock
from tests.factories.people import authorize, join, make_organization, make_person
from tests.factories.petitions import Journey

SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(meadowlark: Organization) -> User:
    """Return a second person of Meadowlark, who owns nothing."""
    person = make_person("Cleo Colleague")
    join(person, meadowlark, Membership.Role.MEMBER)
    return person


def post(client: Client, name: str, *arguments: Any, **data: Any) -> str:
    """Post a form of an organization's page; return the text of the page that it leads to."""
    return client.post(reverse(name, args=arguments), data, follow=True).content.decode()


# ---- The pages -------------------------------------------------------------------------------------------------
def test_a_person_registers_an_organization_once(nobody: User, client_of: SignIn, clock: Clock) -> None:
    client = client_of(nobody)
    for _ in range(2):
        page = post(client, "organizations", legal_name="  Nell’s   Novelties ", kind=Organization.Kind.COMPANY)
        assert "Nell’s Novelties is registered." in page
    made = Organization.objects.get(memberships__user=nobody)
    assert (made.legal_name, made.memberships.get().role) == ("Nell’s Novelties", Membership.Role.OWNER)


def test_staff_register_nothing(intake: User, client_of: SignIn, clock: Clock) -> None:
    answer = client_of(intake).post(
        reverse("organizations"), {"legal_name": "Inside Inc.", "kind": Organization.Kind.COMPANY}
    )
    assert answer.status_code == 403
    assert not Organization.objects.exists()


def test_an_owner_runs_the_organization_from_its_page(
    importer: User, colleague: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    client, key = client_of(importer), meadowlark.pk
    place = Membership.objects.get(user=colleague)
    assert "is now: owner" in post(client, "organization-role", key, place.pk, role=Membership.Role.OWNER)
    assert "Choose owner or member" in post(client, "organization-role", key, place.pk, role="emperor")
    assert "no longer belongs to" in post(client, "organization-remove", key, place.pk)
    assert not Membership.objects.filter(user=colleague).exists()
    page = post(client, "organization-invite", key, email="cleo.colleague@example.test", role=Membership.Role.MEMBER)
    assert "We sent an invitation to cleo.colleague@example.test." in page
    invitation = Invitation.objects.get()
    assert "You withdrew the invitation" in post(client, "organization-withdraw-invitation", key, invitation.pk)
    assert client.get(reverse("organization-invite", args=[key])).status_code == 302
    assert client.get(reverse("organization-ask", args=[key])).status_code == 302


def test_whoever_leaves_is_led_to_what_is_left(
    importer: User, colleague: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    place = Membership.objects.get(user=colleague)
    client = client_of(colleague)
    answer = client.post(reverse("organization-remove", args=[meadowlark.pk, place.pk]))
    assert answer["Location"] == reverse("organizations")
    assert client.get(reverse("organization", args=[meadowlark.pk])).status_code == 404


def test_the_record_tells_apart_who_left_who_was_taken_out_and_a_file_removed(
    importer: User, colleague: User, meadowlark: Organization, clock: Clock
) -> None:
    memberships.remove(Membership.objects.get(user=colleague), by=importer, at=clock.now)
    again = join(colleague, meadowlark, Membership.Role.MEMBER)
    memberships.remove(again, by=colleague, at=clock.now)
    earlier = record_event(f"organization:{meadowlark.pk}", "remove", by=importer, at=clock.now)
    of_case = record_event("petition:of-none", "remove", by=importer, at=clock.now)
    assert (earlier.description, of_case.description) == ("Person taken out", "File removed")
    told = [row.what for row in happened(outside_cases())]
    assert told == ["Person taken out", "Person left", "Person taken out"]


def test_a_firm_asks_a_client_from_its_page(
    importer: User, meadowlark: Organization, outsider: User, client_of: SignIn, clock: Clock
) -> None:
    firm = Membership.objects.get(user=outsider).organization
    page = post(client_of(outsider), "organization-ask", firm.pk, **{"ask-email": importer.email})
    assert "has been asked. It may accept or refuse." in page
    page = post(client_of(outsider), "organization-ask", firm.pk, **{"ask-email": importer.email})
    assert "has not answered your last request yet" in page


def test_a_clerk_begins_a_petition_at_a_written_request(
    intake: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    request = {"legal_name": "Paper Mill Co.", "round": str(list3.pk), "request": "Letter of July 1."}
    answer = client_of(intake).post(reverse("staff-assist"), request)
    petition = Petition.objects.get()
    assert answer["Location"].startswith(f"/petitions/{petition.pk}/")
    assert (petition.organization.legal_name, petition.assisted_by) == ("Paper Mill Co.", intake)


# ---- The rules of organizations -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "says"), [("  ", "Enter the full legal name"), ("x" * 301, "The limit is 300")])
def test_a_name_is_there_and_not_endless(nobody: User, clock: Clock, name: str, says: str) -> None:
    with pytest.raises(Incomplete, match=says):
        organizations.register(legal_name=name, by=nobody, at=clock.now)


def test_a_clerk_names_one_organization(intake: User, importer: User, meadowlark: Organization, clock: Clock) -> None:
    with pytest.raises(NotPermitted, match="Only an intake clerk"):
        organizations.named(legal_name="Meadowlark Infant Care LLC", by=importer, at=clock.now)
    with pytest.raises(Incomplete, match="at most 300 characters"):
        organizations.named(legal_name="", by=intake, at=clock.now)
    assert organizations.named(legal_name="meadowlark infant care llc", by=intake, at=clock.now) == meadowlark
    make_organization("MEADOWLARK INFANT CARE LLC")
    with pytest.raises(Incomplete, match="Merge them first"):
        organizations.named(legal_name="Meadowlark Infant Care LLC", by=intake, at=clock.now)


# ---- The rules of people in them -----------------------------------------------------------------------------------
def test_an_invitation_names_one_address_a_known_role_and_nobody_who_belongs(
    importer: User, colleague: User, meadowlark: Organization, clock: Clock
) -> None:
    def invite(email: str, role: str = Membership.Role.MEMBER, by: User = importer) -> Invitation:
        return memberships.invite(meadowlark, email=email, role=role, by=by, at=clock.now)

    for wrong in ("nobody", "a@example.test, b@example.test", "x" * 250 + "@example.test"):
        with pytest.raises(Incomplete, match="Enter one e-mail address"):
            invite(wrong)
    with pytest.raises(Incomplete, match="Choose owner or member"):
        invite("new@example.test", role="emperor")
    with pytest.raises(Incomplete, match="belongs to Meadowlark Infant Care LLC already"):
        invite(colleague.email.upper())
    with pytest.raises(NotPermitted, match="Only an owner"):
        invite("new@example.test", by=colleague)
    for number in range(memberships.OPEN_AT_ONCE):
        invite(f"person{number}@example.test")
    with pytest.raises(WrongState, match="Withdraw one before you send another"):
        invite("one.more@example.test")


def test_staff_do_not_accept_an_invitation(
    importer: User, intake: User, meadowlark: Organization, clock: Clock
) -> None:
    sent = memberships.invite(meadowlark, email=intake.email, by=importer, at=clock.now)
    with pytest.raises(NotPermitted, match="Agency staff cannot belong"):
        memberships.accept_invitation(sent, by=intake, at=clock.now)


def test_a_used_invitation_is_not_withdrawn(
    importer: User, nobody: User, meadowlark: Organization, clock: Clock
) -> None:
    sent = memberships.invite(meadowlark, email=nobody.email, by=importer, at=clock.now)
    memberships.accept_invitation(sent, by=nobody, at=clock.now)
    with pytest.raises(WrongState, match="was already used"):
        memberships.withdraw_invitation(sent, by=importer, at=clock.now)


def test_somebody_removed_meanwhile_is_a_conflict(
    importer: User, colleague: User, meadowlark: Organization, clock: Clock
) -> None:
    place = Membership.objects.get(user=colleague)
    memberships.remove(Membership.objects.get(pk=place.pk), by=importer, at=clock.now)
    for attempt in (
        lambda: memberships.change_role(place, role=Membership.Role.OWNER, by=importer, at=clock.now),
        lambda: memberships.remove(place, by=importer, at=clock.now),
    ):
        with pytest.raises(Conflict, match="no longer belongs"):
            attempt()


# ---- The rules of authorizations and listings ----------------------------------------------------------------------
def test_a_request_is_answered_once_and_in_time(
    importer: User, outsider: User, meadowlark: Organization, clock: Clock
) -> None:
    firm = Membership.objects.get(user=outsider).organization
    today = clock.now.date()
    asked = authorizations.request(filer=firm, email=importer.email, by=outsider, at=clock.now, valid_to=today)
    with pytest.raises(WrongState, match="The last day of this request has passed"):
        authorizations.accept(asked, by=importer, at=clock.now + timedelta(days=1))
    authorizations.accept(asked, by=importer, at=clock.now)
    with pytest.raises(WrongState, match="already answered"):
        authorizations.accept(asked, by=importer, at=clock.now)
    authorizations.revoke(asked, by=importer, at=clock.now)
    with pytest.raises(WrongState, match="already revoked"):
        authorizations.revoke(asked, by=importer, at=clock.now)


def test_a_stranger_asks_for_no_firm_and_a_company_for_nobody(
    importer: User, rival: User, outsider: User, meadowlark: Organization, clock: Clock
) -> None:
    firm = Membership.objects.get(user=outsider).organization
    with pytest.raises(NotPermitted, match="You do not belong to"):
        authorizations.request(filer=firm, email=importer.email, by=rival, at=clock.now)
    with pytest.raises(NotPermitted, match="Only a law firm, association or broker"):
        authorizations.request(filer=meadowlark, email=rival.email, by=importer, at=clock.now)


def test_a_firm_that_may_act_already_is_not_authorized_twice(
    importer: User, outsider: User, meadowlark: Organization, clock: Clock
) -> None:
    authorize(Membership.objects.get(user=outsider).organization, meadowlark)
    with pytest.raises(Incomplete, match="may act for you already"):
        authorizations.authorize(client=meadowlark, email=outsider.email, by=importer, at=clock.now)


def test_a_listing_names_one_company_once_and_is_answered_once(
    importer: User, rival: User, journey: Callable[..., Journey], clock: Clock
) -> None:
    petition = journey().petition
    with pytest.raises(NotPermitted, match="Only a trade association"):
        listings.list_member(petition, email=rival.email, by=importer, at=clock.now)
    Organization.objects.filter(pk=petition.organization_id).update(kind=Organization.Kind.ASSOCIATION)
    with pytest.raises(Incomplete, match="not the address of an owner of one company"):
        listings.list_member(petition, email="stranger@example.test", by=importer, at=clock.now)
    listed = listings.list_member(petition, email=rival.email, by=importer, at=clock.now)
    with pytest.raises(Incomplete, match="is listed already"):
        listings.list_member(petition, email=rival.email, by=importer, at=clock.now)
    listings.accept(listed, by=rival, at=clock.now)
    with pytest.raises(WrongState, match="already answered"):
        listings.accept(listed, by=rival, at=clock.now)
    listings.end(listed, by=rival, at=clock.now)
    with pytest.raises(WrongState, match="no longer listed"):
        listings.end(listed, by=importer, at=clock.now)
