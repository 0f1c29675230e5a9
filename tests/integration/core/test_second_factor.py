"""Signing in: second factors, lock-out, sessions that end. The browser's part: tests/functional/test_sign_in.py."""

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from exclusions.models import User
from tests.factories.people import PASSWORD

# The clock stands still: the code of an authenticator app is good for half a minute, however busy the machine is.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def strict(settings: Any) -> None:
    """Ask staff for a second factor, as production does."""
    settings.STAFF_SECOND_FACTOR = True


def sign_in(user: User, **more: Any) -> tuple[Client, Any]:
    """Sign in by the form; return the client and the answer."""
    client = Client(**more)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client, answer


def with_app(user: User) -> str:
    """Give a person an authenticator app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str) -> str:
    """Return the code that the app shows now."""
    return str(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))).zfill(6)


def test_staff_are_led_to_a_second_factor_before_any_page(strict: None, reviewer1: User) -> None:
    client, answer = sign_in(reviewer1)
    assert answer.status_code == 302
    for path in ("/review/", "/docket/", "/"):
        assert client.get(path)["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Set up an authenticator app or a passkey here" in page


def test_a_script_of_staff_without_a_second_factor_is_refused(strict: None, reviewer1: User) -> None:
    client, _ = sign_in(reviewer1)
    answer = client.post("/api/v1/refunds/", {"lines": []}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert client.get("/api/v1/rounds/").status_code == 200, "of what all share nobody is asked who they are"
    assert client.post("/petitions/new/").status_code == 403


def test_administrators_without_a_role_need_one_too(strict: None, nobody: User) -> None:
    User.objects.filter(pk=nobody.pk).update(is_staff=True)
    client, _ = sign_in(nobody)
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_importers_and_demonstrations_are_not_asked(
    strict: None, importer: User, reviewer1: User, settings: Any
) -> None:
    client, _ = sign_in(importer)
    assert client.get("/petitions/").status_code == 200
    settings.STAFF_SECOND_FACTOR = False
    client, _ = sign_in(reviewer1)
    assert client.get("/review/").status_code == 200


def test_enrolling_opens_the_pages_and_costs_no_statement_afterwards(
    strict: None, reviewer1: User, django_assert_max_num_queries: Any
) -> None:
    client, _ = sign_in(reviewer1)
    assert "/reauthenticate/" in client.get(reverse("mfa_activate_totp"))["Location"], "the password once more"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    assert client.get("/review/").status_code == 200
    with django_assert_max_num_queries(3) as context:  # session, person, and the digests that the page shows
        client.get("/verify/")
    assert not any("mfa_authenticator" in query["sql"] for query in context.captured_queries)


def test_the_secret_is_stored_encrypted(reviewer1: User) -> None:
    secret = with_app(reviewer1)
    stored = Authenticator.objects.get(user=reviewer1, type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_a_password_alone_no_longer_signs_in_and_a_code_works_once(strict: None, reviewer1: User) -> None:
    secret = with_app(reviewer1)
    client, answer = sign_in(reviewer1)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/review/")["Location"].startswith(reverse("account_login"))
    code = code_of(secret)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000" if code != "000000" else "1"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get("/review/").status_code == 200
    again, _ = sign_in(reviewer1)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200, "the same code twice"


def test_a_recovery_code_works_once(strict: None, reviewer1: User) -> None:
    with_app(reviewer1)
    recovery = Authenticator.objects.get(user=reviewer1, type="recovery_codes").wrap()
    code = recovery.get_unused_codes()[0]
    client, _ = sign_in(reviewer1)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get("/review/").status_code == 200
    again, _ = sign_in(reviewer1)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_staff_cannot_remove_their_last_second_factor(strict: None, reviewer1: User) -> None:
    secret = with_app(reviewer1)
    client, _ = sign_in(reviewer1)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "You cannot deactivate two-factor authentication" in answer.content.decode()
    assert Authenticator.objects.filter(user=reviewer1, type="totp").exists()


def test_the_sixth_wrong_password_locks_the_door_for_the_right_one_too(importer: User) -> None:
    client = Client()
    url = reverse("account_login")
    for _ in range(5):
        client.post(url, {"login": importer.email, "password": "wrong"})
    answer = client.post(url, {"login": importer.email, "password": PASSWORD})
    assert answer.status_code != 302
    assert "Too many failed login attempts" in answer.content.decode()


def test_the_error_does_not_tell_whether_there_is_an_account(importer: User) -> None:
    pages = []
    for email in (importer.email, "somebody.else@example.test"):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "wrong"})
        pages.append([str(error) for error in answer.context["form"].non_field_errors()])
    assert pages[0] == pages[1]


def test_a_changed_password_ends_a_stolen_session(importer: User) -> None:
    mine, _ = sign_in(importer)
    thief, _ = sign_in(importer, headers={"user-agent": "Thief/1.0"})
    assert thief.get("/petitions/").status_code == 200
    assert "Thief/1.0" in mine.get(reverse("usersessions_list")).content.decode()
    fresh = "another horse battery staple"
    form = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    assert mine.post(reverse("account_change_password"), form).status_code == 302
    assert "password" in mail.outbox[-1].subject.lower()
    assert mail.outbox[-1].to == [importer.email]
    assert mine.get("/petitions/").status_code == 200
    assert thief.get("/petitions/").status_code == 302


def test_other_sessions_can_be_signed_out(importer: User) -> None:
    mine, _ = sign_in(importer)
    other, _ = sign_in(importer)
    mine.post(reverse("usersessions_list"))
    assert mine.get("/petitions/").status_code == 200
    assert other.get("/petitions/").status_code == 302


def test_an_unconfirmed_address_does_not_sign_in(importer: User) -> None:
    importer.emailaddress_set.update(verified=False)
    client, answer = sign_in(importer)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert client.get("/petitions/").status_code == 302


def test_the_ping_tells_the_time_left_and_prolongs_it(importer: User, settings: Any, clock: Any) -> None:
    settings.SESSION_COOKIE_AGE = 3600
    client, _ = sign_in(importer)
    assert client.get("/accounts/session/").json()["ends_in"] == 3600
    clock.shift(minutes=50)
    told = client.get("/accounts/session/").json()
    assert (told["ends_in"], told["person"]) == (600, importer.pk)
    assert client.get("/accounts/session/").json()["ends_in"] == 600, "asking does not prolong it"
    assert client.post("/accounts/session/").json()["ends_in"] == 3600
    clock.shift(minutes=59)
    assert client.get("/petitions/").status_code == 200
    clock.shift(minutes=59)
    assert client.get("/petitions/").status_code == 200, "work prolongs it"
    clock.shift(minutes=61)
    assert client.get("/accounts/session/").json()["ends_in"] == 0
    assert client.get("/petitions/").status_code == 302


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy(importer: User, settings: Any, clock: Any) -> None:
    settings.SESSION_COOKIE_AGE = 3600
    client, _ = sign_in(importer)
    for _ in range(14):
        clock.shift(minutes=50)
        assert client.get("/petitions/").status_code == 200
    assert client.post("/accounts/session/").json()["ends_in"] == 20 * 60
    clock.shift(minutes=25)
    client.get("/petitions/")
    assert client.get("/petitions/").status_code == 302
    client, _ = sign_in(importer)
    assert client.get("/accounts/session/").json()["ends_in"] == 3600


def test_a_page_says_when_the_session_ends_and_to_nobody_else(importer: User, client: Client) -> None:
    mine, _ = sign_in(importer)
    page = mine.get("/petitions/").content.decode()
    assert 'data-ends-in="' in page
    assert "data-session" not in client.get("/").content.decode()


def test_a_form_sent_after_the_session_ended_is_kept_and_can_be_sent_again(importer: User, settings: Any) -> None:
    client, _ = sign_in(importer)
    client.post(reverse("account_logout"))
    typed = {"legal_name": 'Quoted "Name" & <Sons>', "round": "list-3", "rows": ["a\nb", "c"], "password": "secret"}
    held = client.post("/petitions/new/?from=here", typed)
    page = held.content.decode()
    assert held.status_code == 403
    assert "Not sent yet" in page
    assert 'action="/petitions/new/?from=here"' in page
    assert "Quoted &quot;Name&quot; &amp; &lt;Sons&gt;" in page
    assert page.count('name="rows"') == 2
    assert "secret" not in page
    assert held["Cache-Control"] == "no-store"


def test_an_autosave_after_the_session_ended_is_told_so(client: Client) -> None:
    answer = client.post("/petitions/new/", {"legal_name": "X"}, headers={"x-autosave": "1"})
    assert answer.status_code == 401
    assert answer.json()["signed_out"] is True


def test_a_form_with_an_old_token_is_held_only_when_it_is_ours(importer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(importer, backend="django.contrib.auth.backends.ModelBackend")
    ours = client.post("/petitions/new/", {"legal_name": "Typed"}, headers={"origin": "http://testserver"})
    assert ours.status_code == 403
    assert "Send what I typed" in ours.content.decode()
    assert "Typed" in ours.content.decode()
    theirs = client.post("/petitions/new/", {"legal_name": "Typed"}, headers={"origin": "http://evil.example"})
    assert theirs.status_code == 403
    assert "Typed" not in theirs.content.decode()
