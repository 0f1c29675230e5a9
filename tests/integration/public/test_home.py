"""The start page, the links of the header, the error pages and the probes."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.models import PublicPetition, Round, User
from exclusions.views.core.context_processors import HOMES
from exclusions.views.core.errors import permission_denied
from exclusions.workflow.roles import STAFF as STAFF_ROLES
from tests.conftest import keep_files_at
from tests.factories.cast import CAST, SignedIn
from tests.factories.facts import make_round


def _decide(count: int, at: datetime) -> None:
    for number in range(count):
        PublicPetition.objects.create(
            reference=f"USTR-2019-0005-{number:06}",
            docket="USTR-2019-0005",
            organization_name="Meadowlark Infant Care LLC",
            hts10="6810990010",
            product_name=f"Slabs number {number}",
            stage="denied",
            decided_on=date(2019, 6, 1) + timedelta(days=number),
            updated_at=at,
        )


def test_open_rounds_and_latest_decisions_are_shown(client: Client, clock: Any, list3: Round) -> None:
    _decide(7, clock.now)
    page = client.get("/").content.decode()
    assert "List 3 ($200 billion action): product exclusions" in page
    assert "Mon, Sep 30, 2019, 11:59 p.m. ET" in page
    assert "84 days left" in page
    assert "Slabs number 6" in page
    assert "Slabs number 1<" not in page, "only the last five"
    assert "6810.99.0010" in page


def test_the_start_page_says_so_when_there_is_nothing(client: Client, clock: Any, db: None) -> None:
    page = client.get("/").content.decode()
    assert "No filing window is open today." in page
    assert "No decision has been signed here yet." in page


def test_more_rounds_and_decisions_cost_no_more_statements(
    client: Client, clock: Any, list3: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_round(f"round-{number}", docket=f"USTR-2019-01{number:02}", title=f"Round {number}")
    _decide(20, clock.now)
    with django_assert_num_queries(2):
        client.get("/")


@pytest.mark.parametrize(
    ("who", "wanted", "unwanted"),
    [
        ("importer", ["My petitions"], ["Review", "Legal", "Sign"]),
        ("reviewer1", ["Review"], ["My petitions", "Legal", "Customs", "Sign"]),
        ("legal", ["Review", "Legal"], ["Customs", "Sign"]),
        ("customs", ["Customs"], ["Review", "Legal", "Sign"]),
        ("signatory", ["Review", "Sign"], ["Legal", "Customs"]),
        ("admin", ["Administration"], ["Review", "Sign"]),
    ],
)
def test_the_header_offers_each_role_its_own_doors(
    client: Client, request: pytest.FixtureRequest, who: str, wanted: list[str], unwanted: list[str]
) -> None:
    client.force_login(request.getfixturevalue(who), backend="django.contrib.auth.backends.ModelBackend")
    offered = [link["label"] for link in client.get("/welcome/").context["nav"]]
    assert offered[:3] == ["Docket", "Exclusions", "Tariff look-up"]
    assert set(wanted) <= set(offered)
    assert not set(unwanted) & set(offered)


def test_a_signed_in_person_is_named_and_can_sign_out(client: Client, reviewer1: User) -> None:
    client.force_login(reviewer1, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/", follow=True).content.decode()
    assert reviewer1.full_name in page
    assert "Level 1 reviewer" in page
    assert "Sign out" in page


@pytest.mark.parametrize(
    ("refusal", "shown"),
    [
        (PermissionDenied("You belong to the requester."), "You belong to the requester."),
        (PermissionDenied(), "Only the people who work on this case can open it."),
    ],
)
def test_a_refused_page_shows_the_reasons(rf: RequestFactory, refusal: PermissionDenied, shown: str) -> None:
    answer = permission_denied(rf.get("/x/"), refusal)
    assert answer.status_code == 403
    assert shown in answer.content.decode()


def test_a_missing_page_does_not_repeat_its_address(client: Client, db: None) -> None:
    answer = client.get("/docket-of-secrets/Umbrella-price-41/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "Umbrella" not in answer.content.decode()


def test_a_live_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_a_service_with_all_its_parts_is_ready(client: Client, db: None) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "cache": "ok", "files": "ok"},
    }


def test_a_part_that_fails_is_named_and_its_cause_is_not_told(
    client: Client, db: None, settings: Any, tmp_path: Path
) -> None:
    occupied = tmp_path / "files"
    occupied.write_text("a file where a folder should be")
    keep_files_at(settings, occupied.as_uri() + "/documents")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["files"] == "failed"
    assert str(tmp_path) not in answer.content.decode()


def test_a_part_that_fails_is_told_to_the_log_once_and_not_at_each_probe(
    client: Client, db: None, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept_at = settings.STORAGE_URL
    assert client.get("/health/ready").status_code == 200, "whatever failed in an earlier test is over"
    caplog.clear()
    (tmp_path / "files").write_text("a file where a folder should be")
    keep_files_at(settings, (tmp_path / "files" / "documents").as_uri())
    assert [client.get("/health/ready").status_code for _ in range(5)] == [503] * 5
    keep_files_at(settings, kept_at)
    assert [client.get("/health/ready").status_code for _ in range(5)] == [200] * 5
    loud = [record for record in caplog.records if record.levelname != "INFO"]
    lines = [record.getMessage() for record in loud]
    assert [line.partition(" (")[0] for line in lines] == [
        "Not ready: the part “files” is not usable",
        "Ready again: the part “files” is usable.",
    ]


def test_a_probe_by_address_is_answered_and_a_page_is_not(
    client: Client, db: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALLOWED_HOSTS = ["petitions.example.gov"]
    asked = ("/health/live", "/health/ready", "/docket/")
    assert [client.get(path, headers={"host": "10.1.2.3:8000"}).status_code for path in asked[:2]] == [200, 200]
    assert [client.post(path, headers={"host": "10.1.2.3:8000"}).status_code for path in asked[:2]] == [405, 405]
    assert not [record for record in caplog.records if record.exc_info]
    assert client.get("/docket/", headers={"host": "10.1.2.3:8000"}).status_code == 400


WORK = {
    **dict.fromkeys(("importer", "filer", "rival", "outsider", "nobody"), "/petitions/"),
    **dict.fromkeys(("intake", "reviewer1", "reviewer2", "second_reviewer2"), "/review/"),
    **dict.fromkeys(("drafter", "committee", "auditor"), "/review/"),
    "legal": "/legal/",
    "customs": "/customs/",
    "signatory": "/sign/",
    "publisher": "/notices/",
    "admin": "/staff/proposals/",
}


def test_the_work_of_each_member_of_the_cast_is_known() -> None:
    assert set(WORK) == set(CAST)
    assert set(HOMES) - {""} == set(STAFF_ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize("person", sorted(CAST))
def test_the_home_of_whoever_is_signed_in_is_the_work_also_right_after_signing_in(
    cast: dict[str, User], client_of: type[SignedIn], clock: Any, person: str
) -> None:
    client = client_of(cast[person])
    for address in ("/", "/start/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, WORK[person])
    assert client.get(WORK[person]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("person", sorted(CAST))
def test_help_and_the_start_page_stay_in_reach_of_whoever_is_signed_in(
    cast: dict[str, User], client_of: type[SignedIn], clock: Any, person: str
) -> None:
    client = client_of(cast[person])
    shown = client.get("/welcome/")
    assert "What does it owe?" in shown.content.decode()
    [address] = [link["url"] for link in shown.context["nav"] if link["label"] == "Help"]
    assert address == ("/help/staff/" if cast[person].role else "/help/")
    assert client.get(address).status_code == 200
    assert 'href="/welcome/"' in client.get(address).content.decode()


def test_search_engines_know_the_start_page_by_one_address(client: Client, clock: Any, db: None) -> None:
    assert [("noindex" in client.get(address).content.decode()) for address in ("/", "/welcome/")] == [False, True]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("What does it owe?", "/tariff/"),
        ("Does an exclusion fit mine?", "/fit/"),
        ("How is a petition going?", "/docket/"),
        ("Which exclusions are in force?", "/exclusions/"),
        ("No supplier outside China?", "/petitions/new/"),
    ],
)
def test_each_question_that_people_come_with_has_its_door(
    client: Client, clock: Any, db: None, question: str, address: str
) -> None:
    page = client.get("/").content.decode()
    card = page[page.index(f"<h2>{question}</h2>") :].partition("</li>")[0]
    assert f'href="{address}"' in card


def test_a_grant_that_waits_for_its_notice_is_no_decision_yet(client: Client, clock: Any, db: None) -> None:
    _decide(1, clock.now)
    PublicPetition.objects.update(stage="stage4")
    assert "Slabs number 0" not in client.get("/").content.decode()
