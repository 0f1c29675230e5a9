"""Intake compares what was filed together and posts it: by mouse, at each width."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions.models import Petition, Round, User
from exclusions.workflow.states import Status
from tests.chromium import FITS
from tests.factories.petitions import Journey

WIDTHS = (360, 1280)


def test_petitions_of_one_day_are_compared_and_the_odd_one_is_posted(
    page: Page,
    transactional_db: None,
    cast: Mapping[str, User],
    list3: Round,
    at: datetime,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    for place, product in enumerate(("Slabs", "Tiles", "Sinks")):
        other = {"requester_city": "Elsewhere"} if place == 2 else {}
        answers = {"product_name": f"{product} of agglomerated quartz", **other}
        Journey(cast, list3, at, answers=answers).take("submit")
    with time_machine.travel(at, tick=True):
        sign_in(cast["intake"])
        page.goto(f"{live_server.url}/review/together/")
        page.get_by_role("link", name="Meadowlark").click()
        page.get_by_text("The company’s part, the same in most of them").click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page)
            assert page.evaluate(FITS), f"{width} px: the page is wider than its window"
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/together_{width}.png", full_page=True)
        page.get_by_role("link", name="Choose all on this page").click()
        boxes = page.get_by_role("checkbox", name="Choose USTR")
        expect(boxes).to_have_count(3)
        for place in range(1, 3):
            boxes.nth(place).uncheck()
        for words in ("Post them to the docket", "I have read the public version"):
            page.locator("label", has_text=words).click()
        page.get_by_role("button", name="Do it for the chosen petitions").click()
        expect(page.get_by_text("Posted: 1 petition.")).to_be_visible()
        expect(boxes).to_have_count(2)
    assert Petition.objects.filter(status=Status.POSTED).count() == 1
