"""The worklist and the page of a case: who sees what, and that a refusal says why."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.models import AccessLog, Petition, User
from exclusions.workflow.states import Status
from tests.factories.answers import SECRETS
from tests.factories.people import join
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]

WORKS = {
    Status.SUBMITTED: "intake",
    Status.LEVEL1: "reviewer1",
    Status.LEVEL2: "reviewer2",
    Status.CONSISTENCY: "second_reviewer2",
    Status.LEGAL: "legal",
    Status.DRAFTING: "drafter",
    Status.COMMITTEE: "committee",
    Status.SIGNATURE: "signatory",
    Status.GRANTED: "publisher",
}


@pytest.mark.parametrize("status", WORKS)
def test_who_works_a_status_finds_the_case_in_the_worklist_and_opens_it(
    status: Status, petition_in: Bring, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = petition_in(status)
    client = client_of(cast[WORKS[status]])
    assert petition.reference in client.get("/review/").content.decode()
    page = client.get(f"/review/{petition.reference}/")
    assert page.status_code == 200
    assert petition.product_name in page.content.decode()


@pytest.mark.parametrize("name", ["drafter", "publisher"])
def test_drafter_and_publisher_read_the_public_side_alone(
    name: str, petition_in: Bring, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = petition_in(Status.DRAFTING)
    text = client_of(cast[name]).get(f"/review/{petition.reference}/").content.decode()
    assert petition.product_name in text
    assert not [secret for secret in SECRETS if secret in text]
    assert not AccessLog.objects.exists()


def test_a_reading_of_confidential_answers_is_logged(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = level1_once.petition
    text = client_of(cast["reviewer1"]).get(f"/review/{petition.reference}/evidence/").content.decode()
    assert "Hidden Supplier Works" in text
    assert "Business confidential" in text
    entry = AccessLog.objects.get()
    assert (entry.by, entry.subject) == (cast["reviewer1"], f"petition:{petition.pk}")
    assert not [secret for secret in SECRETS if secret in entry.what]


@pytest.mark.parametrize("name", ["customs", "admin", "importer", "rival", "outsider", "nobody", "filer"])
def test_others_find_no_case(name: str, level1_once: Journey, cast: dict[str, User], client_of: ClientOf) -> None:
    petition = level1_once.petition
    client = client_of(cast[name])
    assert client.get("/review/").status_code == 403
    assert client.get(f"/review/{petition.reference}/").status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(level1_once: Journey) -> None:
    petition = level1_once.petition
    for url in ("/review/", f"/review/{petition.reference}/", "/customs/", "/legal/", "/sign/", "/notices/"):
        assert Client().get(url).status_code == 302


def test_nobody_opens_a_petition_before_it_is_filed(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    draft = journey().petition
    assert client_of(cast["reviewer1"]).get(f"/review/{draft.reference}/").status_code == 404
    submitted = journey().take("submit")
    assert client_of(cast["drafter"]).get(f"/review/{submitted.reference}/").status_code == 404


def test_a_reviewer_of_the_requesters_own_organization_is_kept_out(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = level1_once.petition
    join(cast["reviewer1"], petition.organization)
    client = client_of(cast["reviewer1"])
    page = client.get(f"/review/{petition.reference}/")
    assert page.status_code == 403
    assert "You belong to Meadowlark Infant Care LLC" in page.content.decode()
    assert not [secret for secret in SECRETS if secret in page.content.decode()]
    assert petition.reference not in client.get("/review/").content.decode()


def test_who_recuses_sees_only_the_public_side_and_cannot_act(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = level1_once.petition
    client = client_of(cast["reviewer1"])
    assert (
        client.post(f"/review/{petition.reference}/record/recusal/", {"reason": "A cousin works there."}).url
        == "/review/"
    )  # type: ignore[attr-defined]
    for url in ("", "findings/availability/", "record/recommendation/"):
        page = client.get(f"/review/{petition.reference}/{url}")
        assert page.status_code == 403
        assert "You have recused yourself from this case." in page.content.decode()
    assert client.post(f"/review/{petition.reference}/recommend/").status_code == 403
    petition.refresh_from_db()
    assert petition.status == Status.LEVEL1


def test_a_transition_without_findings_is_refused_with_the_missing_criteria(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = level1_once.petition
    client = client_of(cast["reviewer1"])
    offered = client.get(f"/review/{petition.reference}/").content.decode()
    assert "Record a finding on each criterion." in offered
    page = client.post(f"/review/{petition.reference}/recommend/")
    assert page.status_code == 422
    assert "Record a finding on each criterion." in page.content.decode()
    petition.refresh_from_db()
    assert petition.status == Status.LEVEL1


CITED = ["answer:available_us", "answer:sourcing_attempts"]


def test_findings_are_recorded_on_the_page(level1_once: Journey, cast: dict[str, User], client_of: ClientOf) -> None:
    petition = level1_once.petition
    client = client_of(cast["reviewer1"])
    url = f"/review/{petition.reference}/findings/availability/"
    assert "Hidden Supplier Works" in client.get(url).content.decode()
    sent = {
        "result": "supports",
        "reasons": "No other source is shown.",
        "confidential_note": "Hidden Supplier Works quoted twice the price.",
        "citations": CITED,
    }
    assert client.post(url, sent).status_code == 302
    text = client.get(f"/review/{petition.reference}/").content.decode()
    assert "No other source is shown." in text
    assert "Confidential note" in text


def test_a_finding_may_not_repeat_what_was_given_in_confidence(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = level1_once.petition
    url = f"/review/{petition.reference}/findings/availability/"
    sent = {
        "result": "supports",
        "reasons": "Purchases of $7,071,234 in 2017 show it.",
        "citations": "answer:available_us",
    }
    page = client_of(cast["reviewer1"]).post(url, sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert "repeats what was given in confidence" in text
    assert not petition.findings.exists()


def test_a_case_is_taken_released_and_handed_on(petition_in: Bring, cast: dict[str, User], client_of: ClientOf) -> None:
    petition = petition_in(Status.LEVEL2)
    url = f"/review/{petition.reference}"
    first, second = client_of(cast["reviewer2"]), client_of(cast["second_reviewer2"])
    assert first.post(f"{url}/take/").status_code == 302
    taken = second.post(f"{url}/take/")
    assert taken.status_code == 409
    assert "Sam Senior has this case" in taken.content.decode()
    assert petition.reference in first.get("/review/?whose=mine").content.decode()
    assert petition.reference not in second.get("/review/?whose=unassigned").content.decode()
    assert first.post(f"{url}/assign/", {"to": cast["second_reviewer2"].pk}).status_code == 302
    assert petition.reference in second.get("/review/?whose=mine").content.decode()
    assert second.post(f"{url}/release/").status_code == 302
    assert not petition.assignments.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize(("status", "who"), [(Status.LEVEL1, "reviewer1"), (Status.CONSISTENCY, "second_reviewer2")])
def test_the_auditor_reads_who_holds_a_case(
    status: Status, who: str, petition_in: Bring, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = petition_in(status)
    client_of(cast[who]).post(f"/review/{petition.reference}/take/")
    client = client_of(cast["auditor"])
    (row,) = client.get("/review/").context["rows"]
    assert (row.reference, row.assignee, row.mine) == (petition.reference, str(cast[who]), False)


def test_the_worklist_is_narrowed(level1_once: Journey, cast: dict[str, User], client_of: ClientOf) -> None:
    petition = level1_once.petition
    client = client_of(cast["reviewer1"])
    for query in ("hts=6810.99", "round=list-3", "q=quartz", f"q={petition.reference}"):
        assert petition.reference in client.get(f"/review/?{query}").content.decode(), query
    for query in ("hts=8413", "round=demo", "q=pumps", "whose=mine", "status=nonsense&q=pumps"):
        assert petition.reference not in client.get(f"/review/?{query}").content.decode(), query


@pytest.mark.parametrize("query", ["status=nonsense", "whose=them", "hts=(6810)99", "page=first", "of=old"])
def test_what_the_worklist_does_not_understand_is_left_out(
    query: str, level1_once: Journey, reviewer1: User, client_of: ClientOf
) -> None:
    petition = level1_once.petition
    page = client_of(reviewer1).get(f"/review/?{query}")
    assert page.status_code == 200
    assert petition.reference in page.content.decode()


def test_the_worklist_shows_what_it_is_narrowed_to(reviewer2: User, client_of: ClientOf) -> None:
    page = client_of(reviewer2).get("/review/?q=quartz&hts=6810.99&status=level2&whose=mine").content.decode()
    for shown in ('value="quartz"', 'value="6810.99"', 'value="level2" selected', 'value="mine" selected'):
        assert shown in page


def test_the_worklist_runs_the_same_statements_whatever_its_length(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    client = client_of(cast["intake"])

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/review/").status_code == 200
        return len(captured)

    journey().take("submit")
    few = statements()
    for _ in range(4):
        journey().take("submit")
    assert statements() == few <= 15
