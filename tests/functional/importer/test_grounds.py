"""The ground and the public summary of a confidential file, in Chromium: on a draft, with and without a script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, User
from tests.factories.answers import petition_answers
from tests.factories.facts import make_lines, make_round

PLAN = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Two lines run at night.\n"}
PARTS = ("confidential_documents_ground", "confidential_documents_summary")


@pytest.fixture
def draft(transactional_db: None, importer: User, meadowlark: Organization) -> Petition:
    """Return a draft with every answer given, and no file."""
    make_lines()
    now = timezone.now()
    round = make_round(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=20))
    return petitions.start(round=round, organization=meadowlark, by=importer, at=now, answers=petition_answers())


@pytest.mark.parametrize("script", [True, False])
def test_a_confidential_file_is_completed_on_the_page_that_took_it(
    draft: Petition,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    new_context: Callable[..., BrowserContext],
    script: bool,
) -> None:
    state = sign_in(importer).context.storage_state()
    page = new_context(java_script_enabled=script, storage_state=state).new_page()
    page.goto(f"{live_server.url}/petitions/{draft.pk}/harm/")
    parts = [page.locator(f'[data-question="{part}"]') for part in PARTS]
    for part in parts:
        expect(part).to_be_visible(visible=not script)
    page.locator("#id_confidential_documents").set_input_files(PLAN)  # type: ignore[arg-type]
    for part in parts:
        expect(part).to_be_visible()
    page.locator('button[value="upload:confidential_documents"]').click()
    expect(page.get_by_role("link", name="plan.txt")).to_be_visible()
    for part in parts:
        expect(part).to_be_visible()
    page.goto(f"{live_server.url}/petitions/{draft.pk}/check/")
    to_correct = page.get_by_role("region", name="to correct before you can submit")
    to_correct.get_by_role("link", name="Public summary of the confidential documents").click()
    expect(page.locator("#id_confidential_documents_summary")).to_be_visible()
    page.locator("#id_confidential_documents_summary").fill("How many lines run, and when.")
    page.locator('[data-question="confidential_documents_ground"]').get_by_text("trade secret").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check answers")
    expect(page.locator("main")).not_to_contain_text("has no answer")
    page.goto(f"{live_server.url}/petitions/{draft.pk}/harm/")
    page.get_by_role("button", name="Remove plan.txt").click()
    for part in parts:
        expect(part).to_be_visible(visible=not script)
