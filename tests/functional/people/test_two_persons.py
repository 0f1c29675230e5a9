"""What one administrator proposes, another confirms: a merge and a change of somebody's role, in the browser."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.models import Organization, User
from tests.factories.people import make_organization, make_person

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]


def test_two_administrators_merge_two_organizations(
    live_server: Any, sign_in: SignIn, admin: User, second_admin: User, assert_accessible: Check
) -> None:
    stays, goes = make_organization("Acme Widgets Co."), make_organization("Acme Widgets LLC")
    owner = make_person("Olly Owner", organization=goes)
    page = sign_in(admin)
    page.goto(f"{live_server.url}{reverse('staff-organizations')}")
    page.get_by_role("link", name=f"Propose to merge it with {stays}").click()
    page.get_by_text(stays.legal_name, exact=True).click()
    page.get_by_role("button", name="Propose the merge").click()
    expect(page.get_by_text("Say why. The person who confirms it").first).to_be_visible()
    page.get_by_label("Why are they the same?").fill("One EIN, 12-3456789.")
    page.get_by_role("button", name="Propose the merge").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_text("You proposed this. Another member of staff must confirm it.")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert_accessible(page)
    assert not Organization.objects.filter(merged_into=stays).exists()

    page = sign_in(second_admin)
    page.goto(live_server.url)
    page.get_by_role("link", name="To confirm").click()
    assert_accessible(page)
    page.get_by_role("link", name=f"Merge {goes} into {stays}").click()
    expect(page.get_by_text("One EIN, 12-3456789.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text(f"Done: Merge {goes} into {stays}.")).to_be_visible()
    goes.refresh_from_db()
    assert goes.merged_into == stays
    assert [message.to for message in mail.outbox] == [[owner.email]]
    page.goto(f"{live_server.url}{reverse('staff-vet', args=[stays.pk])}")
    expect(page.get_by_text("One EIN, 12-3456789.").first).to_be_visible()
    assert_accessible(page)


def test_two_administrators_give_somebody_another_role(
    live_server: Any, sign_in: SignIn, admin: User, second_admin: User, reviewer1: User, assert_accessible: Check
) -> None:
    page = sign_in(admin)
    page.goto(f"{live_server.url}{reverse('staff-accounts')}")
    assert_accessible(page)
    page.get_by_role("link", name=str(reviewer1)).click()
    assert_accessible(page)
    page.get_by_role("link", name="Give another staff role, or none").click()
    page.get_by_label("Staff role").select_option("signatory")
    page.get_by_label("Why").fill("Appointed on July 1.")
    assert_accessible(page)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    reviewer1.refresh_from_db()
    assert reviewer1.role == "reviewer1"

    page = sign_in(second_admin)
    page.goto(f"{live_server.url}{reverse('proposals')}")
    page.get_by_role("link", name="Signatory instead of Level 1 reviewer").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: Give")).to_be_visible()
    reviewer1.refresh_from_db()
    assert (reviewer1.role, reviewer1.is_staff) == ("signatory", False)
    assert [message.to for message in mail.outbox] == [[reviewer1.email]]
    assert "Your staff role is now: Signatory." in str(mail.outbox[0].body)
