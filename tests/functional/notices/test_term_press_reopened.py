"""A term press reopened, in Chromium: counsel asks, the signatory agrees, everybody reads why, it is signed anew."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from exclusions.models import ListedExclusion, User
from tests.factories.notices.listed import SLUG, listed_round, signed
from tests.functional.notices.test_extension_round import shot

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WHY = "A quotation from Ohio on the record is for another product."


def test_a_press_is_reopened_by_two_and_its_exclusions_are_decided_again(
    transactional_db: None, live_server: Any, cast: dict[str, User], sign_in: SignIn, assert_accessible: Check
) -> None:
    listed_round(each=2)
    rows = ListedExclusion.objects.select_related("exclusion").order_by("number")
    signed(cast, [row.exclusion.reference for row in rows[:3]])
    site = live_server.url
    page = sign_in(cast["legal"])
    page.goto(f"{site}/terms/{SLUG}/")
    page.get_by_role("link", name="What was signed, press by press").click()
    assert_accessible(page)
    shot(page, "presses")
    page.locator("table").get_by_role("link").first.click()
    page.get_by_label("Why were they wrong?").fill("Wrong.")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator("main")).to_contain_text("too short")
    page.get_by_label("Why were they wrong?").fill(WHY)
    assert_accessible(page)
    shot(page, "press")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()

    page = sign_in(cast["signatory"])
    page.goto(site)
    page.get_by_role("link", name="To confirm").click()
    page.get_by_role("link", name="Reopen 3 decisions on terms").click()
    assert_accessible(page)
    shot(page, "proposal")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Reopen 3 decisions on terms")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{site}/rounds/{SLUG}/exclusions/1/")
    expect(page.get_by_role("heading", name="Reopened decision")).to_be_visible()
    expect(page.locator("p.tc-note", has_text=WHY)).to_be_visible()
    assert_accessible(page)
    shot(page, "public")

    signed(cast, [rows[0].exclusion.reference], last=date(2022, 6, 30))
    page.goto(f"{site}/rounds/{SLUG}/exclusions/1/")
    expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Jun 30, 2022")
    expect(page.locator("p.tc-note", has_text=WHY)).to_be_visible()
