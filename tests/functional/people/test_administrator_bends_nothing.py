"""An administrator with every permission before a decided case, a live round and his own role, in Chromium.

Each way ends at a page without a button for it, at a refusal, or at an event that the auditor reads. The doors behind
the pages are tried one by one, by POST, in tests/integration/people/test_every_admin_door.py and test_frozen_rounds.py.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Decision, ExclusionTerm, ExclusionText, Letter, Round, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

SignIn = Callable[[User], Page]


@pytest.fixture
def published(transactional_db: None, journey: Callable[..., Journey]) -> Journey:
    """Return the journey of a petition whose grant was published."""
    trip = journey()
    trip.take(*PATHS[Status.PUBLISHED])
    return trip


def row(model: type[models.Model]) -> dict[str, Any]:
    """Return the one row there is, by column."""
    return model._default_manager.values().get()


def test_nothing_of_a_decided_case_can_be_changed(
    published: Journey, admin: User, auditor: User, live_server: Any, sign_in: SignIn
) -> None:
    page, kept = sign_in(admin), {model: row(model) for model in (Decision, ExclusionText, ExclusionTerm)}
    letters = list(Letter.objects.order_by("pk").values())
    exclusion = Decision.objects.get().exclusion
    case = published.petition
    for name, key in (("petition", case.pk), ("exclusion", exclusion.pk if exclusion else 0)):
        page.goto(f"{live_server.url}{reverse(f'admin:exclusions_{name}_change', args=[key])}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        expect(page.get_by_role("link", name="Delete", exact=True)).to_have_count(0)
    for address in (reverse("case", args=[case.reference]), f"/sign/{case.reference}/"):
        answer = page.goto(f"{live_server.url}{address}")
        assert answer
        assert answer.status in (403, 404)
    assert {model: row(model) for model in kept} == kept
    assert list(Letter.objects.order_by("pk").values()) == letters


def test_the_criteria_of_a_live_round_stay_those_of_the_cases_filed_under_them(
    published: Journey, admin: User, auditor: User, live_server: Any, sign_in: SignIn
) -> None:
    page = sign_in(admin)
    round_ = published.petition.round
    page.goto(f"{live_server.url}{reverse('admin:exclusions_round_change', args=[round_.pk])}")
    page.locator("input[name=criteria]:checked").first.uncheck()
    page.locator("[name=reason]").fill("The notice was amended by another one of July.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row", name=round_.title)).to_be_visible()
    page = sign_in(auditor)
    page.goto(f"{live_server.url}{reverse('staff-events')}")
    expect(page.locator("main")).to_contain_text(str(admin))
    case = published.petition
    case.refresh_from_db()
    # Later filings get the next version; whatever is said of this case is said by its own.
    assert Round.objects.get(pk=case.round_id).criteria == round_.criteria


def test_ones_own_role_is_changed_by_nobody_alone(
    published: Journey, admin: User, live_server: Any, sign_in: SignIn
) -> None:
    page = sign_in(admin)
    page.goto(f"{live_server.url}{reverse('admin:exclusions_user_change', args=[admin.pk])}")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.goto(f"{live_server.url}{reverse('staff-account', args=[admin.pk])}")
    expect(page.locator("main")).to_contain_text(admin.full_name)
    expect(page.get_by_label("New role")).to_have_count(0)
    admin.refresh_from_db()
    assert admin.role == "admin"
