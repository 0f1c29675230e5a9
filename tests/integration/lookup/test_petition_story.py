"""The docket page of one petition: its way, both sides, like cases, and nothing said that the source does not hold."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.gateways.shared_cache import remembered
from exclusions.models import PublicDocument, PublicPetition, PublicResponse, Round, User
from exclusions.queries.public.stages import stage_line
from exclusions.workflow.states import Stage, Status
from tests.factories.petitions import Journey
from tests.factories.public import EASTERN, make_public
from tests.integration.lookup.watches.test_watching import make_exclusion

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=EASTERN)
DAY = timedelta(days=1)


def shown(client: Client, reference: str) -> str:
    answer = client.get(reverse("docket-petition", args=[reference]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def row(key: str, value: str, *, step: str = "Availability", label: str = "") -> dict[str, str]:
    return {"step": step, "key": key, "label": label or key, "value": value}


def file(petition: PublicPetition, number: int, name: str, kind: str, response: Any = None) -> PublicDocument:
    return PublicDocument.objects.create(
        petition=petition, response=response, key=f"00000000-0000-4000-8000-{number:012d}", file_name=name,
        content_type=kind, size=2048, sha256="0" * 64, storage_key=f"k{number}", scan="clean",
        **({"thumbnail_key": f"s{number}", "thumbnail_width": 640, "thumbnail_height": 480} if "image" in kind else {}),
    )  # fmt: skip


def answered_petition() -> PublicPetition:
    answers = [
        row("org_legal_name", "Meadowlark Infant Care LLC", step="Organization and contact"),
        row("available_us", "No"),
        row("available_us_explanation", "No maker in the United States offers it."),
        row("product_documents", "drawing.pdf, pump.jpg", step="Product"),
        row("certify_complete", "Certified", step="Preview and certify"),
    ]
    found = make_public(
        1, historical=False, stage="stage1", posted_on=date(2026, 2, 20), answers=answers, oppose_count=1,
        response_closes_at=NOON + 4 * DAY, reply_closes_at=NOON + 11 * DAY,
    )  # fmt: skip
    file(found, 1, "drawing.pdf", "application/pdf")
    file(found, 2, "pump.jpg", "image/jpeg")
    told = PublicResponse.objects.create(
        reference=f"{found.reference}-R001", petition=found, organization_name="Peachtree Pumps", position="oppose",
        answers=[row("makes_product", "Yes"), row("explanation", "We make it in Georgia."),
                 row("public_documents", "plant.pdf")],
        posted_at=NOON - DAY, reply_closes_at=NOON + 11 * DAY,
        reply_answers=[row("text", "Theirs is for hospitals.")], replied_at=NOON,
    )  # fmt: skip
    file(found, 3, "plant.pdf", "application/pdf", told)
    return found


def test_both_sides_stand_beside_each_other_and_each_file_once(client: Client) -> None:
    found = answered_petition()
    page = shown(client, found.reference)
    claim, rebuttal = page.index("No maker in the United States offers it."), page.index("Peachtree Pumps opposes")
    assert page.index("Claim and rebuttal") < claim < rebuttal
    assert page.index("We make it in Georgia.") < page.index("Theirs is for hospitals.")
    for name in ("drawing.pdf", "plant.pdf"):
        assert page.count(f">{name}</a>") == 1
        assert page.count(name) == 1
    assert "drawing.pdf</a> (a PDF, 2.0" in page
    assert '<img src="/docket/USTR-2019-0005-000001/documents/00000000-0000-4000-8000-000000000002/?small"' in page
    assert 'alt="Photograph: pump.jpg"' in page
    formal = page.index("Who filed it, and what was certified")
    assert formal < page.index("Certified", formal)
    assert page.index("Certified") > formal, "what everybody certifies stands behind the argument"


def test_the_source_is_not_made_to_say_what_it_does_not_hold(client: Client) -> None:
    make_public(36686, decided_on=None, stage=Stage.DENIED)
    page = shown(client, "USTR-2019-0005-036686")
    assert "0 in support" not in page
    assert "Not in the source" in page
    assert "Decision date: not in the source" in page
    assert "No responses yet" not in page
    stops = stage_line(PublicPetition.objects.get(reference="USTR-2019-0005-036686"), NOON)
    assert [(stop.label, stop.state) for stop in stops][-1] == ("Denied", "done")
    assert stops[-1].when is None
    assert stops[-1].without == "Not in the source"


@pytest.mark.parametrize(
    ("stage", "moment", "expected"),
    [
        ("stage1", NOON, ["Posted done", "Responses close current", "Replies close ahead", "Review ahead",
                          "Decision ahead"]),
        ("stage1", NOON + 5 * DAY, ["Posted done", "Responses closed done", "Replies close current", "Review ahead",
                                    "Decision ahead"]),
        ("stage2", NOON + 20 * DAY, ["Posted done", "Responses closed done", "Replies closed done", "Review current",
                                     "Decision ahead"]),
        ("stage4", NOON + 20 * DAY, ["Posted done", "Responses closed done", "Replies closed done", "Review done",
                                     "Decision current"]),
        ("withdrawn", NOON, ["Posted done", "Responses closed done", "Replies closed done", "Review done",
                             "Withdrawn done"]),
    ],
)  # fmt: skip
def test_the_stage_line_says_where_it_stands(stage: str, moment: datetime, expected: list[str]) -> None:
    found = answered_petition()
    found.stage = stage
    assert [f"{stop.label} {stop.state}" for stop in stage_line(found, moment)] == expected


@pytest.mark.parametrize(("ends", "periods"), [(2, [None, None]), (9, [4, None]), (20, [4, 11])])
def test_no_period_is_shown_to_close_after_the_petition_ended(ends: int, periods: list[int | None]) -> None:
    found = answered_petition()
    found.stage, found.closing = Stage.WITHDRAWN, {"on": (NOON + ends * DAY).date().isoformat(), "facts": []}
    stops = stage_line(found, NOON + 30 * DAY)
    shown_days = [stop.when for stop in stops[1:3]]
    assert shown_days == [None if after is None else NOON + after * DAY for after in periods]
    assert [stop.without for stop in stops[1:3] if stop.when is None] == ["Not run to its end"] * periods.count(None)
    assert (stops[-1].label, stops[-1].when) == ("Withdrawn", (NOON + ends * DAY).date())


def test_a_grant_that_waits_for_its_notice_is_granted_and_the_notice_is_to_come() -> None:
    found = answered_petition()
    found.stage, found.decided_on = Stage.STAGE4, date(2019, 9, 1)
    *_, decision, notice = stage_line(found, NOON + 60 * DAY)
    assert (decision.label, decision.when, decision.state) == ("Granted", date(2019, 9, 1), "done")
    assert (notice.label, notice.state, notice.without) == ("Notice", "current", "To come")


@pytest.mark.parametrize(("stage", "is_pending"), [("stage4", True), ("granted", False)])
def test_an_exclusion_may_be_claimed_only_while_it_is_in_force(client: Client, stage: str, is_pending: bool) -> None:
    granted = make_public(1, stage=stage, decided_on=date(2019, 9, 1), exclusion=make_exclusion(ends=date(2025, 8, 31)))
    page = shown(client, granted.reference)
    assert "Any importer whose product meets its text may claim it while it is in force." in page
    assert ("It is not in force before its notice is published." in page) is is_pending


def test_like_petitions_and_exclusions_of_the_number_are_named_with_their_outcome(client: Client) -> None:
    make_public(1, product_name="Manual breast pumps")
    make_public(2, product_name="Sump pumps", stage="granted")
    make_public(3, product_name="Breast pumps, electric", organization_name="Lark Imports", stage="denied")
    make_public(4, product_name="Breast pumps", hts10="8471300100")
    exclusion = make_exclusion(ends=date(2025, 8, 31))
    page = shown(client, "USTR-2019-0005-000001")
    like = page[page.index("Petitions for the same number") : page.index("Exclusions for this number")]
    assert like.index("USTR-2019-0005-000003") < like.index("USTR-2019-0005-000002")
    assert "USTR-2019-0005-000004" not in like
    assert "Lark Imports" in like
    assert "Granted" in like
    assert exclusion.reference in page
    assert "Jun 15, 2024 to Aug 31, 2025" in page


def test_only_somebody_who_may_be_the_requester_is_offered_a_reply(
    client: Client, importer: User, reviewer1: User
) -> None:
    found = answered_petition()
    PublicResponse.objects.update(
        replied_at=None, reply_answers=[], reply_closes_at=datetime(2099, 1, 1, tzinfo=EASTERN)
    )
    assert "Reply as the requester" not in shown(client, found.reference)
    client.force_login(reviewer1)
    assert "Reply as the requester" not in shown(client, found.reference)
    client.force_login(importer)
    assert "Reply as the requester" in shown(client, found.reference)


def test_a_decided_petition_can_be_cited_with_its_days(client: Client) -> None:
    found = make_public(1, historical=False, posted_on=date(2026, 2, 20), decided_on=date(2026, 3, 1), stage="denied")
    page = shown(client, found.reference)
    cited = (
        "Meadowlark Infant Care LLC, Breast pumps, HTSUS 8413.81.0040, No. USTR-2019-0005-000001 (posted February 20, "
    )
    assert f"{cited}2026; denied March 1, 2026), http://testserver/docket/USTR-2019-0005-000001/ (as of " in page


def test_the_page_asks_as_often_for_many_rows_as_for_few(client: Client, django_assert_max_num_queries: Any) -> None:
    found = answered_petition()
    make_exclusion(ends=None)

    def statements() -> int:
        remembered.clear()
        with django_assert_max_num_queries(12) as asked:
            shown(client, found.reference)
        return len(asked)

    few = statements()
    for n in range(2, 30):
        make_public(n, product_name=f"Breast pumps {n}")
        make_exclusion(ends=date(2025, 1, n))
        PublicResponse.objects.create(
            reference=f"{found.reference}-R{n:03d}", petition=found, organization_name=f"Maker {n}",
            position="oppose", answers=[row("explanation", "No.")], posted_at=NOON,
        )  # fmt: skip
    assert statements() == few


def test_the_course_of_a_real_petition_is_on_its_page(
    client: Client, journey: Callable[..., Journey], list3: Round, petition_in: Callable[[Status], Any]
) -> None:
    denied = petition_in(Status.DENIED)
    page = shown(client, denied.reference)
    history = page[page.index('id="history"') :]
    assert history.index("Posted") < history.index("Denied")
    assert "tc-line__stop--done" in page
