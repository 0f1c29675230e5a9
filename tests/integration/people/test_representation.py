"""A company lets a firm act for it, and takes that back."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import authorizations
from exclusions.actions.record.notifications import as_email
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import (
    Authorization,
    Event,
    Membership,
    Notification,
    Organization,
    Petition,
    Reply,
    Response,
    Round,
    User,
)
from exclusions.queries.importer.own_list import YOURS, in_state
from exclusions.queries.importer.petitions import parties
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.facts import make_round
from tests.factories.people import authorize, join, make_organization, make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.both_databases("Rows are locked, which SQLite does not do.")

SignIn = Callable[[User | None], Client]
PAGE = "petition-representation"
DAY, YEAR = timedelta(days=1), timedelta(days=365)


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
    page = reverse("petition-representation-revoke", args=[granted.pk])
    asked = client.get(page).content.decode()
    assert "to 1 open petition of yours" in " ".join(asked.split())
    assert Authorization.objects.valid_on(clock.now.date()).exists(), "asking changes nothing"
    answer = client.post(page, follow=True)
    assert b"may no longer act" in answer.content
    assert client.get(page).status_code == 404
    assert not Petition.objects.owned_by(outsider, clock.now).exists()
    assert Petition.objects.owned_by(importer, clock.now).exists()
    kinds = Event.objects.filter(subject=f"organization:{meadowlark.pk}").values_list("kind", flat=True)
    assert list(kinds) == ["authorize", "revoke"]


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("nobody.at.all@example.test", "No one with this address"),
        ("rory.rival@example.test", "No one with this address"),
        ("finn.filer@example.test", "may act for you already"),
        ("not an address", "not an e-mail address"),
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


def test_a_closed_round_is_offered_only_where_a_petition_of_it_is_under_way(
    importer: User,
    outsider: User,
    meadowlark: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
    denied_once: Journey,
) -> None:
    over = make_round("list-1", docket="USTR-2018-0025", opens_at=list3.opens_at - YEAR, closes_at=clock.now - DAY)
    client = client_of(importer)

    def offered() -> list[str]:
        choices = client.get(reverse(PAGE)).context["form"].fields["rounds"].queryset
        return [round.slug for round in choices]

    assert offered() == ["list-3"]
    fields = {"client": str(meadowlark.pk), "email": outsider.email, "rounds": [over.pk]}
    assert client.post(reverse(PAGE), fields).status_code == 422
    petition = denied_once.petition
    Petition.objects.filter(pk=petition.pk).update(round=over)
    assert offered() == ["list-3"]
    Petition.objects.filter(pk=petition.pk).update(status=Status.POSTED)
    assert offered() == ["list-3", "list-1"]
    Petition.objects.filter(pk=petition.pk).update(status=Status.DENIED)
    clock.move_to(list3.closes_at + DAY)
    assert "The firm may act in all rounds" in client_of(importer).get(reverse(PAGE)).content.decode()


def test_authorizations_are_narrowed_by_the_name_of_the_client(filer: User, rival: User, client_of: SignIn) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    second = Organization.objects.get(memberships__user=rival)
    authorize(firm, second)
    client = client_of(filer)
    whole = client.get(reverse(PAGE))
    assert {one.client.legal_name for one in whole.context["received"]} > {second.legal_name}
    asked = second.legal_name.split()[0].upper()
    narrowed = client.get(reverse(PAGE), {"client": asked})
    assert [one.client for one in narrowed.context["received"]] == [second]
    nothing = client.get(reverse(PAGE), {"client": "zzz"}).content.decode()
    assert "No authorization has a client with “zzz” in its name." in nothing


def test_the_firm_is_told_by_mail_when_it_is_authorized_and_when_that_ends(
    outsider: User, importer: User, meadowlark: Organization, list3: Round, at: datetime
) -> None:
    firm = Organization.objects.get(memberships__user=outsider)
    junior = make_person("Jo Junior")
    join(junior, firm, Membership.Role.MEMBER)
    granted = authorizations.authorize(
        client=meadowlark, email=junior.email, by=importer, at=at, valid_to=date(2030, 1, 2), rounds=[list3]
    )
    told = Notification.objects.order_by("pk")
    assert {message.to for message in told} == {junior.email, outsider.email}
    text = as_email(told[0]).body
    assert "Meadowlark Infant Care LLC lets Saltmarsh Brokers draft, file and reply for it" in text
    assert "until January 2, 2030" in text
    assert list3.title in text
    authorizations.revoke(granted, by=importer, at=at)
    last = Notification.objects.order_by("-pk")[0]
    assert (last.to, last.template) == (outsider.email, "authorization_over")
    assert "Saltmarsh Brokers can no longer draft" in as_email(last).body
    asked = authorizations.request(filer=firm, email=importer.email, by=junior, at=at)
    authorizations.accept(asked, by=importer, at=at)
    assert set(told.filter(template="authorized").values_list("to", flat=True)[2:]) == {junior.email, outsider.email}
    again = authorizations.request(filer=firm, email=importer.email, by=junior, at=at)
    authorizations.revoke(again, by=importer, at=at)
    assert "refused your request, so" in as_email(Notification.objects.order_by("-pk")[0]).body


def test_a_sentence_that_ends_with_a_name_has_one_full_stop(importer: User, outsider: User, client_of: SignIn) -> None:
    company = make_organization("Brandname Automation Inc.")
    join(importer, company)
    fields = {"client": str(company.pk), "email": outsider.email}
    page = client_of(importer).post(reverse(PAGE), fields, follow=True).content.decode()
    assert "may now act for Brandname Automation Inc.<" in "".join(page.split("\n"))


def test_a_firm_says_itself_whose_petition_it_is(importer: User, filer: User, list3: Round, client_of: SignIn) -> None:
    def preselected(user: User, **query: str) -> str:
        page = client_of(user).get(reverse("petition-new"), query)
        return str(page.context["form"]["party"].value() or "")

    client = parties(filer, list3.opens_at)[1]
    assert preselected(filer) == ""
    assert preselected(filer, party=client.key) == client.key
    assert preselected(importer) == parties(importer, list3.opens_at)[0].key


def fill(petition: Petition, at: datetime, number: int = 2000) -> None:
    """Give others so many petitions, each with a response and a reply to it, and let PostgreSQL count them.

    How it would read tables with a row or two hangs on whether another test had them counted before.
    """
    own = {"round": petition.round, "organization": petition.organization, "filed_by": petition.filed_by}
    moments = {"created_at": at, "updated_at": at, "status_since": at, "submitted_at": at}
    posted = {"status": Response.Status.POSTED, "confirmed_at": at, "posted_at": at, "posted_by": petition.filed_by}
    petitions_ = Petition.objects.bulk_create(
        Petition(reference=f"{n}", status=Status.REPLYING, **own, **moments) for n in range(number)
    )
    responses = Response.objects.bulk_create(
        Response(petition=one, confirmation_digest=one.pk.hex, created_at=at, reply_closes_at=at + DAY, **posted)
        for one in petitions_
    )
    Reply.objects.bulk_create(Reply(response=one, submitted_at=at, submitted_by=petition.filed_by) for one in responses)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE exclusions_petition, exclusions_response, exclusions_reply")


@pytest.mark.postgres
@pytest.mark.parametrize("rows", ["own", "replies"])
def test_no_table_is_read_whole_for_who_looks_at_their_own_petitions(
    rows: str, outsider: User, posted_once: Journey, clock: Clock
) -> None:
    fill(posted_once.petition, clock.now)
    own = Petition.objects.owned_by(outsider, clock.now)
    asked = own if rows == "own" else in_state(own, YOURS, clock.now)
    plan = asked.order_by().explain()
    assert "Index" in plan
    # Neither as it lies, nor by an index of which nothing is asked.
    table = r"exclusions_(petition|response|reply)\b"
    assert not re.search(rf"Seq Scan on {table}|Index (Only )?Scan using \w+ on {table}[^\n]*\n\s+Filter", plan), plan
