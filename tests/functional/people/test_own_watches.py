"""Somebody makes a webhook of their own in a browser, first without its address, and reads what was posted to it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exclusions.forms.people.own_watch import NO_ADDRESS
from exclusions.models import User


@pytest.mark.parametrize("width", [360, 1280])
def test_a_webhook_is_made_and_what_was_posted_is_read(
    live_server: Any,
    cast: dict[str, User],
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
    width: int,
) -> None:
    page = sign_in(cast["importer"])
    page.set_viewport_size({"width": width, "height": 900})

    def is_sound() -> None:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(f"{live_server.url}/accounts/watches/")
    is_sound()
    page.get_by_label("Which one").fill("8413.81.0040")
    page.get_by_label("How to be told").select_option("webhook")
    page.get_by_role("button", name="Watch it").click()
    expect(page.locator(".usa-error-message")).to_have_text(NO_ADDRESS)
    is_sound()
    page.get_by_label("Address of the webhook").fill("https://hooks.example.com/tariffs")
    page.get_by_role("button", name="Watch it").click()
    expect(page.get_by_text("whsec_")).to_be_visible()
    is_sound()
    page.get_by_role("link", name="What we sent about HTSUS number 8413.81.0040").click()
    expect(page.get_by_text("watch.begun")).to_be_visible()
    is_sound()
