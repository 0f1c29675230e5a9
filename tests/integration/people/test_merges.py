"""Organizations that are the same: how they are found, and that a merge loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import organizations
from exclusions.errors import NotPermitted, WrongState
from exclusions.models import (
    Membership,
    Organization,
    Petition,
    PublicPetition,
    Round,
    User,
)
from exclusions.queries.people.organizations import duplicates, plain_name
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.people import authorize, join, kinds, make_organization, make_person

pytestmark = pytest.mark.on_both("Names are compared, and constraints held, by each in its own way.")

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
