"""From a response with a confidential file to a reply of which a sentence has to be taken down and corrected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.files import Upload
from exclusions.actions.review.screenings import let_through
from exclusions.models import AccessLog, Petition, Response, Screening, User
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.world import token_of
from tests.functional.public.test_responding import posted

__all__ = ["posted"]

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]

PLAN = b"Two lines run at night.\n"
SUMMARY = "How many lines run, and when."
CONFIDENTIAL = {
    "confidential_documents_ground": "trade_secret",
    "confidential_documents_summary": SUMMARY,
    "certify_confidential": "yes",
}
WRONG = "Their slabs are no substitute; we resell ours at 31 dollars."
CORRECTED = "Their slabs are no substitute."


def give(petition: Petition, answers: dict[str, Any], **files: list[Upload]) -> Response:
    """Respond as the maker in Georgia, and confirm it by the link."""
    assert petition.reference
    at = timezone.now()
    given = respond(reference=petition.reference, answers=answers, uploads=files, by=None, at=at)
    return confirm_response(token=token_of(given), at=at)


def test_intake_opens_the_confidential_file_of_a_response_before_posting_it(
    posted: Petition, intake: User, live_server: Any, sign_in: SignIn, assert_accessible: Check
) -> None:
    files = [Upload("plan.txt", PLAN)]
    given = give(posted, {**RESPONSE_ANSWERS, **CONFIDENTIAL}, confidential_documents=files)
    page = sign_in(intake)
    page.goto(f"{live_server.url}/review/responses/")
    assert_accessible(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name="plan.txt").click()
    assert Path(begun.value.path()).read_bytes() == PLAN
    assert AccessLog.objects.filter(by=intake, what=f"document {given.documents.get().pk}").exists()

    page.get_by_role("button", name="Do not post").click()
    reason = page.get_by_label("Reason, if it is not posted")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description("Give the reason. It goes on record and to the responder.")
    assert_accessible(page)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("No response waits to be posted")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/docket/{posted.reference}/")
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    expect(page.get_by_text("plan.txt")).to_have_count(0)


def test_a_reply_is_taken_down_and_a_corrected_text_stands_in_its_place(
    posted: Petition,
    importer: User,
    intake: User,
    live_server: Any,
    sign_in: SignIn,
    assert_accessible: Check,
) -> None:
    response = post_response(give(posted, RESPONSE_ANSWERS), by=intake, at=timezone.now())
    reply(response, answers={"text": WRONG, "certify_complete": "yes"}, by=importer, at=timezone.now())
    let_through(Screening.objects.get(), by=intake, at=timezone.now())
    docket = f"{live_server.url}/docket/{posted.reference}/"

    page = sign_in(intake)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(docket)
    expect(page.get_by_text(WRONG)).to_be_visible()
    page.goto(f"{live_server.url}/review/{posted.reference}/evidence/")
    page.locator("summary").filter(has_text="Granite Coast Surfaces").first.click()
    page.get_by_role("link", name="Take down this response").click()
    page.get_by_label("What should be taken down?").select_option(f"reply-answer:{response.reference}:text")
    page.get_by_label("What may the public read about it?").select_option("confidential")
    page.get_by_label("Why?").fill("A price slipped in.")
    page.get_by_role("button", name="Take it down now").click()
    expect(page.get_by_text("We removed it from every public page, file and feed.")).to_be_visible()
    assert_accessible(page)
    page.goto(docket)
    expect(page.get_by_text(WRONG)).to_have_count(0)
    expect(page.get_by_text("it held business confidential information.").first).to_be_visible()
    assert_accessible(page)

    page.goto(f"{live_server.url}/review/{posted.reference}/quarantine/")
    page.get_by_role("link", name="Publish a corrected text").click()
    expect(page.get_by_text(WRONG)).to_be_visible()
    page.get_by_label("Corrected text").fill(CORRECTED)
    page.get_by_role("button", name="Publish the corrected text").click()
    expect(page.get_by_text("The corrected text is public.")).to_be_visible()
    expect(page.get_by_role("link", name="Change the corrected text")).to_be_visible()
    page.goto(docket)
    expect(page.get_by_text(CORRECTED, exact=True)).to_be_visible()
    expect(page.get_by_text(WRONG)).to_have_count(0)
    expect(page.get_by_text("(corrected on ")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
