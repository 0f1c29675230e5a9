"""A petition returned for correction, in Chromium: by the clerk, by its filer beside the fields, and by time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.actions.clock import run_clock
from exclusions.actions.filing import petitions
from exclusions.models import Petition, User
from exclusions.workflow.deadlines import eastern_date
from tests.factories.answers import CERTIFIED
from tests.functional.certifying import certify
from tests.functional.importer.test_grounds import draft

__all__ = ["draft"]
REMEDY = "It names a supplier; take the name out of the description."
CORRECTED = "Slabs of agglomerated quartz, polished on one face, for kitchens and baths."


@pytest.fixture
def filed(draft: Petition, importer: User) -> Petition:
    """Return a petition that waits for the clerk."""
    return petitions.submit(draft, by=importer, at=timezone.now(), certified=CERTIFIED)


def returned(petition: Petition, page: Page, at: str) -> None:
    """Return the petition as the clerk does, for one question."""
    page.goto(f"{at}/review/{petition.reference}/")
    page.get_by_role("link", name="Return for correction").click()
    page.locator("#id_question_1").select_option("product_description")
    page.locator("#id_remedy_1").fill(REMEDY)
    day = eastern_date(timezone.now()) + timedelta(days=10)
    page.get_by_label("Last day to correct").fill(day.isoformat())
    page.get_by_role("button", name="Return for correction").click()
    expect(page.locator("main")).to_contain_text("Returned for correction")


def test_the_filer_corrects_beside_the_reason_and_the_clerk_reads_what_changed(
    filed: Petition,
    importer: User,
    intake: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = sign_in(intake)
    returned(filed, page, live_server.url)
    page.goto(f"{live_server.url}/review/returned/")
    expect(page.locator("main")).to_contain_text(str(filed.reference))
    assert_accessible(page)

    sign_in(importer)
    page.goto(f"{live_server.url}/petitions/")
    expect(page.get_by_role("region", name="What to do next")).to_contain_text("Correct and resubmit by")
    page.get_by_role("region", name="What to do next").get_by_role("link").first.click()
    page.get_by_role("link", name="Correct and resubmit").click()
    expect(page.locator("main")).to_contain_text(REMEDY)
    assert_accessible(page)
    page.get_by_role("region", name="What the agency asks you to correct").get_by_role("link").click()
    expect(page.locator('[data-question="product_description"]')).to_contain_text(REMEDY)
    page.locator("#id_product_description").fill(CORRECTED)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"{live_server.url}/petitions/{filed.pk}/check/")
    expect(page.locator("main")).to_contain_text("Changed")
    page.get_by_role("link", name="Continue to certify").click()
    certify(page)

    sign_in(intake)
    page.goto(f"{live_server.url}/review/{filed.reference}/post/")
    expect(page.get_by_role("region", name="Submitted again after a return")).to_contain_text(CORRECTED)
    assert_accessible(page)


def test_what_is_not_corrected_by_the_last_day_lapses(
    filed: Petition, importer: User, intake: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(intake)
    returned(filed, page, live_server.url)
    filed.refresh_from_db()
    assert filed.cure_closes_at
    assert run_clock(at=filed.cure_closes_at + timedelta(seconds=1)).lapsed == [filed.reference]
    sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{filed.pk}/")
    expect(page.locator("main")).to_contain_text("Lapsed, not corrected in time")
    expect(page.get_by_role("link", name="Lapsed, not corrected in time letter (PDF)")).to_be_visible()
    expect(page.get_by_role("link", name="Correct and resubmit")).to_have_count(0)
