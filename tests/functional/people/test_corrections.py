"""A published text that was wrong: the publisher proposes another, counsel confirms it, everybody reads that it was."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Exclusion, Petition, User
from exclusions.workflow.states import Status
from tests.factories.petitions import TEXT

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
RIGHT = TEXT.replace("polished on one face", "polished on both faces")


def test_publisher_and_counsel_correct_a_published_text(
    live_server: Any,
    sign_in: SignIn,
    petition_in: Callable[[Status], Petition],
    cast: dict[str, User],
    assert_accessible: Check,
) -> None:
    petition = petition_in(Status.PUBLISHED)
    letter = petition.letters.get(kind="grant")
    public = reverse("exclusion", args=[Exclusion.objects.get().reference])
    page = sign_in(cast["publisher"])
    page.goto(f"{live_server.url}{public}")
    page.get_by_role("link", name="Correct it").click()
    assert_accessible(page)
    page.get_by_role("link", name="Correct this wording").click()
    page.get_by_label("Wording").fill("Slabs.")
    page.get_by_label("What was wrong").fill("The annex of the notice says both faces.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("names no statistical number").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Wording").fill(RIGHT)
    page.get_by_label("Federal Register citation").fill("84 FR 43304")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)

    page = sign_in(cast["legal"])
    page.goto(live_server.url)
    page.get_by_role("link", name="To confirm").click()
    page.get_by_role("link", name="Correct L3-").click()
    expect(page.get_by_text("polished on one face").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Correct L3-")).to_be_visible()
    again = petition.letters.get(supersedes=letter)
    assert any("a new version of a letter was issued" in message.subject for message in mail.outbox)

    page.goto(f"{live_server.url}{public}")
    expect(page.get_by_role("blockquote")).to_have_text(RIGHT)
    expect(page.get_by_text("Corrected by Pat Publisher, for the agency.")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server.url}{reverse('verify-letter', args=[letter.code])}")
    expect(page.get_by_role("heading", name="and replaced it")).to_be_visible()
    page.get_by_role("link", name=again.code).click()
    expect(page.get_by_text("It replaces letter")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{public}")
    assert_accessible(page)
