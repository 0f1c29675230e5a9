"""A shutdown: one order pauses a round, its pages say so, and when it goes on each deadline says by what it moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import RoundOrder, User
from tests.conftest import Clock
from tests.factories.petitions import Journey

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WHY = "The government is shut down for want of appropriations."


def order(page: Page, live_server: Any, kind: str, button: str) -> None:
    """Give an order about the round of List 3."""
    page.goto(f"{live_server.url}{reverse('staff-round-order', args=['list-3', kind])}")
    page.locator("[name=citation]").fill("84 FR 40000")
    page.locator("[name=reason]").fill(WHY)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("The order applies now.")).to_be_visible()


def test_a_round_is_paused_and_goes_on(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    clock: Clock,
    assert_accessible: Check,
) -> None:
    trip = journey()
    petition = trip.take("submit", "post")
    closes = petition.response_closes_at
    assert closes
    docket = f"{live_server.url}{reverse('docket-petition', args=[petition.reference])}"
    clock.move_to(trip.at)
    page = sign_in(cast["admin"])
    order(page, live_server, "pause", "Pause the round")
    page.goto(docket)
    expect(page.get_by_text(WHY).first).to_be_visible()
    expect(page.get_by_text("the time stopped on").first).to_be_visible()
    assert_accessible(page)
    clock.move_to(trip.at + timedelta(days=12))
    page = sign_in(cast["admin"])
    order(page, live_server, "resume", "Resume the round")
    petition.refresh_from_db()
    assert petition.response_closes_at == closes + timedelta(days=12)
    assert RoundOrder.objects.count() == 2
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(docket)
        expect(page.get_by_text("moved 12 days by the pause of").first).to_be_visible()
        assert_accessible(page)
        page.goto(f"{live_server.url}{reverse('round', args=['list-3'])}")
        expect(page.get_by_text("moved 12 days by the pause of").first).to_be_visible()
        assert_accessible(page)
    page.goto(f"{live_server.url}{reverse('rounds')}")
    expect(page.get_by_role("link", name="feed")).to_be_visible()
