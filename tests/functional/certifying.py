"""The last page of a form, as a filer uses it: every certificate ticked, then submitted."""

from playwright.sync_api import Page, expect


def certify(page: Page) -> None:
    """Tick every certificate and submit; the receipt shows.

    It waits for the page first: to list its boxes does not wait, and an empty list ticks none.
    """
    expect(page.get_by_role("heading", level=1)).to_have_text("Certify and submit")
    for box in page.get_by_role("checkbox").all():
        page.locator(f"label[for={box.get_attribute('id')}]").click()
    page.get_by_role("button", name="Submit petition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt")
