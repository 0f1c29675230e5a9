"""The desk of a firm: its clients, a petition as template of another, a petition in other hands."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.filing import handing, petitions
from exclusions.actions.filing.as_template import template_answers
from exclusions.actions.people import authorizations
from exclusions.actions.record import quarantine
from exclusions.actions.record.notifications import as_email
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import Authorization, Event, Membership, Notification, Organization, Petition, Round, User
from exclusions.queries.importer.petitions import timeline
from exclusions.queries.record.public_texts import Place, public_texts
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import SECRETS, filer_answers
from tests.factories.people import authorize, join, make_organization, make_person
from tests.factories.petitions import Journey

SignIn = Callable[[User | None], Client]
PetitionIn = Callable[[Status], Petition]


@pytest.fixture
def firm(filer: User) -> Organization:
    """The firm of the filer."""
    return Organization.objects.get(memberships__user=filer)


@pytest.fixture
def second(rival: User, firm: Organization) -> Organization:
    """Another client of the firm."""
    client = Organization.objects.get(memberships__user=rival)
    authorize(firm, client)
    return client


@pytest.fixture
def colleague(firm: Organization) -> User:
    """Somebody else of the firm."""
    person = make_person("Jo Junior")
    join(person, firm, Membership.Role.MEMBER)
    return person


@pytest.fixture
def filed(posted_once: Journey, firm: Organization, filer: User) -> Petition:
    """A posted petition that the firm filed for Meadowlark."""
    petition = posted_once.petition
    Petition.objects.filter(pk=petition.pk).update(filer_organization=firm, filed_by=filer)
    petition.refresh_from_db()
    return petition


def start(client: Organization, firm: Organization, by: User, round: Round, clock: Clock) -> Petition:
    """Begin a draft for a client."""
    return petitions.start(
        round=round, organization=client, filer_organization=firm, by=by, at=clock.now, answers=filer_answers()
    )


def test_a_firm_sees_its_clients_with_their_petitions_and_what_is_due_first(
    filer: User,
    firm: Organization,
    second: Organization,
    meadowlark: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
) -> None:
    start(meadowlark, firm, filer, list3, clock)
    start(meadowlark, firm, filer, list3, clock)
    client = client_of(filer)
    assert reverse("petition-clients") in client.get(reverse("petitions")).content.decode()
    answer = client.get(reverse("petition-clients"))
    rows = {row.leave.client: row for row in answer.context["rows"]}
    assert rows[meadowlark].counts == [("draft", "Drafts", 2)]
    assert rows[meadowlark].due == list3.closes_at
    assert (rows[second].counts, rows[second].due) == ([], None)
    chosen = client.get(f"{reverse('petition-new')}?party={rows[second].party}").context["form"]
    assert chosen["party"].value() == rows[second].party
    narrowed = client.get(reverse("petition-clients"), {"client": second.legal_name[:5].lower()})
    assert [row.leave.client for row in narrowed.context["rows"]] == [second]
    assert "No client has" in client.get(reverse("petition-clients"), {"client": "xyzzy"}).content.decode()


def test_the_desk_counts_a_petition_that_waits_for_the_firm_and_not_what_the_client_filed_itself(
    filer: User, firm: Organization, filed: Petition, petition_in: PetitionIn, client_of: SignIn, clock: Clock
) -> None:
    petition_in(Status.POSTED)  # of Meadowlark, without the firm
    clock.move_to(filed.updated_at)
    [row] = client_of(filer).get(reverse("petition-clients")).context["rows"]
    assert row.counts == [("agency", "Filed, nothing for you to do", 1)]
    assert row.due == filed.response_closes_at
    Petition.objects.filter(pk=filed.pk).update(status=Status.RETURNED)
    [row] = client_of(filer).get(reverse("petition-clients")).context["rows"]
    assert row.counts == [("yours", "Filed, waiting for you", 1)]


def test_a_client_that_revoked_is_gone_from_the_desk(
    filer: User, importer: User, firm: Organization, client_of: SignIn, clock: Clock
) -> None:
    authorizations.revoke(Authorization.objects.get(filer=firm), by=importer, at=clock.now)
    page = client_of(filer).get(reverse("petition-clients"))
    assert page.context["rows"] == []
    assert "No client has authorized your firm yet" in page.content.decode()
    assert "This page is for firms" in client_of(importer).get(reverse("petition-clients")).content.decode()


def test_the_desk_takes_as_many_statements_for_many_clients_as_for_one(
    filer: User, firm: Organization, meadowlark: Organization, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    client = client_of(filer)
    start(meadowlark, firm, filer, list3, clock)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("petition-clients")).status_code == 200
        return len(captured)

    first = statements()
    for number in range(5):
        company = make_organization(f"Client {number}")
        authorize(firm, company)
        start(company, firm, filer, list3, clock)
    assert statements() == first


def test_another_requester_begins_with_what_is_public_about_the_goods_alone(
    filer: User,
    filed: Petition,
    second: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
) -> None:
    clock.move_to(min(clock.now, list3.closes_at))
    client = client_of(filer)
    url = reverse("petition-copy", args=[filed.pk])
    party = f"{second.pk}:{filed.filer_organization_id}"
    page = client.get(reverse("petition", args=[filed.pk])).content.decode()
    assert party in page
    client.post(url, {"round": list3.slug, "party": party})
    made = Petition.objects.get(status=Status.DRAFT)
    assert (made.organization, made.filer_organization) == (second, filed.filer_organization)
    answers = made.versions.get().answers
    earlier = filed.versions.get().answers
    for key in ("hts10", "product_name", "product_description", "available_us_explanation"):
        assert answers[key] == earlier[key], key
    for key in ("purchases", "revenue", "sourcing_attempts", "sourcing_attempts_summary", "severe_harm_explanation"):
        assert key in earlier, key
        assert key not in answers, key
    assert answers["org_legal_name"] == second.legal_name
    assert not [secret for secret in SECRETS if secret in str(answers)]


def test_the_same_requester_keeps_its_own_figures(
    filer: User, filed: Petition, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    client_of(filer).post(reverse("petition-copy", args=[filed.pk]), {"round": list3.slug})
    answers = Petition.objects.get(status=Status.DRAFT).versions.get().answers
    assert answers["purchases"] == filed.versions.get().answers["purchases"]


def test_what_is_not_on_the_docket_begins_no_petition_of_another_requester(
    filer: User,
    intake: User,
    filed: Petition,
    firm: Organization,
    second: Organization,
    meadowlark: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
) -> None:
    draft = start(meadowlark, firm, filer, list3, clock)
    sent = {"round": list3.slug, "party": f"{second.pk}:{firm.pk}"}
    answer = client_of(filer).post(reverse("petition-copy", args=[draft.pk]), sent)
    assert answer.status_code == 409
    assert "may copy it" in answer.content.decode()
    clock.move_to(filed.updated_at)
    quarantine.take_down(filed, "answer:product_name", reason="A name.", by=intake, at=clock.now)
    answers = template_answers(filed, second)
    assert "product_description" in answers
    assert "product_name" not in answers
    quarantine.take_down(filed, "petition", reason="All of it.", by=intake, at=clock.now)
    with pytest.raises(WrongState):
        template_answers(filed, second)


def test_nobody_begins_a_petition_for_a_company_that_did_not_authorize_the_firm(
    filer: User, filed: Petition, rival: User, list3: Round, client_of: SignIn, clock: Clock
) -> None:
    stranger = Organization.objects.get(memberships__user=rival)
    party = f"{stranger.pk}:{filed.filer_organization_id}"
    url = reverse("petition-copy", args=[filed.pk])
    assert client_of(filer).post(url, {"round": list3.slug, "party": party}).status_code == 422
    with pytest.raises(NotPermitted):
        petitions.copy(
            filed,
            round=list3,
            by=filer,
            at=list3.opens_at,
            organization=stranger,
            filer_organization=filed.filer_organization,
        )


def test_a_petition_is_handed_to_a_colleague_recorded_and_told(
    filer: User, colleague: User, filed: Petition, client_of: SignIn, clock: Clock
) -> None:
    clock.move_to(filed.updated_at)
    client = client_of(filer)
    assert "Give it to a colleague" in client.get(reverse("petition", args=[filed.pk])).content.decode()
    page = client.get(reverse("petition-hand-over", args=[filed.pk]))
    assert [key for key, _ in page.context["form"].fields["to"].choices] == [str(colleague.pk)]
    Notification.objects.all().delete()
    client.post(reverse("petition-hand-over", args=[filed.pk]), {"to": colleague.pk})
    filed.refresh_from_db()
    assert filed.filed_by == colleague
    event = Event.objects.get(kind="hand_over")
    assert (event.by, event.data) == (filer, {"from": filer.pk, "to": colleague.pk})
    assert [happened.words for happened in timeline(filed, [])][-1] == "Handed to a colleague"
    told = Notification.objects.get()
    assert told.to == colleague.email
    assert f"{filed.reference} is now with Jo Junior. Finn Filer handed it over." in as_email(told).body
    shown = client.get(reverse("petition", args=[filed.pk])).content.decode()
    first = filed.versions.get()
    assert f"by\n          {first.sealed_by}" in shown, "who submitted it stays who did"


def test_the_list_is_narrowed_to_what_one_person_has(
    filer: User,
    colleague: User,
    firm: Organization,
    meadowlark: Organization,
    list3: Round,
    client_of: SignIn,
    clock: Clock,
) -> None:
    mine, theirs = (start(meadowlark, firm, filer, list3, clock) for _ in range(2))
    client = client_of(filer)
    assert "person" not in client.get(reverse("petitions")).context["form"].fields
    handing.hand_over(theirs, to=colleague, by=filer, at=clock.now)
    page = client.get(reverse("petitions"), {"person": filer.pk})
    assert [row.petition.pk for row in page.context["rows"]] == [mine.pk]
    assert "with Finn Filer" in page.content.decode()
    assert client.get(reverse("petitions"), {"person": "nobody"}).status_code == 422


def test_a_petition_goes_only_to_those_who_file_it_and_by_them(
    filer: User, importer: User, colleague: User, outsider: User, filed: Petition, clock: Clock
) -> None:
    at = filed.updated_at
    refused: list[tuple[User, User, type[ActionRefused]]] = [
        (outsider, filer, Incomplete),
        (importer, filer, Incomplete),
        (colleague, importer, NotPermitted),
        (colleague, outsider, NotPermitted),
        (filer, filer, WrongState),
    ]
    for to, by, error in refused:
        with pytest.raises(error):
            handing.hand_over(filed, to=to, by=by, at=at)
    Petition.objects.filter(pk=filed.pk).update(assisted_by=outsider, assisted_request="Letter of May 1")
    filed.refresh_from_db()
    with pytest.raises(NotPermitted):
        handing.hand_over(filed, to=colleague, by=filer, at=at)
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    Petition.objects.filter(pk=filed.pk).update(assisted_by=None, assisted_request="")
    with pytest.raises(Incomplete):
        handing.hand_over(filed, to=colleague, by=filer, at=at)


def test_a_client_is_offered_nobody_while_its_firm_files(
    importer: User, colleague: User, filed: Petition, client_of: SignIn
) -> None:
    client = client_of(importer)
    assert "Give it to a colleague" not in client.get(reverse("petition", args=[filed.pk])).content.decode()
    page = client.get(reverse("petition-hand-over", args=[filed.pk]))
    assert "No colleague can take it" in page.content.decode()


def test_what_colleagues_are_told_is_no_leak_though_a_contact_of_the_petition_is_one_of_them(
    filer: User, firm: Organization, filed: Petition, clock: Clock
) -> None:
    contact = make_person("Wanda Whisper")  # whom the petition names in confidence
    join(contact, firm, Membership.Role.MEMBER)
    handing.hand_over(filed, to=contact, by=filer, at=filed.updated_at)
    told = Notification.objects.get(to=contact.email, template="handed_over")
    assert "Wanda" not in told.subject
    assert [place.where for place in public_texts() if isinstance(place, Place) and "Wanda" in place.text] == []
