"""A firm whose client takes its leave back while it types, in Chromium: refused with the reason, nothing is lost."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.actions.filing import petitions
from exclusions.actions.people import authorizations
from exclusions.models import Authorization, Organization, Round, User
from tests.factories.answers import filer_answers
from tests.functional.importer.test_filing import open_round

__all__ = ["open_round"]
TYPED = "Slabs of quartz whose description took an hour to write."


def test_what_a_firm_typed_comes_back_when_its_leave_is_revoked_in_mid_sentence(
    open_round: Round,
    importer: User,
    filer: User,
    meadowlark: Organization,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    draft = petitions.start(
        round=open_round,
        organization=meadowlark,
        filer_organization=firm,
        by=filer,
        at=timezone.now(),
        answers=filer_answers(),
    )
    page = sign_in(filer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    authorizations.revoke(Authorization.objects.get(filer=firm), by=importer, at=timezone.now())
    page.get_by_label("Product name").fill(TYPED)
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("authorization")
    assert TYPED in page.content()
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert_accessible(page)
    draft.refresh_from_db()
    assert draft.product_name != TYPED
