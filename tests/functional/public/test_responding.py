"""Responding with a confidential file in Chromium: what is forgotten is said and can be mended on the page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, Response, User
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS, petition_answers
from tests.factories.facts import make_lines, make_round

PLAN = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Two lines run at night.\n"}
SUMMARY = "How many lines run, and when."


@pytest.fixture
def posted(transactional_db: None, importer: User, intake: User, meadowlark: Organization) -> Petition:
    """Return a petition that takes responses today."""
    make_lines()
    now = timezone.now()
    round = make_round(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=20))
    draft = petitions.start(round=round, organization=meadowlark, by=importer, at=now, answers=petition_answers())
    filed = petitions.submit(draft, by=importer, at=now, certified=CERTIFIED)
    return transitions.take(filed, "post", by=intake, at=timezone.now(), data={"screened": True})


def asked(page: Page, key: str) -> Locator:
    """The question with all that belongs to it."""
    return page.locator(f'[data-asked="{key}"]')


def answer(page: Page) -> None:
    """Fill in everything as the maker in Georgia does, the certifications left out."""
    for key, value in RESPONSE_ANSWERS.items():
        question = asked(page, key)
        if key.startswith("certify"):
            continue
        if question.locator("input[type=radio]").count():
            question.locator(f'label[for="{question.locator(f"input[value={value}]").get_attribute("id")}"]').click()
        elif question.locator("select").count():
            question.locator("select").select_option(value)
        else:
            question.locator("input, textarea").first.fill(value)


def tick(page: Page, key: str) -> None:
    """Tick a certification."""
    asked(page, key).locator("label").click()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_forgotten_beside_a_confidential_file_is_said_and_mended(
    posted: Petition,
    page: Page,
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    script: bool,
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto(f"{live_server.url}/docket/{posted.reference}/respond/")
    answer(page)
    hidden = ("confidential_documents_summary", "confidential_documents_ground", "certify_confidential")
    for key in hidden:
        expect(asked(page, key)).to_be_visible(visible=not script)
    page.locator("#id_confidential_documents").set_input_files(PLAN)  # type: ignore[arg-type]
    page.locator("#id_confidential_documents_summary").fill(SUMMARY)
    tick(page, "certify_complete")
    page.get_by_role("button", name="Send response").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("We did not receive your response")
    expect(summary).to_contain_text("Why “Confidential documents” is confidential")
    expect(summary).to_contain_text("I certify that the information given as confidential")
    expect(summary).to_contain_text("Choose “plan.txt” again")
    for key in hidden:
        expect(asked(page, key)).to_be_visible()
    expect(page.locator("#id_confidential_documents_summary")).to_have_value(SUMMARY)
    if script:
        expect(summary).to_be_focused()
        assert_accessible(page)
    asked(page, "confidential_documents_ground").get_by_text("trade secret").click()
    for key in hidden:
        expect(asked(page, key)).to_be_visible()
    tick(page, "certify_confidential")
    page.get_by_role("button", name="Send response").click()
    expect(page.get_by_role("alert")).to_contain_text("“plan.txt” did not come this time")
    page.locator("#id_confidential_documents").set_input_files(PLAN)  # type: ignore[arg-type]
    page.get_by_role("button", name="Send response").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("confirm by e-mail")
    assert Response.objects.get().documents.get().file_name == "plan.txt"
