"""A grant in part: Customs objects, the drafter narrows, the signatory says why less is granted, and it reaches ACE."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import FederalNotice, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.functional.casework.hand import unfold

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
LEFT_OUT = "Slabs under 3 m in length are left out: Customs cannot tell them at entry."


def object_to_the_text(page: Page, address: str) -> None:
    """Object as Customs to a text: an objection names its ground."""
    page.goto(address)
    page.locator("label", has_text="Cannot be administered").click()
    page.locator("[name=reasons]").fill("The length of a cut slab cannot be checked at entry.")
    page.get_by_role("button", name="Give the opinion").click()
    expect(page.get_by_text("Choose at least one ground of the objection.").first).to_be_visible()
    page.locator("label", has_text="Cannot be measured or seen at entry").click()
    page.get_by_role("button", name="Give the opinion").click()
    expect(page.get_by_text("The opinion is recorded.")).to_be_visible()


def sign_in_part(page: Page, address: str, check: Check) -> None:
    """Sign the grant in part, and look at what is about to be signed."""
    page.goto(address)
    check(page)
    unfold(page, "grant_in_part-rationale")
    form = page.locator("form", has=page.locator("[name=grant_in_part-rationale]"))
    form.locator("label", has_text="NR1:").click()
    form.locator("[name=grant_in_part-proposed_by]").select_option("customs")
    form.locator("[name=grant_in_part-narrowing]").fill(LEFT_OUT)
    form.locator("[name=grant_in_part-rationale]").fill("No source outside China for what is granted.")
    form.locator("[name=grant_in_part-departure]").fill("Customs objected to the wider text.")
    form.get_by_role("button", name="Sign grant in part").click()
    expect(page.get_by_text("You are about to grant in part the petition")).to_be_visible()
    expect(page.get_by_text(LEFT_OUT).first).to_be_visible()
    check(page)
    page.get_by_role("button", name="Sign grant in part").click()
    expect(page.get_by_text("is granted in part. The letter is issued.")).to_be_visible()


def test_from_customs_redraft_to_ace(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    clock: Clock,
    assert_accessible: Check,
) -> None:
    trip, site = journey(), live_server.url
    trip.take(*PATHS[Status.CUSTOMS])
    clock.move_to(trip.at)
    page = sign_in(cast["customs"])
    object_to_the_text(page, f"{site}{reverse('customs-draft', args=[trip.petition.drafts.get().pk])}")
    trip.petition.refresh_from_db()
    trip.at += timedelta(hours=1)
    trip.take("send_to_customs")
    page.goto(f"{site}{reverse('customs-draft', args=[trip.petition.drafts.latest('version').pk])}")
    expect(page.get_by_role("heading", name="Version 1 beside version 2")).to_be_visible()
    assert_accessible(page)
    trip.take("clear_text", "assess")
    clock.move_to(trip.at)
    page = sign_in(cast["signatory"])
    sign_in_part(page, f"{site}{reverse('sign-case', args=[trip.petition.reference])}", assert_accessible)
    trip.petition.refresh_from_db()
    trip.at += timedelta(hours=1)
    clock.move_to(trip.at)
    trip.act("publish")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}{reverse('docket-petition', args=[trip.petition.reference])}")
        expect(page.get_by_role("heading", name="Asked", exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name="Granted", exact=True)).to_be_visible()
        expect(page.get_by_text("Granted in part").first).to_be_visible()
        assert_accessible(page)
    page, notice = sign_in(cast["publisher"]), FederalNotice.objects.latest("pk")
    page.goto(f"{site}{reverse('notice', args=[notice.pk])}")
    page.locator("[name=in_ace_on]").fill(notice.published_on.isoformat())
    page.get_by_role("button", name="Enter").first.click()
    page.wait_for_load_state()
    notice.refresh_from_db()
    assert notice.in_ace_on == notice.published_on
