"""What staff read where a case is not open to them, or nobody is left to take it on."""

from collections.abc import Callable
from typing import Any

import pytest

from exclusions.actions.review import reviews
from exclusions.models import Petition, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Any]


def test_a_case_that_is_not_open_says_why_and_nothing_of_the_case(
    petition_in: Callable[[Status], Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    unposted = petition_in(Status.SUBMITTED)
    for who, says in (
        ("drafter", "As drafter you work from the public version"),
        ("publisher", "As publisher you work from the public version"),
        ("customs", "Customs reviewers read product texts"),
        ("admin", "Administrators open no cases."),
    ):
        pages = [
            client_of(cast[who]).get(f"/review/{reference}/")
            for reference in (unposted.reference, "USTR-2019-0005-999999")
        ]
        assert [page.status_code for page in pages] == [404, 404]
        texts = [page.content.decode().partition("<main")[2] for page in pages]
        assert says in texts[0]
        assert texts[0] == texts[1]  # whether there is such a case is not theirs to know
        assert "when the agency posts it" not in texts[0]
    nowhere = client_of(cast["legal"]).get("/review/USTR-2019-0005-999999/").content.decode()
    assert "No petition was filed under this reference." in nowhere
    assert "when the agency posts it" in client_of(cast["importer"]).get("/review/x/").content.decode()


def test_where_the_team_is_used_up_the_page_says_whom_to_ask(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    address = f"/review/{case.petition.reference}/"
    says = "No Level 2 reviewer is left for this case"
    assert says not in client_of(cast["auditor"]).get(address).content.decode()
    reviews.recuse(case.petition, reason="A cousin works there.", by=cast["second_reviewer2"], at=case.at)
    for reader in ("reviewer2", "auditor"):
        page = client_of(cast[reader]).get(address).content.decode()
        assert says in page
        assert "Ask two administrators" in page
    make_person("Theo Third", role=Role.REVIEWER2)
    assert says not in client_of(cast["auditor"]).get(address).content.decode()


def test_a_role_is_named_as_people_say_it() -> None:
    assert [role.one for role in (Role.LEGAL, Role.INTAKE, Role.ADMIN, Role.REVIEWER2, Role.CLOCK)] == [
        "the Office of General Counsel", "an Intake clerk", "an Administrator", "a Level 2 reviewer", "the clock",
    ]  # fmt: skip


def test_the_wrong_role_is_answered_403_at_each_kind_of_door(
    petition_in: Callable[[Status], Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    at_legal, client = petition_in(Status.LEGAL), client_of(cast["reviewer1"])
    record = f"/review/{at_legal.reference}/record/legal_review/"
    step = f"/review/{at_legal.reference}/clear_for_drafting/"
    sent = {"outcome": "grant", "reasons": "The findings show it."}
    answers = [client.get(record), client.post(record, sent), client.post(record, {}), client.post(step)]
    assert [answer.status_code for answer in answers] == [403] * 4
    for answer in answers:
        assert "is for the Office of General Counsel. Your role is Level 1 reviewer." in answer.content.decode()
