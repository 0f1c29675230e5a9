"""Two levels judge one case apart: the second sees what the first found once its own view is on record."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import OwnView, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
FOUND = "Nobody outside China answered the inquiries."


def test_level_2_judges_before_it_reads_level_1(
    live_server: Any, sign_in: SignIn, journey: Callable[..., Journey], cast: dict[str, User], assert_accessible: Check
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.LEVEL1])
    site, reference = live_server.url, trip.petition.reference

    page = sign_in(cast["admin"])
    page.goto(f"{site}{reverse('staff-round-sample', args=[trip.petition.round.slug])}")
    assert_accessible(page)
    page.get_by_label("Share of cases, in percent").fill("100")
    page.get_by_role("button", name="Set the share").click()
    expect(page.get_by_text("100 percent of the cases are drawn from now on.")).to_be_visible()

    trip.take("recommend")
    page = sign_in(cast["reviewer2"])
    page.goto(f"{site}{reverse('case', args=[reference])}")
    expect(page.get_by_role("heading", name="Your own view")).to_be_visible()
    expect(page.get_by_text("As the public record shows")).to_have_count(0)
    expect(page.locator("input:checked")).to_have_count(0)
    assert_accessible(page)
    for tab in ("case-evidence", "case-events"):
        page.goto(f"{site}{reverse(tab, args=[reference])}")
        expect(page.get_by_text("Record your own view first")).to_be_visible()

    page.goto(f"{site}{reverse('case', args=[reference])}")
    page.get_by_role("button", name="Record my own view").click()
    expect(page.get_by_text("Outcome: choose grant, grant in part or deny.").first).to_be_visible()
    assert_accessible(page)
    for key in trip.petition.round.criteria:
        page.locator(f"label[for=id_{key}_0]").click()
    page.locator("label[for=id_outcome_0]").click()
    page.get_by_role("button", name="Record my own view").click()
    expect(page.get_by_text("You can now read what level 1 found.")).to_be_visible()
    expect(page.get_by_text("As the public record shows").first).to_be_visible()
    assert OwnView.objects.count() == len(trip.petition.round.criteria) + 1

    page = sign_in(cast["auditor"])
    page.goto(f"{site}{reverse('review-agreement')}")
    expect(page.get_by_text("1 drawn, 0 not drawn.")).to_be_visible()
    expect(page.get_by_text("Too few to show").first).to_be_visible()
    assert_accessible(page)
