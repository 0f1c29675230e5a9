"""Back and Reload in Chromium: no page that answered a form asks to send it again, and its text is not lost."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, Response, expect

from exclusions.models import Organization, Petition, User
from tests.functional.certifying import certify
from tests.functional.importer.test_grounds import draft

__all__ = ["draft"]


def steps_back(page: Page) -> Response | None:
    """Press Back; Chromium answers ERR_CACHE_MISS with a page of its own where it would have to send a form again."""
    return page.go_back()


def test_a_step_with_errors_is_left_and_come_back_to(
    draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}{reverse('petition-step', args=[draft.pk, 'contact'])}")
    page.get_by_label("Requester: ZIP code").fill("ABC")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be filed as they are")
    page.get_by_label("Requester: ZIP code").fill("45402")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Product")
    steps_back(page)
    expect(page.get_by_label("Requester: ZIP code")).to_have_value("45402")
    steps_back(page)
    expect(page.get_by_label("Requester: ZIP code")).to_be_visible()


def test_a_refused_form_is_mended_and_come_back_to(
    draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}{reverse('petition-certify', args=[draft.pk])}")
    page.get_by_role("button", name="Submit petition").click()
    expect(page.get_by_role("alert")).to_contain_text("Certify to submit")
    page.reload()
    expect(page.get_by_role("button", name="Submit petition")).to_be_visible()
    page.get_by_role("button", name="Submit petition").click()
    expect(page.get_by_role("alert")).to_contain_text("Certify to submit")
    certify(page)
    steps_back(page)
    expect(page.locator("main")).to_contain_text("USTR-2019-0005-000001")


def test_after_a_refused_button_back_leads_to_the_page_it_stood_on(
    meadowlark: Organization, importer: User, transactional_db: None, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    home = f"{live_server.url}{reverse('organization', args=[meadowlark.pk])}"
    page.goto(home)
    page.get_by_role("button", name="Leave").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We could not do this")
    expect(page.locator("main")).to_contain_text("at least one owner")
    page.get_by_role("link", name="Go back to the page").click()
    expect(page).to_have_url(home)
    steps_back(page)
    expect(page).to_have_url(home)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("We could not do this")
