"""Who a session is of: its own data say so, whosever it was before, and only while all of it still holds."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from exclusions.models import User
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def who(browser: Client) -> int | None:
    """Return whom the site takes the browser for."""
    found: int | None = browser.get("/accounts/session/").json()["person"]
    return found


def reads_of(browser: Client) -> list[str]:
    """Return which rows of sessions and people a page asks for."""
    asked: list[str] = []

    def noted(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        asked.extend(re.findall(r'FROM "(django_session|exclusions_user)"', sql))
        return execute(sql, *given)

    with connection.execute_wrapper(noted):
        assert who(browser)
    return asked


def test_a_page_reads_its_session_and_its_person_by_one_statement_each(browser: Client, person: User) -> None:
    for _ in range(3):
        assert reads_of(browser) == ["django_session", "exclusions_user"]
    assert who(browser) == person.pk


def test_whose_a_session_was_before_signs_nobody_in(browser: Client, person: User) -> None:
    other = make_person("Otto Other")
    assert who(browser) == person.pk
    store = SessionStore(browser.cookies["sessionid"].value)
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(other.pk), other.get_session_auth_hash()
    store.save()
    assert who(browser) == other.pk
    Session.objects.all().delete()
    assert who(browser) is None


def test_a_session_ends_with_its_time_with_the_password_and_with_the_account(person: User) -> None:
    def new_browser() -> Client:
        made = Client()
        made.force_login(person)
        assert who(made) == person.pk
        return made

    browser = new_browser()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert who(browser) is None

    browser = new_browser()
    person.set_password(PASSWORD + " anew")
    person.save()
    assert who(browser) is None
    assert not Session.objects.filter(session_key=browser.cookies["sessionid"].value).exists()

    browser = new_browser()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert who(browser) is None


def test_a_session_outlives_a_change_of_key_whose_old_one_is_named(person: User, settings: Any) -> None:
    browser = Client()
    browser.force_login(person)
    before, old = browser.cookies["sessionid"].value, settings.SECRET_KEY
    with override_settings(SECRET_KEY="the new key", SECRET_KEY_FALLBACKS=[old]):
        assert who(browser) == person.pk
        assert browser.cookies["sessionid"].value != before
        assert who(browser) == person.pk
    with override_settings(SECRET_KEY="another key", SECRET_KEY_FALLBACKS=[]):
        assert who(browser) is None


def test_a_role_that_is_taken_away_is_gone_with_the_next_page(browser: Client, person: User) -> None:
    assert browser.get("/review/").status_code == 403
    User.objects.filter(pk=person.pk).update(role="reviewer1")
    with override_settings(STAFF_SECOND_FACTOR=False):
        assert browser.get("/review/").status_code == 200
        User.objects.filter(pk=person.pk).update(role="")
        assert browser.get("/review/").status_code == 403
