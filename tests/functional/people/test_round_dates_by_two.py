"""An open round is extended by two administrators, and after an outage by one at once, in Chromium."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Round, User
from exclusions.workflow.deadlines import eastern_date
from tests.conftest import Clock
from tests.factories.petitions import Journey
from tests.functional.notices.test_extension_round import shot

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WHY = "The portal was away for a week."


def fill(page: Page, **typed: str) -> None:
    """Fill in fields by name."""
    for name, value in {"citation": "84 FR 40000", "reason": WHY, **typed}.items():
        page.locator(f"[name={name}]").fill(value)


def test_the_window_is_extended_by_two_and_an_outage_is_answered_at_once(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    second_admin: User,
    clock: Clock,
    assert_accessible: Check,
) -> None:
    trip = journey()
    trip.take("submit", "post")
    clock.move_to(trip.at)
    round = Round.objects.current().get(slug="list-3")
    site = f"{live_server.url}{reverse('staff-round', args=['list-3'])}"
    page = sign_in(cast["admin"])
    page.goto(site)
    assert_accessible(page)
    shot(page, "round")
    page.get_by_role("link", name="Change the dates").click()
    assert_accessible(page)
    shot(page, "dates")
    page.goto(site)
    page.get_by_role("link", name="Extend the filing window").click()
    fill(page, until=str(eastern_date(round.closes_at) + timedelta(days=31)))
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Days that the window is open")).to_be_visible()
    assert_accessible(page)
    shot(page, "effect")
    page = sign_in(second_admin)
    page.goto(f"{live_server.url}{reverse('proposals')}")
    page.get_by_role("link", name="filing window closes").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done:")).to_be_visible()
    page.goto(site)
    page.get_by_role("link", name="Extend every pending deadline").click()
    expect(page.locator("main")).to_contain_text("ends after two working days")
    fill(page, days="3")
    page.get_by_role("button", name="Extend every pending deadline").click()
    expect(page.get_by_text("The order applies now.")).to_be_visible()
    expect(page.get_by_role("link", name="keep the extension of every pending deadline")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('round', args=['list-3'])}")
    expect(page.locator("main")).to_contain_text("It holds until")
    assert_accessible(page)
    shot(page, "public-round")
