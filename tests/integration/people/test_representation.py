"""A company lets a firm act for it, and takes that back."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import authorizations
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Authorization, Event, Membership, Organization, Petition, Round, User
from exclusions.queries.importer.petitions import parties
from tests.conftest import Clock
from tests.factories.people import join, make_person

SignIn = Callable[[User | None], Client]
PAGE = "petition-representation"


def test_a_company_lets_a_firm_file_and_takes_it_back(
    importer: User,
    outsider: User,
    meadowlark: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
) -> None:
    client = client_of(importer)
    fields = {"client": str(meadowlark.pk), "email": outsider.email.upper()}
    answer = client.post(reverse(PAGE), fields, follow=True)
    assert b"Saltmarsh Brokers may now act for Meadowlark" in answer.content
    firm = Membership.objects.get(user=outsider).organization
    assert [party.organization for party in parties(outsider, clock.now)] == [firm, meadowlark]
    petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=outsider, at=clock.now)
    assert b"Meadowlark" in client_of(outsider).get(reverse(PAGE)).content

    granted = Authorization.objects.get()
    answer = client.post(reverse("petition-representation-revoke", args=[granted.pk]), follow=True)
    assert b"may no longer act" in answer.content
    assert not Petition.objects.owned_by(outsider, clock.now).exists()
    assert Petition.objects.owned_by(importer, clock.now).exists()
    kinds = Event.objects.filter(subject=f"organization:{meadowlark.pk}").values_list("kind", flat=True)
    assert list(kinds) == ["authorize", "revoke"]


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("nobody.at.all@example.test", "Nobody with this address"),
        ("rory.rival@example.test", "Nobody with this address"),
        ("finn.filer@example.test", "may act for you already"),
        ("not an address", "valid email"),
    ],
)
def test_an_address_that_will_not_do_is_named(
    email: str,
    says: str,
    importer: User,
    filer: User,
    rival: User,
    meadowlark: Organization,
    client_of: SignIn,
    clock: Clock,
) -> None:
    answer = client_of(importer).post(reverse(PAGE), {"client": str(meadowlark.pk), "email": email})
    assert answer.status_code == 422
    assert says in " ".join(answer.context["form"].errors["email"])
    assert Authorization.objects.count() == 1


def test_only_an_owner_decides(
    outsider: User, rival: User, meadowlark: Organization, importer: User, client_of: SignIn, clock: Clock, at: datetime
) -> None:
    member = make_person("Mel Member")
    join(member, meadowlark, Membership.Role.MEMBER)
    for person in (member, rival):
        with pytest.raises(NotPermitted, match="Only an owner"):
            authorizations.authorize(client=meadowlark, email=outsider.email, by=person, at=at)
    granted = authorizations.authorize(client=meadowlark, email=outsider.email, by=importer, at=at)
    assert client_of(rival).post(reverse("petition-representation-revoke", args=[granted.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        authorizations.revoke(granted, by=member, at=at)
    authorizations.revoke(granted, by=importer, at=at)
    with pytest.raises(WrongState):
        authorizations.revoke(granted, by=importer, at=at)


def test_the_dates_must_run_forward(outsider: User, importer: User, meadowlark: Organization, at: datetime) -> None:
    with pytest.raises(Incomplete):
        authorizations.authorize(client=meadowlark, email=outsider.email, by=importer, at=at, valid_to=date(2019, 7, 7))
    granted = authorizations.authorize(
        client=meadowlark, email=outsider.email, by=importer, at=at, valid_from=date(2019, 1, 1), valid_to=at.date()
    )
    assert granted.valid_from == at.date(), "never before the day it is given"
