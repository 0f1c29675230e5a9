"""Signing in with a real browser: a passkey made and used, and the account pages are accessible."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import User
from tests.factories.people import PASSWORD


def local(live_server: Any) -> str:
    """Return the server's address under the name localhost: browsers make no passkey for a number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


def key_in_hand(page: Page) -> None:
    """Put a virtual authenticator into the browser, with a person who touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def type_in(page: Page, base: str, user: User) -> None:
    """Sign in with e-mail address and password."""
    page.goto(f"{base}{reverse('account_login')}")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    """Give the password once more."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def test_staff_enrol_a_passkey_and_sign_in_with_it_alone(
    page: Page, live_server: Any, reviewer1: User, settings: Any, assert_accessible: Callable[[Page], None]
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    base = local(live_server)
    key_in_hand(page)
    type_in(page, base, reviewer1)
    expect(page.get_by_role("heading", name="Second factor and passkeys")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert_accessible(page)
    page.locator("label[for=id_passwordless]").click()
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{base}/review/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url == f"{base}/review/"

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}{reverse('account_login')}?next=/review/")
    assert_accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{base}/review/")
    expect(page.get_by_role("link", name=reviewer1.full_name)).to_be_visible()


def test_a_security_key_is_the_second_factor_beside_the_password(
    page: Page, live_server: Any, importer: User, assert_accessible: Callable[[Page], None]
) -> None:
    base = local(live_server)
    key_in_hand(page)
    type_in(page, base, importer)
    page.goto(f"{base}{reverse('mfa_add_webauthn')}")
    confirm(page)
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    type_in(page, base, importer)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.get_by_role("heading", name="My petitions")).to_be_visible()


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
        "tokens",
        "own-watches",
        "socialaccount_connections",
        "account_reauthenticate",
    ],
)
def test_an_account_page_is_accessible(
    page: Page, live_server: Any, importer: User, name: str, assert_accessible: Callable[[Page], None]
) -> None:
    base = local(live_server)
    type_in(page, base, importer)
    expect(page.get_by_role("heading", name="My petitions")).to_be_visible()
    page.goto(f"{base}{reverse('account_reauthenticate')}")
    confirm(page)
    page.goto(f"{base}{reverse(name)}")
    expect(page.locator("h1")).to_be_visible()
    assert_accessible(page)


def test_the_pages_of_someone_with_an_authenticator_app_are_accessible(
    page: Page, live_server: Any, importer: User, assert_accessible: Callable[[Page], None]
) -> None:
    base = local(live_server)
    type_in(page, base, importer)
    expect(page.get_by_role("heading", name="My petitions")).to_be_visible()
    page.goto(f"{base}{reverse('account_reauthenticate')}")
    confirm(page)
    TOTP.activate(importer, generate_totp_secret())
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"):
        page.goto(f"{base}{reverse(name)}")
        expect(page.locator("h1")).to_be_visible()
        assert_accessible(page)
