"""Two like cases that stand otherwise, side by side in Chromium: a third reviewer reads both, and returns one."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions.models import Petition, Round, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.chromium import FITS
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey

WHY = "Its findings on availability cite a source that the record does not bear out."
WIDTHS = (360, 1280)


def test_two_unlike_cases_are_read_side_by_side_and_one_is_returned(
    page: Page,
    transactional_db: None,
    cast: Mapping[str, User],
    list3: Round,
    at: datetime,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    granted, denied = Journey(cast, list3, at), Journey(cast, list3, at, "deny")
    for case in (granted, denied):
        case.take(*PATHS[Status.CONSISTENCY])
    third = make_person("Toni Senior", role=Role.REVIEWER2)
    with time_machine.travel(max(granted.at, denied.at), tick=True):
        sign_in(third)
        page.goto(f"{live_server.url}/review/{granted.petition.reference}/")
        page.get_by_role("link", name=f"Side by side with {denied.petition.reference}").click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page)
            assert page.evaluate(FITS), f"{width} px: the page is wider than its window"
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/beside_{width}.png", full_page=True)
        expect(page.get_by_role("table").nth(1)).to_contain_text("(differs)")
        page.locator("label", has_text=str(denied.petition.reference)).click()
        page.get_by_label("What in its record has to be judged again?").fill(WHY)
        page.get_by_role("button", name="Return it to level 1").click()
        expect(page.locator("main")).to_contain_text(f"{denied.petition.reference} is back at level 1.")
    assert Petition.objects.get(pk=denied.petition.pk).status == Status.LEVEL1
    assert Petition.objects.get(pk=granted.petition.pk).status == Status.CONSISTENCY
