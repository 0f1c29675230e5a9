"""A decision that departs from the committee says why in its letter; a notice entered in error is taken back by two."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.gateways.documents.object_store import open_file
from exclusions.models import ExclusionTerm, FederalNotice, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.functional.casework.hand import unfold
from tests.pdf_text import pdf_text

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
HARM = "The harm to the requester outweighs the source in Ohio."
SHORT = "The source in Ohio delivers in a year at best."
WRONG = "The citation is that of another notice."


def test_a_departure_is_asked_for_and_stands_in_the_letter(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Check,
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.LEGAL], "clear_for_denial")
    page = sign_in(cast["signatory"])
    page.goto(f"{live_server.url}{reverse('sign-case', args=[trip.petition.reference])}")
    expect(page.get_by_text("The Office of General Counsel concluded for a denial.")).to_be_visible()
    assert_accessible(page)
    unfold(page, "deny-rationale")
    deny = page.locator("form", has=page.locator("[name=deny-rationale]"))
    deny.locator("label", has_text="DR1:").click()
    deny.locator("[name=deny-rationale]").fill("No.")
    deny.get_by_role("button", name="Sign denial").click()
    expect(page.get_by_text("This reason is too short.").first).to_be_visible()
    deny.locator("[name=deny-rationale]").fill("A domestic source exists.")
    deny.get_by_role("button", name="Sign denial").click()
    expect(page.get_by_text("Nothing is signed yet.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("[name=deny-rationale]")).to_have_value("A domestic source exists.")
    unfold(page, "reason")
    page.get_by_role("button", name="Return to legal").scroll_into_view_if_needed()

    grant = journey("deny")
    grant.take(*PATHS[Status.LEGAL], "clear_for_drafting", "send_to_customs", "clear_text", "assess")
    page.goto(f"{live_server.url}{reverse('sign-case', args=[grant.petition.reference])}")
    unfold(page, "grant-rationale")
    page.locator("[name=grant-rationale]").fill(HARM)
    page.locator("[name=grant-adverse]").fill(SHORT)
    page.get_by_role("button", name="Sign grant", exact=True).click()
    expect(page.get_by_text("Granted against adverse findings on: Availability outside China")).to_be_visible()
    page.get_by_role("button", name="Sign grant: no contact outside the log").click()
    expect(page.get_by_text("The letter is issued.")).to_be_visible()
    with open_file(grant.petition.letters.get(kind="grant").storage_key) as file:
        letter = pdf_text(file.read())
    for words in (
        HARM,
        SHORT,
        "The Office of General Counsel departs from level 2",
        "Granted against adverse findings",
    ):
        assert words in letter
    page.goto(f"{live_server.url}{reverse('docket-petition', args=[grant.petition.reference])}")
    expect(page.get_by_role("heading", name="Granted against adverse findings")).to_be_visible()
    assert_accessible(page)


def test_a_notice_is_seen_published_and_taken_back(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    assert_accessible: Check,
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.GRANTED])
    page = sign_in(cast["publisher"])
    page.goto(f"{live_server.url}{reverse('notices')}")
    page.locator(f"label[for={page.locator('[name=cases]').get_attribute('id')}]").click()
    page.locator("[name=citation]").fill("84 FR 99999")
    page.locator("[name=published_on]").fill(trip.at.date().isoformat())
    page.get_by_role("button", name="See what the notice changes").click()
    expect(page.get_by_text("Nothing is published yet.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Publish the notice").click()
    expect(page.get_by_text("Published: 1 case under")).to_be_visible()
    page.get_by_role("link", name="FR 99999").click()
    assert_accessible(page)
    page.locator("[name=reason]").fill(WRONG)
    page.get_by_role("button", name="Propose to take it back").click()
    expect(page.get_by_text("A second person must confirm it")).to_be_visible()

    page = sign_in(cast["signatory"])
    page.goto(live_server.url)
    page.get_by_role("link", name="To confirm").click()
    page.get_by_role("link", name="Take ").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Take ")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('notice', args=[FederalNotice.objects.get().pk])}")
    expect(page.get_by_text("This notice was taken back already")).to_be_visible()
    assert_accessible(page)
    assert [term.status for term in ExclusionTerm.versions.order_by("pk")] == ["pending", "published", "pending"]
    exclusion = trip.petition.decision.exclusion
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{reverse('exclusion', args=[exclusion.reference])}")
    expect(page.get_by_text("was entered in error, and taken back on the day of its entry").first).to_be_visible()
    assert_accessible(page)
