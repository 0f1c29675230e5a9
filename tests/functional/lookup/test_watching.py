"""Watching in Chromium: from the page of a thing to the mail, the confirmation and the stop."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.record.notifications import as_email
from exclusions.models import Notification, Subscription
from tests.factories.public import make_public

WIDTHS = (360, 1280)


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_watches_a_petition_and_stops(
    transactional_db: None,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    script: bool,
) -> None:
    row = make_public(7, historical=False, posted_on=date(2026, 1, 5), decided_on=date(2026, 2, 5))
    page = new_context(java_script_enabled=script).new_page()

    def sound(name: str) -> None:
        page.wait_for_load_state()
        for width in WIDTHS if script else ():
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} px"
            assert_accessible(page)
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=Path(shots) / f"watch-{name}-{width}.png", full_page=True)

    page.goto(f"{live_server.url}{reverse('docket-petition', args=[row.reference])}")
    page.get_by_role("link", name="Watch this petition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Watch petition {row.reference}")
    expect(page.get_by_label("Which one")).to_have_value(row.reference)
    expect(page.get_by_text(f"{row.reference}: denied")).to_be_visible()
    sound("begin")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_text("Enter your e-mail address.").first).to_be_visible()
    sound("refused")
    page.get_by_label("Your e-mail address").fill("reader@example.test")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: confirm by e-mail")
    sound("sent")
    body = as_email(Notification.objects.get(template="confirm_watch")).body
    [link] = re.findall(r"http\S+?(/watch/confirm/\S+)", body)
    page.goto(live_server.url + link)
    sound("confirm")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You are watching petition {row.reference}")
    assert Subscription.objects.get().confirmed_at
    page.get_by_role("link", name="Stop watching").click()
    sound("stop")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You stopped these messages")
    sound("stopped")
    assert not Subscription.objects.exists()
    page.goto(live_server.url + link)
    sound("over")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has expired")
