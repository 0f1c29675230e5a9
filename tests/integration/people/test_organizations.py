"""Vetting, authorizations, listings and assisted filing: each rule, and who is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.people import authorizations, listings, proposals
from exclusions.actions.record.transition import move
from exclusions.actions.review.intake import post_petition
from exclusions.errors import Incomplete, NotPermitted, WrongState
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
from exclusions.permissions import standing_of
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.people import authorize, by_two, kinds, make_organization, make_person

pytestmark = pytest.mark.both_databases("Rows are locked, which SQLite does not do.")

SignIn = Callable[[User | None], Client]
HOUR = timedelta(hours=1)


def test_a_firm_files_for_others_only_once_vetted(
    importer: User, meadowlark: Organization, intake: User, admin: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    firm = make_organization("Fresh and New LLP", kind="law_firm", vetted=False)
    lawyer = make_person("Fran Fresh", organization=firm)
    authorize(firm, meadowlark)

    def start() -> Petition:
        return petitions.start(round=list3, organization=meadowlark, filer_organization=firm, by=lawyer, at=clock.now)

    with pytest.raises(NotPermitted, match="has not vetted Fresh and New LLP yet"):
        start()
    assert b"Fresh and New LLP" in client_of(intake).get(reverse("staff-organizations")).content
    url = reverse("staff-organization-act", args=[firm.pk, "vet"])
    assert client_of(intake).post(url, {"reason": ""}).status_code == 422
    assert client_of(intake).post(url, {"reason": "Bar number checked."}).status_code == 302
    firm.refresh_from_db()
    assert firm.vetted_at is None, "one person alone vets nobody"
    waiting = reverse("proposal", args=[Proposal.objects.get().pk])
    assert client_of(intake).post(waiting, {"answer": "confirm"}).status_code == 403
    assert client_of(admin).post(waiting, {"answer": "confirm"}).status_code == 302
    firm.refresh_from_db()
    draft = start()
    by_two("end_vetting", firm.pk, people=(admin, intake), at=clock.now, reason="Struck off.")
    with pytest.raises(NotPermitted, match="no longer lets Fresh and New LLP"):
        petitions.save_answers(draft, by=lawyer, at=clock.now, answers={"product_name": "Slabs"})
    assert kinds(firm) == ["propose", "vet", "propose", "end_vetting"]
    told = Notification.objects.filter(template="organization_changed", to=lawyer.email).order_by("pk")
    assert [message.context["what"] for message in told] == [
        "It may now file for clients that authorize it.",
        "It may no longer file for others. What it filed stays filed.",
    ]
    assert Petition.objects.owned_by(importer, clock.now).get() == draft


@pytest.mark.parametrize("who", ["importer", "reviewer1", "auditor", "signatory"])
def test_others_do_not_vet(who: str, request: pytest.FixtureRequest, client_of: SignIn, clock: Clock) -> None:
    person = request.getfixturevalue(who)
    firm = make_organization("Fresh and New LLP", kind="law_firm", vetted=False)
    url = reverse("staff-organization-act", args=[firm.pk, "vet"])
    assert client_of(person).post(url, {"reason": "x"}).status_code == 404
    with pytest.raises(NotPermitted):
        proposals.propose("vet", firm.pk, by=person, at=clock.now, reason="x")


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
        with django_assert_max_num_queries(2):
            owned = Petition.objects.owned_by(person, clock.now)
            found = owned.select_related("organization", "filer_organization").get()
        with django_assert_max_num_queries(2):
            assert standing_of(person, found, clock.now).roles
