"""Tables in Chromium: neither the sentence in a wrong cell nor a name without a break pushes anything out of sight."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Petition, User
from tests.functional.importer.test_grounds import draft

__all__ = ["draft"]

WIDTHS = """() => [...document.querySelectorAll('.usa-table-container--scrollable')]
  .map(box => [box.scrollWidth, box.clientWidth])"""

OVERFLOW = """() => [...document.querySelectorAll('.tc-table, html')].map(e => e.scrollWidth - e.clientWidth)"""


@pytest.mark.parametrize("width", [1280, 360])
def test_a_wrong_cell_keeps_its_table_and_says_so_once(
    width: int, draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{reverse('petition-step', args=[draft.pk, 'trade'])}")
    cells = page.locator(".tc-answer__table input")
    for place in (0, 3, cells.count() - 1):
        cells.nth(place).fill("2.6m")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[aria-invalid]")).to_have_count(3)
    page.wait_for_load_state()
    boxes = page.evaluate(WIDTHS)
    assert boxes
    assert all(table <= box for table, box in boxes), boxes
    for place in page.locator("[aria-invalid]").all():
        said = page.locator(f"[id='{place.get_attribute('aria-describedby')}']")
        expect(said).to_contain_text('"2.6m" is not')
    assert page.locator("main").inner_text().count('"2.6m" is not') == 3
    expect(page.get_by_role("alert")).to_contain_text("of this table need")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_name_without_a_break_pushes_nothing_out_of_the_list(
    width: int, draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    Petition.objects.filter(pk=draft.pk).update(product_name="x" * 255)
    page = sign_in(importer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{reverse('petitions')}")
    expect(page.get_by_role("link", name="x" * 255)).to_have_count(2)  # what to do next, and the list
    assert page.evaluate(OVERFLOW) == [0, 0]
