"""The help and the API's documentation in a browser: sound for axe at both widths, and the box answers as one types."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exclusions.queries.lookup.help_pages import PAGES
from tests.functional.accessible import WIDTHS, in_turn


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_help_is_sound(
    page: Page, live_server: Any, list3: Any, width: int, assert_accessible: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address, by_axe in zip(["/help/", *(one.address for one in PAGES)], in_turn(0), strict=False):
        page.goto(f"{live_server.url}{address}")
        assert page.locator("h1").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if width in by_axe:
            assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_documentation_of_the_api_is_sound(
    page: Page, live_server: Any, list3: Any, width: int, assert_accessible: Callable[[Page], None]
) -> None:
    looked_at = in_turn(0)

    def look() -> None:
        if width in next(looked_at):
            assert_accessible(page)

    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/api/docs/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    look()
    page.get_by_role("link", name="GET /api/v1/docket/", exact=True).click()
    expect(page.get_by_role("heading", name="GET /api/v1/docket/", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="Try it in a viewer").click()
    expect(page.locator(".opblock").first).to_be_visible(timeout=20_000)
    look()
    page.get_by_role("button", name="Authorize").first.click()
    expect(page.locator(".auth-container")).to_be_visible()
    look()


def test_the_box_remarks_as_one_types(page: Page, live_server: Any, list3: Any) -> None:
    page.goto(f"{live_server.url}/help/describing-a-product/")
    page.get_by_label("Description of the product").press_sequentially("Ball valves, model KA-200")
    expect(page.locator("#said mark")).to_have_text("model KA-200")
    expect(page.get_by_label("Description of the product")).to_be_focused()
