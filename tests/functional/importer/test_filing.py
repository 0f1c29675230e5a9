"""Filing in Chromium: with a script, without one, by keyboard alone, on a telephone."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, Round, User
from tests.factories.answers import petition_answers
from tests.factories.facts import make_lines, make_round
from tests.functional.certifying import certify

SHOTS = os.environ.get("SCREENSHOTS", "")


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page at both widths where SCREENSHOTS names a folder; check that nothing sticks out."""
    page.wait_for_load_state()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} is {overflow} px too wide at {width} px"
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"filing-{name}-{width}.png"), full_page=True)


@pytest.fixture
def open_round(transactional_db: None) -> Round:
    """Return the List 3 round with a window around today."""
    make_lines()
    now = timezone.now()
    return make_round(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=20))


@pytest.fixture
def draft(open_round: Round, importer: User, meadowlark: Organization) -> Petition:
    """Return a draft with every answer but the number and the name."""
    answers = petition_answers(hts10="", product_name="")
    return petitions.start(round=open_round, organization=meadowlark, by=importer, at=timezone.now(), answers=answers)


def test_a_petition_is_filed(
    open_round: Round,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/")
    assert_accessible(page)
    shoot(page, "empty")
    page.get_by_role("link", name="New petition").click()
    shoot(page, "new")
    assert_accessible(page)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/contact/")
    petition = Petition.objects.get()
    for step in ("contact", "product", "availability", "trade", "harm"):
        expect(page).to_have_url(f"{live_server.url}/petitions/{petition.pk}/{step}/")
        shoot(page, step)
        assert_accessible(page)
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check answers")
    shoot(page, "check-errors")
    assert_accessible(page)
    page.get_by_role("link", name='"10-digit HTSUS number" has no answer').click()
    expect(page.locator("#id_hts10")).to_be_visible()
    assert_accessible(page)
    shoot(page, "gaps")
    page.goto(f"{live_server.url}/petitions/{petition.pk}/trade/?gaps")
    assert_accessible(page)
    shoot(page, "trade-gaps")
    petitions.save_answers(petition, by=importer, at=timezone.now(), answers=petition_answers())
    page.goto(f"{live_server.url}/petitions/{petition.pk}/check/")
    shoot(page, "check")
    certify_and_submit(page, assert_accessible)
    for address, name in (
        (f"{petition.pk}/", "filed"),
        (f"{petition.pk}/record/", "record"),
        (f"{petition.pk}/withdraw/", "withdraw"),
        ("representation/", "representation"),
    ):
        page.goto(f"{live_server.url}/petitions/{address}")
        assert_accessible(page)
        shoot(page, name)
    page.goto(f"{live_server.url}/petitions/")
    shoot(page, "list")
    assert_accessible(page)


def certify_and_submit(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    """Go on from the checked answers to the receipt."""
    page.get_by_role("link", name="Continue to certify").click()
    assert_accessible(page)
    shoot(page, "certify")
    certify(page)
    expect(page.locator("main")).to_contain_text("USTR-2019-0005-000001")
    shoot(page, "receipt")
    assert_accessible(page)


def test_the_number_is_found_as_one_types(
    draft: Petition,
    live_server: Any,
    importer: User,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    page.get_by_label("Number or words").press_sequentially("quartz", delay=20)
    use = page.get_by_role("button", name="Use 6810.99.0010")
    expect(use).to_be_visible()
    expect(page.locator("#number-results")).to_contain_text("Covered in this round")
    shoot(page, "picker-words")
    page.get_by_label("Number or words").fill("6810.99")
    expect(page.locator("#number-results")).to_contain_text("a petition names 10")
    assert_accessible(page)
    shoot(page, "picker-short")
    page.get_by_role("button", name="Show lines below 6810.99.00").click()
    use.click()
    expect(page.locator("#id_hts10")).to_have_value("6810990010")
    expect(page.locator("#number-results")).to_contain_text("List 3 at 25%")
    shoot(page, "picker-used")


def test_answers_are_saved_as_they_are_typed_and_nothing_is_lost(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    page.get_by_label("Product name").fill("Slabs of quartz")
    expect(page.locator("[data-save-status]")).to_contain_text(" ET.")
    draft.refresh_from_db()
    assert draft.product_name == "Slabs of quartz"
    page.get_by_label("Product name").fill("Polished slabs of quartz")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Saved. You can leave")
    expect(page.get_by_label("Product name")).to_have_value("Polished slabs of quartz")
    page.reload()
    expect(page.get_by_label("Product name")).to_have_value("Polished slabs of quartz")


def test_a_question_that_does_not_apply_is_hidden_until_it_does(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    question = page.locator('[data-question="part_connection"]')
    expect(question).to_be_hidden()
    page.locator('[data-question="is_part"]').get_by_text("Yes").click()
    expect(question).to_be_visible()


def test_two_windows_show_both_versions_and_lose_nothing(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    address = f"{live_server.url}/petitions/{draft.pk}/product/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.get_by_label("Product name").fill("From the other window")
    other.get_by_role("button", name="Save", exact=True).last.click()
    expect(other.locator("main")).to_contain_text("Saved")
    page.get_by_label("Product name").fill("From this window")
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("Your answers are not saved yet")
    expect(page.locator("main")).to_contain_text("From the other window")
    expect(page.get_by_label("Product name")).to_have_value("From this window")
    shoot(page, "conflict")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Saved. You can leave")
    expect(page.get_by_label("Product name")).to_have_value("From this window")
    draft.refresh_from_db()
    assert draft.product_name == "From this window"


def test_the_product_step_works_by_keyboard_alone(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    page.locator("#id_hts10").focus()
    page.keyboard.type("6810990010")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "id_product_name":
        page.keyboard.press("Tab")
    page.keyboard.type("Slabs of quartz")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Saved. You can leave")
    draft.refresh_from_db()
    assert (draft.hts10, draft.product_name) == ("6810990010", "Slabs of quartz")


def test_filing_works_without_a_script(
    draft: Petition,
    live_server: Any,
    importer: User,
    sign_in: Callable[[User], Page],
    new_context: Callable[..., BrowserContext],
) -> None:
    state = sign_in(importer).context.storage_state()
    page = new_context(java_script_enabled=False, storage_state=state).new_page()
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    page.get_by_label("Product name").fill("Slabs of quartz")
    page.get_by_label("Number or words").fill("quartz")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("button", name="Use 6810.99.0010").click()
    expect(page.locator("#id_hts10")).to_have_value("6810990010")
    expect(page.get_by_label("Product name")).to_have_value("Slabs of quartz")
    page.goto(f"{live_server.url}/petitions/{draft.pk}/certify/")
    certify(page)


def test_typing_the_number_itself_tells_at_once_what_it_is(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    page.locator("#id_hts10").press_sequentially("6810990020", delay=10)
    expect(page.locator("#number-results")).to_contain_text("is not in the HTSUS")
    page.locator("#id_hts10").fill("6810990080")
    expect(page.locator("#number-results")).to_contain_text("Covered in this round")


def test_signing_out_elsewhere_loses_nothing(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Product name").fill("Slabs of quartz")
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved yet")
    page.context.add_cookies(session)  # type: ignore[arg-type]
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Saved. You can leave")
    expect(page.get_by_label("Product name")).to_have_value("Slabs of quartz")


def test_a_question_of_an_earlier_step_decides_here(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    answers = {"relationship": "industry_association", "revenue_applicable": ""}
    petitions.save_answers(draft, by=importer, at=timezone.now(), answers=answers)
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/trade/")
    revenue = page.locator('[data-question="revenue"]')
    expect(revenue).to_be_hidden()
    page.locator('[data-question="revenue_applicable"]').get_by_text("Yes").click()
    expect(revenue).to_be_visible()


def test_what_the_checks_say_follows_the_typing(
    draft: Petition, live_server: Any, importer: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    question = page.locator('[data-question="product_name"]')
    page.get_by_label("Product name").fill("FlowMate® slabs")
    expect(question.locator(".usa-error-message:visible")).to_contain_text("trademark")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be filed as they are")
    page.get_by_label("Product name").fill("Slabs of quartz")
    expect(question.locator(".usa-error-message:visible")).to_have_count(0)
