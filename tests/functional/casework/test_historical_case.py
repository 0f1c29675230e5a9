"""A reviewer finds a historical case by the search in the header and cites it in the consistency review."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import ConsistencyReview, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.public import store_historical, store_like

APART = "The other slabs were cut to size in Ohio; these are not made there."
WIDTHS = (360, 1280)


def sound(page: Page, name: str, check: Callable[[Page], None]) -> None:
    """Assert that axe accepts a page at either width, and keep a picture of it where SHOTS names a folder."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check(page)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} is {over} px too wide at {width}"
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.django_db(transaction=True)
def test_a_historical_case_is_found_and_cited_in_a_consistency_review(
    live_server: Any,
    sign_in: Callable[[User], Page],
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Callable[[Page], None],
) -> None:
    trip = journey()
    petition = trip.take(*PATHS[Status.CONSISTENCY])
    other = store_like(petition, "USTR-2018-0032", stage="denied")
    cited = store_historical("USTR-2018-0025-0007", product="Granite counter tops", requester="Stone Works")

    page = sign_in(cast["second_reviewer2"])
    page.goto(f"{live_server.url}{reverse('review')}")
    page.get_by_role("search").first.get_by_role("searchbox").fill("granite counter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search cases")
    sound(page, "search", assert_accessible)
    page.get_by_role("link", name=cited.reference).click()
    expect(page.get_by_text("historical case")).to_be_visible()
    sound(page, "past", assert_accessible)

    page.goto(f"{live_server.url}{reverse('case-like', args=[petition.reference])}")
    expect(page.get_by_role("link", name=other.reference)).to_be_visible()
    sound(page, "like", assert_accessible)
    page.goto(f"{live_server.url}{reverse('case-entry', args=[petition.reference, 'consistency'])}")
    expect(page.get_by_text("Denied, docket USTR-2018-0032").first).to_be_visible()
    page.get_by_label("Further references").fill(cited.reference)
    page.get_by_role("button", name="Record the consistency review").click()
    expect(page.get_by_text("say what sets this case apart").first).to_be_visible()
    sound(page, "consistency-refused", assert_accessible)
    page.get_by_label("What sets this case apart").fill(APART)
    page.get_by_role("button", name="Record the consistency review").click()
    expect(page.get_by_text("choose the passage of this record").first).to_be_visible()
    page.get_by_label("What in this record shows it").select_option("answer:unique_features")
    page.get_by_role("button", name="Record the consistency review").click()
    expect(page.get_by_text("Record the consistency review: recorded.")).to_be_visible()
    expect(page.get_by_role("link", name=cited.reference)).to_be_visible()
    sound(page, "case-recorded", assert_accessible)
    review = ConsistencyReview.objects.get()
    assert review.compared_with == [cited.reference]
    assert [row["distinction"] for row in review.likes] == [APART]
    page.get_by_role("link", name=cited.reference).click()
    expect(page.get_by_text("historical case")).to_be_visible()
