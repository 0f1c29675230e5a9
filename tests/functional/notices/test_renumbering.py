"""A new edition retires a number on which a case, its text and an exclusion stand; the successor is accepted."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from playwright.sync_api import Page, expect

from exclusions.models import NumberSettlement, TariffLine, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.tariff import LIST_3, exclude
from tests.integration.loading.test_load_hts import edition

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
OLD = "6810990010"


def test_renumbering_with_the_new_edition(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Check,
    tmp_path: Path,
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.CUSTOMS])
    text = "Tiles (described in statistical reporting number 6810.99.0010)"
    exclusion = exclude(trip.petition.round.actions.get(), OLD, LIST_3, None, text=text)
    words = TariffLine.objects.get(number=OLD).full_description
    kept = [(line.number, 0, line.full_description) for line in TariffLine.objects.exclude(number=OLD)]
    file = edition(tmp_path, "hts_2020_basic.json", *kept, ("6810.99.00.15", 0, words), ("8401", 0, "Reactors"))
    said = StringIO()
    call_command("load_hts", file, stdout=said, stderr=StringIO())
    assert "Not settled: 1. See /renumbering/" in said.getvalue()

    page = sign_in(cast["drafter"])
    page.goto(f"{live_server.url}/renumbering/")
    assert_accessible(page)
    page.get_by_role("link", name="HTSUS 2020 Basic").click()
    expect(page.get_by_text("Proposed: 6810.99.0015")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="6810.99.0010").click()
    for name in (trip.petition.reference, exclusion.reference):
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    expect(page.get_by_text("one with the same words began")).to_be_visible()
    assert_accessible(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=tmp_path / f"number-{width}.png", full_page=True)
    page.get_by_label("What shows it").fill("The line has the same words under the new number.")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("Your decision on 6810.99.0010 is on record.")).to_be_visible()
    assert NumberSettlement.objects.get().successors == ["6810990015"]

    with page.expect_download() as sent:
        page.get_by_role("link", name="text", exact=True).click()
    notice = Path(sent.value.path()).read_text()
    assert "by deleting “6810.99.0010” and inserting “6810.99.0010 prior to January 16, 2020" in notice
    assert "in lieu thereof" in notice
