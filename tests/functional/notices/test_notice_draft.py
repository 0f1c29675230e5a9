"""A notice in the browser: drafted of a granted case, read, sent, published, and read by everybody."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import ExclusionTerm, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

SignIn = Callable[[User], Page]


def test_a_notice_is_drafted_sent_published_and_public(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Callable[[Page], None],
    clock: Clock,
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.GRANTED])
    clock.move_to(trip.at)
    page = sign_in(cast["publisher"])
    page.goto(f"{live_server.url}{reverse('notices')}")
    page.get_by_role("link", name="Drafts: let this site write").click()
    page.locator(f"label[for={page.locator('[name=cases]').get_attribute('id')}]").click()
    page.get_by_role("button", name="Draft the notice").click()
    expect(page.get_by_text("answers 1 separate exclusion request")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Mark as sent to the Federal Register").click()
    expect(page.get_by_role("heading", name="Enter its publication")).to_be_visible()
    page.locator("[name=citation]").fill("84 FR 99999")
    page.locator("[name=published_on]").fill(trip.at.date().isoformat())
    page.get_by_role("button", name="Publish the notice").click()
    expect(page.get_by_text("Published under 84 FR 99999")).to_be_visible()
    page.get_by_role("link", name="Annex and files").click()
    expect(page.get_by_text("AGENCY:")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert_accessible(page)
    assert ExclusionTerm.objects.get().status == ExclusionTerm.Status.PUBLISHED
