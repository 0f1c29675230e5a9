"""A watch by words in Chromium: from a search of the docket to a weekly mail, which stops it."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.record.notifications import as_email
from exclusions.models import Notification, Round, Subscription, User
from tests.factories.petitions import Journey
from tests.factories.public import EASTERN

WIDTHS = (360, 1280)
WEDNESDAY = datetime(2019, 7, 10, 12, tzinfo=EASTERN)
READER = "reader@example.test"


@pytest.fixture
def moving_clock() -> Iterator[Any]:
    """A clock in the window of List 3 that goes on ticking, since a browser waits for it."""
    with time_machine.travel(WEDNESDAY, tick=True) as traveller:
        yield traveller


def messages() -> list[Notification]:
    return list(Notification.objects.filter(to=READER, template="watched_news").order_by("pk"))


def link_of(message: Notification, path: str) -> str:
    """Return the one link to a page of watching that a message holds."""
    [link] = re.findall(rf"http\S+?(/watch/{path}/\S+)", as_email(message).body)
    return str(link)


def _sound(page: Page, assert_accessible: Callable[[Page], None], name: str) -> None:
    """Look at a page at both widths, and keep its pictures where SHOTS names a folder."""
    page.wait_for_load_state()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} px"
        assert_accessible(page)
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=Path(shots) / f"words-{name}-{width}.png", full_page=True)


def test_a_watch_by_words_is_stopped_by_its_mail(
    moving_clock: Any,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    cast: dict[str, User],
    list3: Round,
) -> None:
    page, base = new_context().new_page(), live_server.url

    sound = partial(_sound, page, assert_accessible)
    page.goto(f"{base}{reverse('docket')}?q=quartz+slabs&docket={list3.docket}&hts=6810")
    sound("docket")
    page.get_by_role("link", name="Mail me when more is filed like this").click()
    title = f"petitions for “quartz slabs” under HTSUS 6810 in {list3.title}"
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Watch {title}")
    expect(page.get_by_label("Which one")).to_have_value("quartz slabs")
    page.get_by_label("How often").select_option("weekly")
    page.get_by_label("Your e-mail address").fill(READER)
    sound("begin")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: confirm by e-mail")
    page.goto(base + link_of(Notification.objects.get(template="confirm_watch"), "confirm"))
    sound("confirm")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"You are watching {title}")
    expect(page.locator("main")).to_contain_text("We write once a week on Monday when there is news.")
    sound("begun")

    petition = Journey(cast, list3, timezone.now()).take("submit", "post")
    call_command("run_clock", verbosity=0)
    assert not messages(), "it is Wednesday"
    moving_clock.move_to(datetime(2019, 7, 15, 7, 1, tzinfo=EASTERN))
    call_command("run_clock", verbosity=0)
    [mail] = messages()
    assert as_email(mail).subject == f"{petition.reference}: petition posted"
    page.goto(base + reverse("docket-petition", args=[petition.reference]))
    expect(page.locator("main")).to_contain_text("quartz slabs")
    page.goto(base + link_of(mail, "stop"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Stop messages about {title}")
    sound("stop")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You stopped these messages")
    sound("stopped")

    assert not Subscription.objects.exists()
    Journey(cast, list3, timezone.now()).take("submit", "post")
    moving_clock.shift(timedelta(days=7))
    call_command("run_clock", verbosity=0)
    assert messages() == [mail], "another week brings nothing"
