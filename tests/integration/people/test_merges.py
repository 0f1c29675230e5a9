"""Organizations that are the same: how they are found, and that a merge loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.errors import Conflict, NotPermitted, WrongState
from exclusions.models import (
    Authorization,
    Membership,
    Notification,
    Organization,
    Petition,
    Proposal,
    PublicPetition,
    Round,
    User,
)
from exclusions.queries.people.organizations import duplicates, plain_name
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.people import authorize, by_two, join, kinds, make_organization, make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.both_databases("Names are compared, and constraints held, by each in its own way.")

SignIn = Callable[[User | None], Client]


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
    assert (
        b"Propose to merge it with Acme Widgets, Inc." in client_of(admin).get(reverse("staff-organizations")).content
    )


def test_a_merge_loses_no_petition(
    petition_in: Any, importer: User, filer: User, rival: User, admin: User, second_admin: User,
    meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock,
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
    assert twin.petitions.count() == 2, "proposed, and nothing moved"
    waiting = reverse("proposal", args=[Proposal.objects.get().pk])
    assert client_of(admin).post(waiting, {"answer": "confirm"}).status_code == 403
    assert client_of(second_admin).post(waiting, {"answer": "confirm"}).status_code == 302

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
    assert set(Notification.objects.filter(template="organization_changed").values_list("to", flat=True)) == {
        importer.email, colleague.email,
    }  # fmt: skip
    assert client_of(admin).get(url).status_code == 404, "once only"


def test_who_was_in_both_stays_once_and_stays_owner(
    admin: User, second_admin: User, importer: User, clock: Clock
) -> None:
    stays, goes = make_organization("Acme Inc."), make_organization("ACME LLC")
    for organization, role in ((stays, Membership.Role.MEMBER), (goes, Membership.Role.OWNER)):
        join(importer, organization, role)
    by_two("merge", stays.pk, duplicate=str(goes.pk), people=(admin, second_admin), at=clock.now)
    assert Membership.objects.get(user=importer, organization=stays).role == Membership.Role.OWNER
    assert not goes.memberships.exists()


def test_a_firm_and_its_client_are_not_the_same(
    filer: User, admin: User, meadowlark: Organization, importer: User, clock: Clock
) -> None:
    firm = Membership.objects.get(user=filer).organization
    with pytest.raises(WrongState, match="acts for the other"):
        propose(meadowlark, firm, admin, clock)
    with pytest.raises(WrongState, match="two different"):
        propose(firm, firm, admin, clock)


def test_a_client_and_who_filed_for_it_are_not_merged(
    admin: User, filer: User, journey: Callable[..., Journey], clock: Clock
) -> None:
    petition = journey(through_firm=True).petition
    firm = petition.filer_organization
    assert firm
    Authorization.objects.all().update(revoked_at=clock.now)
    with pytest.raises(WrongState, match="filed a petition for the other"):
        propose(firm, petition.organization, admin, clock)


def propose(keep: Organization, duplicate: Organization, by: User, clock: Clock) -> Proposal:
    return proposals.propose(
        "merge", keep.pk, by=by, at=clock.now, reason="The same.", facts={"duplicate": str(duplicate.pk)}
    )


@pytest.mark.parametrize("who", ["intake", "reviewer2", "importer"])
def test_only_an_administrator_merges(
    who: str, request: pytest.FixtureRequest, meadowlark: Organization, clock: Clock
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        propose(meadowlark, make_organization("Meadowlark Infant Care"), person, clock)


def test_two_that_the_search_does_not_pair_are_not_merged(
    admin: User, importer: User, meadowlark: Organization, client_of: SignIn, clock: Clock
) -> None:
    other = make_organization("Two Rivers Radio Co.")
    with pytest.raises(WrongState, match="not listed as duplicates"):
        propose(meadowlark, other, admin, clock)
    assert client_of(admin).get(reverse("staff-merge", args=[meadowlark.pk, other.pk])).status_code == 404


def test_a_merge_is_refused_once_somebody_joined_meanwhile(
    admin: User, second_admin: User, nobody: User, importer: User, meadowlark: Organization, clock: Clock
) -> None:
    twin = make_organization("Meadowlark Infant Care")
    proposal = propose(meadowlark, twin, admin, clock)
    join(nobody, twin)
    with pytest.raises(WrongState, match="have changed since it was proposed: the people of the two"):
        proposals.confirm(proposal, by=second_admin, at=clock.now)
    assert meadowlark.memberships.count() == 1


def test_a_merged_organization_is_merged_no_more(
    admin: User, second_admin: User, importer: User, meadowlark: Organization, list3: Round, clock: Clock
) -> None:
    twin = make_organization("Meadowlark Infant Care")
    late = propose(twin, meadowlark, admin, clock)
    by_two("merge", meadowlark.pk, duplicate=str(twin.pk), people=(admin, second_admin), at=clock.now)
    with pytest.raises(WrongState, match="merged into another"):
        proposals.confirm(late, by=second_admin, at=clock.now)
    assert meadowlark.memberships.count() == 1
    join(importer, twin)  # as somebody who was there a moment before the merge
    with pytest.raises(Conflict, match="was merged into Meadowlark Infant Care LLC"):
        petitions.start(round=list3, organization=twin, by=importer, at=clock.now)
