"""People, invitations, vetting, authorizations, listings, assisted filing and merges: each rule, and who is refused."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import authorizations, listings, memberships, organizations
from exclusions.actions.record.notifications import deliver
from exclusions.actions.record.transition import move
from exclusions.actions.review.intake import post_petition
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import (
    Authorization,
    Event,
    Invitation,
    Membership,
    Organization,
    Petition,
    PublicPetition,
    Round,
    User,
)
from exclusions.permissions import standing
from exclusions.queries.people.organizations import duplicates, plain_name
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.people import authorize, join, make_organization, make_person

SignIn = Callable[[User | None], Client]
HOUR = timedelta(hours=1)


def kinds(organization: Organization) -> list[str]:
    """Return what is on the record of an organization."""
    events = Event.objects.filter(subject=f"organization:{organization.pk}").order_by("sequence")
    return list(events.values_list("kind", flat=True))


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
    assert b"This invitation was used before. Each is good once" in again.content
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
    assert b"Invite somebody" not in page
    assert b"Leave Meadowlark" in page


def test_the_last_owner_stays(importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock) -> None:
    own = Membership.objects.get(user=importer)
    url = reverse("organization-remove", args=[meadowlark.pk, own.pk])
    answer = client_of(importer).post(url, follow=True)
    assert b"keeps at least one owner" in answer.content
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


def test_a_firm_files_for_others_only_once_vetted(
    importer: User, meadowlark: Organization, intake: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = make_organization("Fresh and New LLP", kind="law_firm", vetted=False)
    lawyer = make_person("Fran Fresh", organization=firm)
    authorize(firm, meadowlark)

    def start() -> Petition:
        return petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=lawyer, at=clock.now)

    with pytest.raises(NotPermitted, match="has not vetted Fresh and New LLP yet"):
        start()
    assert b"Fresh and New LLP" in client_of(intake).get(reverse("staff-organizations")).content
    url = reverse("staff-vet", args=[firm.pk])
    assert client_of(intake).post(url, {"reason": ""}).status_code == 422
    assert client_of(intake).post(url, {"reason": "Bar number checked."}).status_code == 302
    firm.refresh_from_db()
    draft = start()
    client_of(intake).post(url, {"reason": "Struck off."})
    with pytest.raises(NotPermitted, match="no longer lets Fresh and New LLP"):
        petitions.save_answers(draft, by=lawyer, at=clock.now, answers={"product_name": "Slabs"})
    assert kinds(firm) == ["vet", "end_vetting"]
    assert Petition.objects.owned_by(importer, clock.now).get() == draft


@pytest.mark.parametrize("who", ["importer", "reviewer1", "auditor", "signatory"])
def test_others_do_not_vet(who: str, request: pytest.FixtureRequest, client_of: SignIn, clock: Clock) -> None:
    person = request.getfixturevalue(who)
    firm = make_organization("Fresh and New LLP", kind="law_firm", vetted=False)
    assert client_of(person).post(reverse("staff-vet", args=[firm.pk]), {"reason": "x"}).status_code == 404
    with pytest.raises(NotPermitted):
        organizations.vet(firm, by=person, at=clock.now, vetted=True, reason="x")


def test_a_firm_asks_and_the_client_accepts_or_refuses(
    importer: User, outsider: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = Membership.objects.get(user=outsider).organization
    fields = {"ask-email": importer.email, "ask-rounds": [list3.pk]}
    url = reverse("organization-ask", args=[firm.pk])
    assert client_of(outsider).post(url, fields).status_code == 302
    asked = Authorization.objects.get()
    assert (asked.accepted_at, list(asked.rounds.all())) == (None, [list3])
    with pytest.raises(NotPermitted):
        petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=outsider, at=clock.now)
    assert "has not answered your last request" in client_of(outsider).post(url, fields).content.decode()
    accept = reverse("petition-representation-accept", args=[asked.pk])
    assert client_of(outsider).post(accept).status_code == 404
    assert b"may now act" in client_of(importer).post(accept, follow=True).content
    petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=outsider, at=clock.now)
    with pytest.raises(WrongState):
        authorizations.accept(asked, by=importer, at=clock.now)


def test_a_refused_request_gives_nothing(importer: User, outsider: User, clock: Clock) -> None:
    firm = Membership.objects.get(user=outsider).organization
    asked = authorizations.request(filer=firm, email=importer.email, by=outsider, at=clock.now)
    authorizations.revoke(asked, by=importer, at=clock.now)
    with pytest.raises(WrongState):
        authorizations.accept(asked, by=importer, at=clock.now)


def test_a_request_needs_a_firm_dates_and_a_client(importer: User, rival: User, outsider: User, clock: Clock) -> None:
    firm = Membership.objects.get(user=outsider).organization
    company = Membership.objects.get(user=rival).organization
    with pytest.raises(NotPermitted, match="Only a law firm"):
        authorizations.request(filer=company, email=importer.email, by=rival, at=clock.now)
    with pytest.raises(NotPermitted, match="do not belong"):
        authorizations.request(filer=firm, email=importer.email, by=rival, at=clock.now)
    with pytest.raises(Incomplete):
        authorizations.request(filer=firm, email=importer.email, by=outsider, at=clock.now, valid_to=date(2019, 7, 1))
    with pytest.raises(Incomplete):
        authorizations.request(filer=firm, email="nobody.here@example.test", by=outsider, at=clock.now)


def test_the_scope_holds_other_rounds_out(
    filer: User, importer: User, meadowlark: Organization, list3: Round, clock: Clock
) -> None:
    grant = Authorization.objects.get()
    firm = grant.filer
    draft = petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=filer, at=clock.now)
    other = Round.objects.get(pk=list3.pk)
    other.pk, other.slug, other.docket = None, "another", "USTR-2019-0099"
    other.save()
    grant.rounds.set([other])
    assert not Petition.objects.owned_by(filer, clock.now).exists()
    with pytest.raises(NotPermitted, match="in this round"):
        petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=filer, at=clock.now)
    with pytest.raises(NotPermitted, match="is for other rounds"):
        petitions.save_answers(draft, by=filer, at=clock.now, answers={"product_name": "Slabs"})
    grant.rounds.set([list3, other])
    assert Petition.objects.owned_by(filer, clock.now).get() == draft


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_lapse_in_mid_draft_refuses_the_firm_and_keeps_the_draft(
    how: str, filer: User, importer: User, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    grant = Authorization.objects.get()
    draft = petitions.start(
        round=list3, organization=meadowlark, filer_organization=grant.filer, by=filer, at=clock.now
    )
    url = reverse("petition-step", args=[draft.pk, "product"])
    saved = client_of(filer).post(url, {"product_name": "Quartz slabs", "revision": "0", "action": "save"})
    assert saved.status_code in {200, 302}
    if how == "revoked":
        authorizations.revoke(grant, by=importer, at=clock.now)
    else:
        Authorization.objects.update(valid_to=date(2019, 7, 8))
        clock.shift(days=1)
    answer = client_of(filer).post(url, {"product_name": "Changed", "action": "save"})
    assert answer.status_code == 403
    assert "no longer covers this petition" in answer.content.decode()
    told = client_of(filer).post(url, {"product_name": "Changed"}, headers={"x-autosave": "1"})
    assert "no longer covers this petition" in told.json()["reasons"][0]
    with pytest.raises(NotPermitted, match="no longer covers"):
        petitions.submit(draft, by=filer, at=clock.now, certified={})
    assert client_of(importer).get(url).status_code == 200
    assert draft.versions.get().answers["product_name"] == "Quartz slabs"


def test_clients_of_a_firm_never_see_one_another(
    filer: User, importer: User, rival: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = Membership.objects.get(user=filer).organization
    other = Membership.objects.get(user=rival).organization
    authorize(firm, other)
    petition = petitions.start(round=list3, organization=other, filer_organization=firm, by=filer, at=clock.now)
    client = client_of(importer)
    assert client.get(reverse("petition", args=[petition.pk])).status_code == 404
    assert client.get(reverse("organization", args=[firm.pk])).status_code == 404
    for name in ("petitions", "petition-representation", "organizations"):
        assert other.legal_name not in client.get(reverse(name)).content.decode()


def test_a_listed_member_reads_the_status_and_nothing_else(
    rival: User, importer: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    association = make_organization("Nursery Goods Association", kind="association")
    secretary = make_person("Sol Secretary", organization=association)
    petition = petitions.start(round=list3, organization=association, by=secretary, at=clock.now)
    url = reverse("petition-members", args=[petition.pk])
    assert client_of(secretary).post(url, {"email": rival.email}).status_code == 302
    assert client_of(secretary).post(url, {"email": rival.email}).status_code == 422
    company = Membership.objects.get(user=rival).organization
    page = reverse("organization", args=[company.pk])
    assert "Draft" not in client_of(rival).get(page).content.decode()
    listing = petition.listings.get()
    client_of(rival).post(reverse("organization-accept-listing", args=[company.pk, listing.pk]))
    shown = client_of(rival).get(page).content.decode()
    assert "Status: Draft" in shown
    assert client_of(rival).get(reverse("petition", args=[petition.pk])).status_code == 404
    assert client_of(importer).get(url).status_code == 404
    client_of(secretary).post(url, {"end": str(listing.pk)})
    assert "Status: Draft" not in client_of(rival).get(page).content.decode()
    with pytest.raises(WrongState):
        listings.end(listing, by=secretary, at=clock.now)


def test_a_company_lists_nobody(
    importer: User, rival: User, meadowlark: Organization, list3: Round, clock: Clock
) -> None:
    petition = petitions.start(round=list3, organization=meadowlark, by=importer, at=clock.now)
    with pytest.raises(NotPermitted, match="Only a trade association"):
        listings.list_member(petition, email=rival.email, by=importer, at=clock.now)


def test_a_clerk_files_at_a_written_request_and_judges_nothing_in_that_case(
    intake: User, reviewer1: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    url = reverse("staff-assist")
    assert client_of(reviewer1).get(url).status_code == 404
    form = {"round": list3.pk, "legal_name": "Paper Only Imports", "request": ""}
    assert client_of(intake).post(url, form).status_code == 422
    answer = client_of(intake).post(url, {**form, "request": "Letter of July 3, 2019"})
    assert answer.status_code == 302
    petition = Petition.objects.get()
    assert (petition.assisted_by, petition.assisted_request) == (intake, "Letter of July 3, 2019")
    assert client_of(intake).get(answer["Location"]).status_code == 200
    Petition.objects.filter(pk=petition.pk).update(
        status=Status.SUBMITTED, reference="USTR-2019-0005-000001", submitted_at=clock.now
    )
    with pytest.raises(NotPermitted):
        move(petition, "post", by=intake, at=clock.now, data={"screened": True})
    assert not Petition.objects.visible_to(intake, clock.now).exists()


def test_importers_get_no_assisted_petition(
    importer: User, meadowlark: Organization, list3: Round, clock: Clock
) -> None:
    with pytest.raises(NotPermitted):
        petitions.start(
            round=list3, organization=meadowlark, by=importer, at=clock.now, assisted_request="my own letter"
        )


def test_the_public_copy_marks_assisted_filing(petition_in: Any, intake: User) -> None:
    posted = petition_in(Status.SUBMITTED)
    clerk = make_person("Ida Second", role="intake")
    Petition.objects.filter(pk=posted.pk).update(assisted_by=clerk, assisted_request="Letter of July 3, 2019")
    posted.refresh_from_db()
    post_petition(posted, by=intake, at=posted.submitted_at + HOUR, screened=True)
    assert PublicPetition.objects.get().filer_name == "agency staff, at its written request"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Widgets, Inc.", "ACME Widgets Incorporated"),
        ("Smith & Sons LLC", "Smith and Sons"),
        ("A.B.C. Company", "ABC Corp"),
    ],
)
def test_names_are_compared_without_their_legal_form(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


def test_duplicates_are_found_by_name_and_by_domain(
    admin: User, client_of: SignIn, db: None, django_assert_num_queries: Any
) -> None:
    first = make_organization("Acme Widgets, Inc.")
    second = make_organization("ACME Widgets LLC")
    third = make_organization("Quite Different")
    for name, home in (("Al Pha", first), ("Be Ta", third)):
        person = make_person(name, organization=home)
        User.objects.filter(pk=person.pk).update(email=f"{person.pk}@acme.test")
    make_person("Ga Mma", organization=make_organization("Not Related"))
    with django_assert_num_queries(2):
        found = {group.why: {one.legal_name for one in group.organizations} for group in duplicates()}
    assert found["the same name"] == {first.legal_name, second.legal_name}
    assert found["addresses at acme.test"] == {first.legal_name, third.legal_name}
    assert b"Merge with Acme Widgets, Inc." in client_of(admin).get(reverse("staff-organizations")).content


def test_a_merge_loses_no_petition(
    petition_in: Any, importer: User, filer: User, rival: User, admin: User, meadowlark: Organization, list3: Round,
    client_of: SignIn, clock: Clock,
) -> None:  # fmt: skip
    filed = petition_in(Status.POSTED)
    twin = make_organization("Meadowlark Infant Care, L.L.C.")
    colleague = make_person("Cole League", organization=twin)
    join(importer, twin, "member")
    firm = Membership.objects.get(user=filer).organization
    authorize(firm, twin)
    draft = petitions.start(round=list3, organization=twin, by=colleague, at=clock.now)
    by_firm = petitions.start(round=list3, organization=twin, filer_organization=firm, by=filer, at=clock.now)
    before = Petition.objects.count()
    versions = sorted(str(v.answers) for p in (filed, draft, by_firm) for v in p.versions.all())
    url = reverse("staff-merge", args=[meadowlark.pk, twin.pk])
    assert client_of(rival).get(url).status_code == 404
    assert client_of(admin).post(url, {"keep": meadowlark.pk, "reason": ""}).status_code == 422
    assert client_of(admin).post(url, {"keep": meadowlark.pk, "reason": "Same EIN."}).status_code == 302

    assert Petition.objects.count() == before
    assert set(Petition.objects.filter(organization=meadowlark)) == {filed, draft, by_firm}
    assert sorted(str(v.answers) for p in (filed, draft, by_firm) for v in p.versions.all()) == versions
    assert set(Petition.objects.owned_by(colleague, clock.now)) == {filed, draft, by_firm}
    assert by_firm in Petition.objects.owned_by(filer, clock.now), "the firm still acts for its client"
    assert {m.user for m in meadowlark.memberships.all()} == {importer, colleague}
    assert Membership.objects.get(user=importer, organization=meadowlark).role == "owner"
    twin.refresh_from_db()
    assert (twin.merged_into, twin.memberships.count(), twin.petitions.count()) == (meadowlark, 0, 0)
    assert PublicPetition.objects.get(reference=filed.reference).organization_name
    assert kinds(meadowlark)[-1] == "merge"
    assert kinds(twin)[-1] == "merged_into"
    assert client_of(admin).get(url).status_code == 404, "once only"


def test_a_firm_and_its_client_are_not_the_same(
    filer: User, admin: User, meadowlark: Organization, clock: Clock
) -> None:
    firm = Membership.objects.get(user=filer).organization
    with pytest.raises(WrongState, match="acts for the other"):
        organizations.merge(keep=meadowlark, duplicate=firm, by=admin, at=clock.now, reason="x")
    with pytest.raises(WrongState, match="two different"):
        organizations.merge(keep=firm, duplicate=firm, by=admin, at=clock.now, reason="x")


@pytest.mark.parametrize("who", ["intake", "reviewer2", "importer"])
def test_only_an_administrator_merges(
    who: str, request: pytest.FixtureRequest, meadowlark: Organization, clock: Clock
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        organizations.merge(keep=meadowlark, duplicate=make_organization("Twin"), by=person, at=clock.now, reason="x")


def test_a_failed_merge_leaves_everything(admin: User, importer: User, meadowlark: Organization, clock: Clock) -> None:
    twin = make_organization("Twin")
    organizations.merge(keep=meadowlark, duplicate=twin, by=admin, at=clock.now, reason="x")
    with pytest.raises(WrongState, match="merged into another"):
        organizations.merge(keep=twin, duplicate=meadowlark, by=admin, at=clock.now, reason="x")
    assert meadowlark.memberships.count() == 1


def test_who_may_see_what_costs_at_most_two_statements(
    importer: User,
    filer: User,
    meadowlark: Organization,
    list3: Round,
    clock: Clock,
    django_assert_max_num_queries: Any,
) -> None:
    grant = Authorization.objects.get()
    petitions.start(round=list3, organization=meadowlark, filer_organization=grant.filer, by=filer, at=clock.now)
    for person in (importer, filer):
        with django_assert_max_num_queries(1):
            owned = Petition.objects.owned_by(person, clock.now)
            found = owned.select_related("organization", "filer_organization").get()
        with django_assert_max_num_queries(2):
            assert standing(person, found, clock.now).roles
