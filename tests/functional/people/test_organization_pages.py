"""The pages of organizations: accessible, and an invitation from the message to the membership."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Membership, Organization, User
from tests.factories.people import make_organization

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]


def test_an_owner_invites_and_the_invited_person_accepts(
    live_server: Any, sign_in: SignIn, importer: User, nobody: User, meadowlark: Organization, assert_accessible: Check
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}{reverse('organizations')}")
    assert_accessible(page)
    page.get_by_role("link", name=meadowlark.legal_name).click()
    assert_accessible(page)
    page.get_by_label("E-mail address").fill(nobody.email)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"We sent an invitation to {nobody.email}")).to_be_visible()
    found = re.search(r"/accounts/invitation/\S+/", str(mail.outbox[-1].body))
    assert found
    page = sign_in(nobody)
    page.goto(f"{live_server.url}{found[0]}")
    assert_accessible(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text(f"You now belong to {meadowlark.legal_name}")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server.url}{found[0]}")
    expect(page.get_by_text("This invitation was already used")).to_be_visible()
    assert_accessible(page)


def test_a_firm_asks_and_the_client_accepts(
    live_server: Any, sign_in: SignIn, importer: User, outsider: User, assert_accessible: Check
) -> None:
    firm = Membership.objects.get(user=outsider).organization
    page = sign_in(outsider)
    page.goto(f"{live_server.url}{reverse('organization', args=[firm.pk])}")
    assert_accessible(page)
    page.get_by_label("E-mail address of an owner of the client").fill(importer.email)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("has been asked. It may accept or refuse.")).to_be_visible()
    page = sign_in(importer)
    page.goto(f"{live_server.url}{reverse('petition-representation')}")
    assert_accessible(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("may now act for")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_staff_pages_are_accessible(
    live_server: Any, sign_in: SignIn, admin: User, intake: User, width: int, assert_accessible: Check
) -> None:
    firm = make_organization("Fresh and New LLP", kind="law_firm", vetted=False)
    one, other = make_organization("Acme Inc."), make_organization("ACME LLC")
    pages = [
        (intake, reverse("staff-organizations")),
        (intake, reverse("staff-vet", args=[firm.pk])),
        (intake, reverse("staff-assist")),
        (admin, reverse("staff-organizations")),
        (admin, reverse("staff-merge", args=[one.pk, other.pk])),
    ]
    for person, path in pages:
        page = sign_in(person)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}{path}")
        expect(page.locator("h1")).to_have_count(1)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
