"""What the account library says, said as this site does: one spelling, one link a purpose, nothing for operators."""

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from exclusions.models import User
from tests.factories.cast import SignedIn
from tests.factories.people import PASSWORD

CATALOG = Path(django_settings.BASE_DIR, "locale", "en", "LC_MESSAGES")
FORMS = ("account_login", "account_signup", "account_reset_password")
NEW = {"full_name": "Nan New", "email": "nan.new@example.test"}
WORDS = "quiet lantern over water"


def main_of(page: str) -> str:
    """Return what a page shows beside its header and footer."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_accounts_spells_e_mail_in_one_way(client: Client, name: str) -> None:
    shown = re.sub(r"<[^>]*>", " ", main_of(client.get(reverse(name)).content.decode()))
    assert "E-mail address" in shown or "e-mail address" in shown
    assert not re.search(r"\bemails?\b", shown, re.IGNORECASE), shown
    refused = main_of(client.post(reverse(name), {"email": "nobody"}).content.decode())
    assert "This field is required" not in refused
    assert "valid email" not in refused


@pytest.mark.django_db
def test_the_sign_in_page_has_one_link_to_a_new_password_and_no_words_for_operators(
    client: Client, settings: Any
) -> None:
    settings.DEMO, settings.STAFF_SECOND_FACTOR = True, False
    page = main_of(client.get(reverse("account_login")).content.decode())
    assert page.count(reverse("account_reset_password")) == 1
    assert "In this demonstration, staff sign in with only a password" in page
    assert "STAFF_SECOND_FACTOR" not in page
    assert "Remember" not in page


def test_letterhead_and_footer_say_one_thing(rf: Any) -> None:
    """A letter of a demonstration says that it comes from no agency; every other has the agency's letterhead."""
    words = {demo: " ".join(render_to_string("404.html", {"demo": demo, "nav": []}).split()) for demo in (True, False)}
    assert "not a United States Government website. No agency issued its letters." in words[True]
    assert "Office of the United States Trade Representative issues its letters and notices" in words[False]
    assert "not a website" not in words[False]


@pytest.mark.django_db
def test_who_confirms_the_address_in_the_same_browser_is_signed_in(client: Client) -> None:
    client.post(reverse("account_signup"), {**NEW, "password1": WORDS, "password2": WORDS})
    found = re.search(r"/accounts/confirm-email/\S+/", str(mail.outbox[0].body))
    assert found
    elsewhere = Client()
    answer = client.post(found[0], follow=True)
    assert answer.context["user"].email == NEW["email"]
    assert "nan.new@example.test is confirmed." in answer.content.decode()
    elsewhere.post(found[0])
    assert "_auth_user_id" not in elsewhere.session


@pytest.mark.django_db
def test_a_link_opened_in_another_browser_confirms_and_signs_nobody_in(client: Client) -> None:
    client.post(reverse("account_signup"), {**NEW, "password1": WORDS, "password2": WORDS})
    found = re.search(r"/accounts/confirm-email/\S+/", str(mail.outbox[0].body))
    assert found
    elsewhere = Client()
    elsewhere.post(found[0])
    assert "_auth_user_id" not in elsewhere.session
    assert User.objects.get(email=NEW["email"]).emailaddress_set.get().verified


def test_a_session_ends_with_the_browser(importer: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": importer.email, "password": PASSWORD})
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_what_was_done_to_addresses_is_said_in_our_words(importer: User) -> None:
    client = SignedIn(importer)
    added = client.post(reverse("account_email"), {"action_add": "", "email": "second@example.test"}, follow=True)
    assert "We mailed a link to second@example.test." in added.content.decode()
    assert mail.outbox[-1].subject == "Please confirm your e-mail address"
    client.post(reverse("account_reset_password"), {"email": importer.email})
    assert "email" not in re.sub(r"https?://\S+", "", str(mail.outbox[-1].body)).lower()


def test_the_compiled_words_are_those_of_the_text() -> None:
    text = (CATALOG / "django.po").read_text(encoding="utf-8")
    parts = re.findall(r'^(msgid|msgstr) ((?:"[^\n]*"\n?)+)', text, re.MULTILINE)
    read = ["".join(ast.literal_eval(line) for line in quoted.strip().split("\n")) for _, quoted in parts]
    written = dict(zip(read[::2], read[1::2], strict=True))
    with (CATALOG / "django.mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)
    assert len(written) > 30
    for msgid, msgstr in written.items():
        assert known.gettext(msgid).strip() == msgstr.strip(), (
            f"“{msgid}”: compile the catalog again (its head says how)"
        )
