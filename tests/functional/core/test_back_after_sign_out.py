"""After the sign-out, the Back button shows nothing of a page that was open before it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserType, Page, expect

from exclusions.models import User
from tests.factories.people import PASSWORD
from tests.factories.world import World
from tests.functional.conftest import LIMIT


@pytest.fixture
def usual(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], transactional_db: None
) -> Iterator[Page]:
    """Return a page of a browser that keeps left pages whole for its Back button, as everybody's does."""
    kept = {**browser_type_launch_args, "ignore_default_args": ["--disable-back-forward-cache"]}
    browser = browser_type.launch(**kept)
    page = browser.new_page()
    page.set_default_timeout(LIMIT)
    yield page
    browser.close()


def test_back_shows_nothing_of_a_case(usual: Page, live_server: Any, world: World, reviewer1: User) -> None:
    case = reverse("case", args=[world.level1.reference])
    figure = "7,071,234"
    usual.goto(f"{live_server.url}{reverse('account_login')}?next={case}")
    usual.get_by_label("E-mail address").fill(reviewer1.email)
    usual.get_by_label("Password", exact=False).first.fill(PASSWORD)
    usual.get_by_role("button", name="Sign in", exact=True).click()
    expect(usual.locator("main")).to_contain_text(figure)
    usual.get_by_role("button", name="Sign out").click()
    usual.wait_for_url(f"{live_server.url}/")
    usual.go_back()
    expect(usual.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert figure not in usual.content()
