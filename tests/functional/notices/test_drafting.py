"""A drafter writes a text from attributes, reads what is marked in it and whom it reaches, and saves it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions.models import Round, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

THICKNESS = {"kind_1": "thickness", "low_1": "2", "high_1": "4", "unit_1": "cm"}


def test_a_text_is_written_from_attributes_marked_and_saved(
    page: Page,
    transactional_db: None,
    cast: Mapping[str, User],
    list3: Round,
    at: datetime,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    way = Journey(cast, list3, at, "grant")
    way.take(*PATHS[Status.DRAFTING])
    with time_machine.travel(way.at, tick=True):
        sign_in(cast["drafter"])
        page.goto(f"{live_server.url}/review/{way.petition.reference}/record/product_text/")
        assert_accessible(page)
        page.fill("[name=text]", "Quartzo® slabs for hospitals (6810.99.0010)")
        page.get_by_role("button", name="Check the text").click()
        expect(page.locator("mark").first).to_have_text("Quartzo®")
        assert_accessible(page)
        if not page.get_by_role("button", name="Write the text").is_visible():
            page.get_by_text("Write the text from attributes").click()
            measures = page.locator(".tc-table", has=page.locator(".tc-measures"))
            assert measures.evaluate("table => table.scrollWidth <= table.clientWidth"), "no column is cut"
        page.fill("[name=noun]", "quartz slabs")
        page.select_option("[name=kind_1]", THICKNESS["kind_1"])
        for number in range(2, 7):  # what the petition states was filled in
            page.select_option(f"[name=kind_{number}]", "")
        for name in ("low_1", "high_1", "unit_1"):
            page.fill(f"[name={name}]", THICKNESS[name])
        page.get_by_role("button", name="Write the text").click()
        expect(page.locator("[name=text]")).to_have_value(
            "Quartz slabs, each measuring at least 2 cm but not more than 4 cm in thickness (described in statistical "
            "reporting number 6810.99.0010)"
        )
        expect(page.locator("main")).to_contain_text("What the text reaches")
        page.wait_for_load_state()
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert_accessible(page)
        page.get_by_role("button", name="Save as a new version").click()
        expect(page.locator("main")).to_contain_text("Version 1")
