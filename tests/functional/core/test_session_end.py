"""The end of a session: a warning first, and nothing that was typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, Round, User
from tests.conftest import Clock
from tests.factories.facts import make_round
from tests.factories.people import PASSWORD

YEAR = timedelta(days=365)
WARNED_BEFORE = timedelta(minutes=5)


@pytest.fixture
def draft(importer: User, meadowlark: Organization) -> Petition:
    """Return a draft in a round that is open on the day the tests run."""
    now = timezone.now()
    round: Round = make_round("demo")
    Round.objects.filter(pk=round.pk).update(opens_at=now - YEAR, closes_at=now + YEAR)
    round.refresh_from_db()
    return petitions.start(round=round, organization=meadowlark, by=importer, at=now)


def type_in(page: Page, user: User) -> None:
    """Sign in on the page that is open."""
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def pass_time(page: Page, clock: Clock, span: timedelta) -> None:
    """Let time pass at once, for the server and in the page, whose timers that are due by then go off."""
    clock.shift(seconds=span.total_seconds())
    page.clock.fast_forward(span // timedelta(milliseconds=1))


def test_a_warning_comes_first_and_one_press_keeps_the_session(
    page: Page,
    live_server: Any,
    importer: User,
    settings: Any,
    clock: Clock,
    assert_accessible: Callable[[Page], None],
) -> None:
    whole = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    page.clock.install()
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('petitions')}")
    type_in(page, importer)
    expect(page.get_by_role("heading", name="My petitions")).to_be_visible()
    page.wait_for_load_state()  # its timers run
    warning = page.get_by_role("alert")
    expect(warning).to_be_hidden()
    pass_time(page, clock, whole - WARNED_BEFORE)
    expect(warning).to_contain_text("You will be signed out in about 5 minutes")
    assert_accessible(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    pass_time(page, clock, whole - 2 * WARNED_BEFORE)
    page.reload()
    expect(page.get_by_role("heading", name="My petitions")).to_be_visible()


def test_typed_answers_survive_the_end_of_the_session(
    page: Page, live_server: Any, importer: User, draft: Petition
) -> None:
    step = f"{live_server.url}{reverse('petition-step', args=[draft.pk, 'product'])}"
    page.goto(
        f"{live_server.url}{reverse('account_login')}?next={reverse('petition-step', args=[draft.pk, 'product'])}"
    )
    type_in(page, importer)
    page.wait_for_url(step)
    Session.objects.all().delete()
    page.locator("#id_product_name").fill("Typed after the end")
    expect(page.get_by_role("alert").first).to_contain_text("Your session has ended")
    stored = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "Typed after" not in stored, "what may be confidential is kept in the page alone"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (new tab)").click()
    tab = opened.value
    type_in(tab, importer)
    expect(tab.get_by_role("heading", name="You are signed in")).to_be_visible()
    tab.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-save-status]")).to_contain_text(" ET.")
    assert draft.versions.get().answers["product_name"] == "Typed after the end"


def test_without_scripts_the_form_is_held_and_sent_again(
    new_context: Callable[..., BrowserContext], live_server: Any, importer: User, draft: Petition
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    path = reverse("petition-step", args=[draft.pk, "product"])
    page.goto(f"{live_server.url}{reverse('account_login')}?next={path}")
    type_in(page, importer)
    page.locator("#id_product_name").fill("Typed without scripts")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (new tab)").click()
    type_in(opened.value, importer)
    expect(opened.value.get_by_role("heading", name="You are signed in")).to_be_visible()
    # Signing in changed the token, so the page comes once more with the new one.
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="Send what I typed").click()
    page.wait_for_url(f"**{path}*")
    expect(page.locator("#id_product_name")).to_have_value("Typed without scripts")
    assert draft.versions.get().answers["product_name"] == "Typed without scripts"
