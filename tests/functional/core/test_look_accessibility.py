"""Components, fields, error and account pages: axe clean, nothing wider than the screen, on a telephone and a desk."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from exclusions.models import Petition, User
from exclusions.workflow.states import Status

TELEPHONE, DESK = 360, 1280
ERROR_PAGES = ["/denied/", "/unreadable/", "/broken/", "/nothing-here/"]
ACCOUNT_PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
]
MY_ACCOUNT_PAGES = ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]

Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _with_the_kitchen(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.functional.kitchen"


@pytest.fixture
def assert_sound(assert_accessible: Check) -> Callable[..., None]:
    """Return `assert_sound(page, address)`: at both widths the page has one h1, axe is content, nothing sticks out."""

    def check(page: Page, address: str) -> None:
        for width in (TELEPHONE, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            expect(page.locator("h1")).to_have_count(1)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than {width} px"
            assert_accessible(page)

    return check


@pytest.mark.parametrize("path", ["/kitchen/", "/kitchen/?blank", "/", *ERROR_PAGES, *ACCOUNT_PAGES])
def test_a_page_that_needs_no_account(page: Page, live_server: Any, assert_sound: Any, path: str) -> None:
    assert_sound(page, live_server.url + path)


def test_the_pages_of_my_account(
    page: Page, live_server: Any, assert_sound: Any, sign_in: Callable[[User], Page], importer: User
) -> None:
    sign_in(importer)
    for path in MY_ACCOUNT_PAGES:
        assert_sound(page, live_server.url + path)


def test_a_refused_form_leads_to_what_is_wrong(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/kitchen/")
    summary = page.locator("[data-focus]")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Product name").click()
    expect(page).to_have_url(f"{live_server.url}/kitchen/#id_name")
    expect(page.get_by_label("Product name")).to_have_attribute("aria-invalid", "true")


def test_a_long_text_tells_how_much_room_is_left(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/kitchen/?blank")
    why = page.get_by_label("Why no other supplier")
    why.fill("Only one maker holds the certificate.")
    expect(page.locator("#id_why-count")).to_have_text("463 characters left")


def test_the_menu_opens_on_a_telephone(page: Page, live_server: Any) -> None:
    page.set_viewport_size({"width": TELEPHONE, "height": 800})
    page.goto(f"{live_server.url}/kitchen/")
    docket = page.get_by_role("navigation", name="Main").get_by_role("link", name="Docket")
    expect(docket).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(docket).to_be_visible()
    page.keyboard.press("Escape")
    expect(docket).to_be_hidden()


def test_without_scripts_every_link_and_button_is_there(
    new_context: Callable[..., BrowserContext], live_server: Any, db: None
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size({"width": TELEPHONE, "height": 800})
    page.goto(f"{live_server.url}/kitchen/")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Docket")).to_be_visible()
    expect(page.get_by_role("button", name="Save and continue")).to_be_visible()
    expect(page.get_by_text("No finding yet.")).to_be_visible()


def test_an_account_is_made_confirmed_and_used(
    page: Page, live_server: Any, mailoutbox: list[Any], settings: Settings
) -> None:
    settings.LOGIN_REDIRECT_URL = "home"
    page.goto(f"{live_server.url}/accounts/signup/")
    page.get_by_label("Your name").fill("Ines Importer")
    page.get_by_label("E-mail address").fill("ines@example.test")
    page.get_by_label("Password", exact=False).first.fill("a-long-enough-pass")
    page.get_by_label("Password (again)").fill("a-long-enough-pass")
    page.get_by_role("button", name="Create account").click()
    expect(page.locator("h1")).to_have_text("Confirm your e-mail address")
    [mail] = mailoutbox
    link = next(word for word in mail.body.split() if "confirm-email" in word)
    page.goto(link)
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("link", name="Ines Importer")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail address").fill("ines@example.test")
    page.get_by_label("Password").fill("a-long-enough-pass")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Ines Importer")).to_be_visible()
    assert User.objects.get(email="ines@example.test").date_joined <= datetime.now(UTC)


def test_a_response_asks_only_what_applies(
    page: Page, live_server: Any, clock: Any, petition_in: Callable[[Status], Petition]
) -> None:
    petition = petition_in(Status.POSTED)
    clock.move_to(petition.updated_at)
    page.goto(f"{live_server.url}/docket/{petition.reference}/respond/")
    kind = page.locator("legend", has_text="Kind of third party")
    expect(kind).to_be_hidden()
    page.get_by_role("group", name="Is a third party submitting").get_by_text("Yes").click()
    expect(kind).to_be_visible()
    expect(page.get_by_text("Answer this if").first).to_be_hidden()
