"""One statement on thirty cases, in Chromium: found in the docket, written once, previewed, sent, confirmed."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.filing.joint.confirming import confirm_jointly
from exclusions.actions.filing.joint.judging import Case
from exclusions.actions.filing.joint.statements import digest_over, respond_to_many
from exclusions.models import JointStatement, Notification, Organization, Petition, Response, User
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS, petition_answers
from tests.factories.at_doors.joint_doors import token_of_joint
from tests.factories.facts import make_lines, make_round
from tests.functional.public.test_responding import answer, tick

MANY = 30


@pytest.fixture
def thirty(transactional_db: None, importer: User, intake: User, meadowlark: Organization) -> list[Petition]:
    """Return thirty petitions that take responses today; the period of the last has just ended."""
    make_lines()
    now = timezone.now()
    round_ = make_round(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=20))
    found = []
    for number in range(MANY):
        answers = petition_answers() | {"product_name": f"Agglomerated quartz slabs, pattern {number + 1}"}
        draft = petitions.start(round=round_, organization=meadowlark, by=importer, at=now, answers=answers)
        filed = petitions.submit(draft, by=importer, at=now, certified=CERTIFIED, unchanged=True)
        found.append(transitions.take(filed, "post", by=intake, at=timezone.now(), data={"screened": True}))
    Petition.objects.filter(pk=found[-1].pk).update(response_closes_at=now - timedelta(seconds=1))
    return found


def look(page: Page, name: str) -> None:
    """Take pictures at two widths, where a folder for them is named."""
    if folder := os.environ.get("PICTURES"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_one_statement_goes_to_thirty_cases_and_one_link_confirms_it(
    thirty: list[Petition],
    rival: User,
    live_server: Any,
    page: Page,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    sign_in(rival)
    page.goto(f"{live_server.url}/docket/?hts=6810")
    page.get_by_role("link", name="Respond to many petitions in one statement").click()
    listed = page.locator("#id_cases")
    expect(listed).to_have_value("\n".join(str(petition.reference) for petition in thirty))
    assert_accessible(page)
    look(page, "begin")
    answer(page)
    page.locator("#id_explanation").fill("We make slabs like {product} in Georgia, and have idle capacity.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("I certify that the information is complete")
    expect(page.locator("#id_explanation")).to_have_value(
        "We make slabs like {product} in Georgia, and have idle capacity."
    )
    tick(page, "certify_complete")
    page.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("We make slabs like Agglomerated quartz slabs, pattern 7 in Georgia")
    expect(preview).to_contain_text(f"{thirty[-1].reference}: Responses to this petition closed")
    assert_accessible(page)
    look(page, "preview")
    page.get_by_role("button", name="Send 29 responses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: confirm by e-mail")
    expect(page.locator("main")).to_contain_text(str(thirty[-1].reference))
    look(page, "sent")
    assert Response.objects.filter(status="unconfirmed").count() == JointStatement.objects.get().responses.count() == 29

    mail = Notification.objects.get(template="confirm_joint")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/docket/" + str(mail.context["url"]).split("/docket/", 1)[1])
    assert_accessible(page)
    look(page, "confirm")
    page.get_by_role("button", name="Confirm all my responses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your statement is filed")
    assert Response.objects.filter(status="submitted").count() == 29
    page.get_by_role("link", name=str(thirty[6].reference)).click()
    expect(page.locator("main")).to_contain_text("pattern 7 in Georgia")


def test_intake_reads_it_once_and_posts_all_of_it(
    thirty: list[Petition],
    rival: User,
    intake: User,
    live_server: Any,
    page: Page,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
    settings: Any,
) -> None:
    settings.ZEAL_ALLOWLIST = [{"model": "*", "field": "*"}]  # each is posted by the action of one
    answers = {**RESPONSE_ANSWERS, "explanation": "We make {product}. In stock: {stock}."}
    cases = [Case(str(petition.reference), {"stock": "40 slabs"}) for petition in thirty[:-1]]
    cases[4] = Case(cases[4].reference, {"stock": "none"})
    now, round_ = timezone.now(), thirty[0].round
    seen = digest_over(round_, cases, answers)
    joint = respond_to_many(round=round_, cases=cases, answers=answers, seen=seen, others_go=True, by=rival, at=now)
    confirm_jointly(token=token_of_joint(joint), at=now)

    sign_in(intake)
    page.goto(f"{live_server.url}/review/responses/")
    look(page, "desk")
    page.get_by_role("link", name="Read it once and decide").click()
    expect(page.get_by_role("checkbox").first).to_have_accessible_name(re.compile(f"{thirty[4].reference}.*none"))
    assert_accessible(page)
    look(page, "together")
    page.get_by_role("button", name="Post all that are ticked").click()
    expect(page.locator("body")).to_contain_text("29 responses were posted.")
    page.goto(f"{live_server.url}/docket/{thirty[4].reference}/")
    expect(page.locator("main")).to_contain_text("In stock: none.")
