"""Agency sign-on at a real OpenID Connect provider, which runs on loopback for the test."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Event, User
from tests.factories.people import make_person
from tests.waiting import answers, end, eventually, free_port


def claims(sub: str, email: str, *, verified: bool) -> str:
    """Return somebody whom the provider knows, as its command line takes it."""
    return json.dumps({"sub": sub, "email": email, "email_verified": verified, "name": sub})


PEOPLE = (
    claims("remy", "remy.reviewer@example.test", verified=True),
    claims("shouting-remy", "Remy.Reviewer@Example.Test", verified=True),
    claims("pretender", "remy.reviewer@example.test", verified=False),
    claims("ada", "ada.importer@example.test", verified=True),
    claims("stranger", "stranger@example.test", verified=True),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Run the provider as a process of its own; return its issuer."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    known = [part for person in PEOPLE for part in ("--user-claims", person)]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *known]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        known_at = f"{issuer}/.well-known/openid-configuration"
        eventually(lambda: answers(known_at), "the provider answers", of=process)
        yield issuer
    finally:
        end(process)


@pytest.fixture
def agency(provider: str, settings: Any) -> str:
    """Offer agency sign-on at the provider, as OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET do."""
    providers = {"openid_connect": dict(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"])}
    providers["openid_connect"]["APPS"] = [
        {
            "provider_id": "agency",
            "name": "Agency sign-on",
            "client_id": "tradecases",
            "secret": "a secret of this test",
            "settings": {"server_url": provider},
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = providers
    policy = {"DIRECTIVES": dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])}
    policy["DIRECTIVES"]["form-action"] = ["'self'", provider]
    settings.CONTENT_SECURITY_POLICY = policy
    return provider


def sign_on(page: Page, base: str, sub: str, agency: str) -> None:
    """Press the button, and be that person at the provider."""
    page.goto(f"{base}{reverse('account_login')}?next=/review/")
    page.get_by_role("button", name="Agency sign-on").click()
    page.wait_for_url(f"{agency}/**")
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("sub", ["remy", "shouting-remy"])
def test_staff_sign_on_with_their_verified_address(
    page: Page, live_server: Any, agency: str, reviewer1: User, sub: str
) -> None:
    sign_on(page, live_server.url, sub, agency)
    expect(page.get_by_role("link", name=reviewer1.full_name)).to_be_visible()
    assert SocialAccount.objects.get().user == reviewer1
    linked = Event.objects.filter(subject=f"user:{reviewer1.pk}", kind="link_agency_sign_on")
    assert linked.count() == 1
    page.get_by_role("button", name="Sign out").click()
    sign_on(page, live_server.url, sub, agency)
    expect(page.get_by_role("link", name=reviewer1.full_name)).to_be_visible()
    assert linked.count() == 1, "linked once"


@pytest.mark.parametrize(
    ("sub", "says"),
    [
        ("pretender", "did not confirm your e-mail address"),
        ("ada", "No staff account has the address"),
        ("stranger", "No staff account has the address"),
    ],
)
def test_nobody_else_gets_in(
    page: Page, live_server: Any, agency: str, reviewer1: User, importer: User, sub: str, says: str
) -> None:
    people = User.objects.count()
    sign_on(page, live_server.url, sub, agency)
    expect(page.get_by_text(says)).to_be_visible()
    assert page.get_by_role("button", name="Sign out").count() == 0
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == people


def test_somebody_who_left_the_agency_is_refused(page: Page, live_server: Any, agency: str, reviewer1: User) -> None:
    sign_on(page, live_server.url, "remy", agency)
    expect(page.get_by_role("link", name=reviewer1.full_name)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    User.objects.filter(pk=reviewer1.pk).update(role="")
    sign_on(page, live_server.url, "remy", agency)
    expect(page.get_by_text("This is not a staff account")).to_be_visible()


def test_refusing_at_the_provider_signs_nobody_in(page: Page, live_server: Any, agency: str, reviewer1: User) -> None:
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_role("button", name="Agency sign-on").click()
    page.wait_for_url(f"{agency}/**")
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("we did not sign you in")).to_be_visible()
    assert page.get_by_role("button", name="Sign out").count() == 0


def test_the_button_is_there_only_where_sign_on_is_set_up(page: Page, live_server: Any, db: None) -> None:
    make_person("Some Body")
    page.goto(f"{live_server.url}{reverse('account_login')}")
    assert page.get_by_role("button", name="Agency sign-on").count() == 0
