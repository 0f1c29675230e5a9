"""Search as one types, in the header and on the tariff's page: by keyboard alone, said aloud, and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.models import Petition, User
from exclusions.workflow.states import Status

Check = Callable[[Page], None]
HEADER, SUGGESTED = "#site-search", "#site-found"


@pytest.fixture
def posted(petition_in: Callable[[Status], Petition], clock: Any) -> Petition:
    """A petition on the docket."""
    petition = petition_in(Status.POSTED)
    clock.move_to(petition.updated_at)
    return petition


@pytest.mark.parametrize("width", [320, 1280])
def test_the_header_finds_as_one_types_and_the_keyboard_leads_there(
    page: Page, live_server: Any, posted: Petition, width: int, assert_accessible: Check
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/exclusions/")
    expect(page.locator(SUGGESTED)).to_be_hidden()
    page.focus(HEADER)
    page.keyboard.type("quartz", delay=30)
    first = page.locator(f"{SUGGESTED} a").first
    expect(first).to_be_visible()
    expect(page.locator(HEADER)).to_be_focused()
    expect(page.locator("#site-found-said")).to_contain_text("The best results are below the search box")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(SUGGESTED)).to_be_hidden()
    expect(page.locator(HEADER)).to_be_focused()
    assert page.input_value(HEADER) == "quartz"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quartz")


def test_a_suggestion_is_followed_by_the_pointer_and_by_enter(page: Page, live_server: Any, posted: Petition) -> None:
    for follow in ("click", "Enter"):
        page.goto(f"{live_server.url}/rounds/")
        page.focus(HEADER)
        page.keyboard.type("quartz", delay=30)
        hit = page.locator(f"{SUGGESTED} a", has_text="Agglomerated quartz slabs").first
        expect(hit).to_be_visible()
        if follow == "click":
            hit.click()
        else:
            hit.focus()
            page.keyboard.press("Enter")
        page.wait_for_url("**/docket/**")


def test_what_was_found_closes_when_the_search_is_left(page: Page, live_server: Any, posted: Petition) -> None:
    page.goto(f"{live_server.url}/rounds/")
    page.focus(HEADER)
    page.keyboard.type("quartz", delay=30)
    expect(page.locator(f"{SUGGESTED} a").first).to_be_visible()
    page.locator("h1").click()
    expect(page.locator(SUGGESTED)).to_be_hidden()
    page.fill(HEADER, "unicorns")
    page.focus(HEADER)
    expect(page.locator(SUGGESTED)).to_contain_text("No results")


def test_the_tariff_is_searched_as_one_types_and_nobody_is_led_away(
    page: Page, live_server: Any, posted: Petition, assert_accessible: Check
) -> None:
    page.goto(f"{live_server.url}/tariff/")
    box = page.get_by_label("Words or HTSUS number")
    box.press_sequentially("6810.99.0010", delay=20)
    expect(page.locator("#found")).to_contain_text("6810.99.0010")
    expect(page.locator("#found-said")).to_contain_text("1 line.")
    expect(box).to_be_focused()
    assert "q=6810.99.0010" in page.url
    assert_accessible(page)
    page.reload()
    page.wait_for_url("**/tariff/6810.99.0010/**")


def test_without_a_script_the_searches_are_forms(
    new_context: Callable[..., BrowserContext], live_server: Any, posted: Petition
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/tariff/")
    page.get_by_label("Words or HTSUS number").fill("6810.99")
    page.get_by_role("button", name="Look up").click()
    expect(page.locator("#found")).to_contain_text("6810.99")
    page.fill(HEADER, "quartz")
    page.locator("header").get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text("quartz")


def test_staff_have_their_own_search_and_no_suggestions_of_the_public_one(
    live_server: Any, sign_in: Callable[[User], Page], reviewer1: User, posted: Petition
) -> None:
    page = sign_in(reviewer1)
    page.goto(f"{live_server.url}/rounds/")
    assert page.locator(SUGGESTED).count() == 0
    assert page.locator(HEADER).get_attribute("hx-get") is None
