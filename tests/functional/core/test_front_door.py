"""The pages that everybody meets first."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/docket/", "/tariff/", "/exclusions/", "/rounds/"])
def test_a_page_opens_and_is_accessible(
    page: Page, live_server: Any, path: str, assert_accessible: Callable[[Page], None]
) -> None:
    response = page.goto(f"{live_server.url}{path}")
    assert response
    assert response.status == 200
    expect(page.locator("h1")).to_be_visible()
    assert_accessible(page)
