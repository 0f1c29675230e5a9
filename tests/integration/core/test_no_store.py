"""What may be kept of the pages that libraries bring, and by whom. Our own pages: test_every_url_every_role.py."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import User
from tests.conftest import PROJECT
from tests.factories.addresses import addresses
from tests.factories.cast import SignedIn
from tests.factories.people import PASSWORD

LIBRARIES = ("/accounts/", "/admin/")


@pytest.mark.parametrize("who", ["", "importer", "reviewer1", "admin"])
def test_no_page_of_a_library_is_kept(db: None, who: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who) if who else None
    kept = set()
    for address in addresses():
        if address.url.startswith(LIBRARIES):
            # Each with a session of its own: one of them ends it.
            with zeal_ignore():
                answer = SignedIn(user).get(address.url)
            if "no-store" not in answer.get("Cache-Control", ""):
                kept.add(address.url)
    assert kept == set()


def test_a_page_between_password_and_second_factor_is_not_kept(db: None, importer: User) -> None:
    client = Client()
    entered = client.post(reverse("account_login"), {"login": importer.email, "password": PASSWORD})
    assert entered.status_code == 302
    assert "no-store" in entered["Cache-Control"], "the answer that brings the session"
    assert "no-store" in client.get(reverse("home"))["Cache-Control"]
    client.post(reverse("account_logout"))
    assert "no-store" in client.get(reverse("home"))["Cache-Control"], "it says to this browser that it is signed out"
    assert "Cache-Control" not in Client().get(reverse("home")), "a stranger's page, as before"


def test_files_that_pages_load_are_kept_by_everybody(importer: User) -> None:
    answer: Any = SignedIn(importer).get("/static/css/site.css")
    b"".join(answer)
    assert "no-store" not in answer.get("Cache-Control", "")


def test_one_decorator_stands_before_the_pages_of_people_who_are_signed_in() -> None:
    views = PROJECT / "exclusions" / "views"
    bare = [str(path) for path in views.rglob("*.py") if re.search(r"\blogin_required\b", path.read_text("utf-8"))]
    assert bare == [str(views / "core" / "signed_in.py")]
