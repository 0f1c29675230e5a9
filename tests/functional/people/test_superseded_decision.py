"""A denial that was wrong: counsel asks, the signatory reopens it, a grant supersedes it, and everybody reads both."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WHY = "A quotation from Ohio on the record is for another product."


def test_a_denial_is_reopened_and_superseded_by_a_grant(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Check,
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.DENIED])
    letter = trip.petition.letters.get(kind="denial")
    case = f"{live_server.url}{reverse('case', args=[trip.petition.reference])}"
    page = sign_in(cast["legal"])
    page.goto(case)
    page.get_by_role("link", name="Reopen the decision").first.click()
    assert_accessible(page)
    page.get_by_label("Why was it wrong?").fill(WHY)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)

    page = sign_in(cast["signatory"])
    page.goto(live_server.url)
    page.get_by_role("link", name="To confirm").click()
    page.get_by_role("link", name="Reopen the decision on").click()
    assert_accessible(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Reopen the decision on")).to_be_visible()
    docket = f"{live_server.url}{reverse('docket-petition', args=[trip.petition.reference])}"
    page.goto(docket)
    expect(page.get_by_role("heading", name="Reopened decision of")).to_be_visible()
    expect(page.locator("p.tc-note", has_text=WHY)).to_be_visible()
    assert_accessible(page)

    trip.petition.refresh_from_db()
    trip.at = max(trip.at, trip.petition.status_since)
    trip.take("clear_for_drafting", "send_to_customs", "clear_text", "assess", "grant")
    page.goto(docket)
    expect(page.get_by_role("heading", name="Superseded decision of")).to_be_visible()
    assert_accessible(page)
    again = trip.petition.letters.get(supersedes=letter)
    page.goto(f"{live_server.url}{reverse('verify-letter', args=[letter.code])}")
    page.get_by_role("link", name=again.code).click()
    expect(page.locator("p.tc-note", has_text=WHY)).to_be_visible()
    page.goto(case)
    expect(page.get_by_role("heading", name="Reopened decision: deny")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(docket)
    assert_accessible(page)
