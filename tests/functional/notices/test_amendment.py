"""A technical amendment: proposed by the publisher, confirmed by counsel, made law by a notice, right on every day."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Amendment, Exclusion, Petition, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import TEXT

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WIDER = TEXT.replace("polished on one face", "polished on one or both faces")


def test_two_persons_and_a_notice_amend_a_text(
    live_server: Any,
    sign_in: SignIn,
    petition_in: Callable[[Status], Petition],
    cast: dict[str, User],
    clock: Clock,
    assert_accessible: Check,
) -> None:
    petition = petition_in(Status.PUBLISHED)
    clock.move_to(petition.status_since)
    exclusion = Exclusion.objects.get()
    public = f"{live_server.url}{reverse('exclusion', args=[exclusion.reference])}"
    page = sign_in(cast["publisher"])
    page.goto(f"{live_server.url}{reverse('staff-exclusion', args=[exclusion.reference])}")
    clock.move_to(clock.now.replace(year=2019, month=9, day=25))
    page = sign_in(cast["publisher"])
    page.reload()
    page.get_by_role("link", name="Amend it by notice").click()
    assert_accessible(page)
    page.get_by_label("Wording").fill(WIDER)
    page.locator("[name=holds_from]").fill("2019-06-01")
    page.get_by_label("What does it change, and why?").fill("The notice left the polished backs out.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()

    page = sign_in(cast["legal"])
    page.goto(live_server.url)
    page.get_by_role("link", name="To confirm").click()
    page.get_by_role("link", name="Amend L3-").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Amend L3-")).to_be_visible()
    page.goto(public)
    expect(page.get_by_role("blockquote")).to_have_text(TEXT)

    page = sign_in(cast["publisher"])
    page.goto(f"{live_server.url}{reverse('amendments')}")
    assert_accessible(page)
    page.get_by_role("link", name=exclusion.reference).click()
    page.locator("[name=citation]").fill("84 FR 49591")
    page.locator("[name=published_on]").fill(Amendment.objects.get().agreed_at.date().isoformat())
    page.get_by_role("button", name="Enter the notice").click()
    page.wait_for_load_state()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}{reverse('amendment', args=[Amendment.objects.get().pk])}")
        assert_accessible(page)
    for day, text in (("2019-05-31", TEXT), ("2019-06-01", WIDER)):
        page.goto(f"{public}?as_of={day}")
        expect(page.get_by_role("blockquote")).to_have_text(text)
        assert_accessible(page)
