"""The contact step of a petition, in Chromium: what is offered follows from what is answered, and from who files."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from exclusions.actions.filing import petitions
from exclusions.models import Organization, Petition, Round, User
from tests.functional.importer.test_filing import open_round

__all__ = ["open_round"]
SUBMITTER = "Third-party submitter"


def draft_of(user: User, company: Organization, round: Round, firm: Organization | None = None) -> Petition:
    """Begin a draft as the person does."""
    return petitions.start(round=round, organization=company, filer_organization=firm, by=user, at=timezone.now())


def test_a_third_party_is_offered_as_contact_only_where_there_is_one(
    open_round: Round, importer: User, meadowlark: Organization, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft_of(importer, meadowlark, open_round).pk}/contact/")
    contact = page.get_by_role("group", name="Primary point of contact")
    expect(contact.locator("label", has_text="Requester")).to_be_visible()
    expect(contact.locator("label", has_text=SUBMITTER)).to_be_hidden()
    expect(contact.locator("label", has_text="Both")).to_be_hidden()
    page.get_by_role("group", name="Is a third party submitting").get_by_text("Yes").click()
    expect(contact.locator("label", has_text=SUBMITTER)).to_be_visible()


def test_a_firm_finds_its_own_name_and_address_filled_in(
    open_round: Round, filer: User, meadowlark: Organization, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    page = sign_in(filer)
    page.goto(f"{live_server.url}/petitions/new/")
    assert page.locator("input[name=party]:checked").count() == 0
    page.get_by_text("Meadowlark Infant Care LLC (client of").click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/contact/")
    expect(page.locator("[name=third_party_name]")).to_have_value(firm.legal_name)
    expect(page.locator("[name=third_party_first_name]")).to_have_value("Finn")
    expect(page.locator("[name=third_party_email]")).to_have_value(filer.email)
    expect(page.locator("[name=org_legal_name]")).to_have_value(meadowlark.legal_name)
    contact = page.get_by_role("group", name="Primary point of contact")
    expect(contact.locator("label", has_text=SUBMITTER)).to_be_visible()


def test_without_a_script_the_words_say_when_a_choice_applies(
    open_round: Round,
    importer: User,
    meadowlark: Organization,
    live_server: Any,
    sign_in: Callable[[User], Page],
    new_context: Callable[..., BrowserContext],
) -> None:
    draft = draft_of(importer, meadowlark, open_round)
    context = new_context(java_script_enabled=False)
    context.add_cookies(sign_in(importer).context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/petitions/{draft.pk}/contact/")
    contact = page.get_by_role("group", name="Primary point of contact")
    expect(contact).to_contain_text("“Third-party submitter” and “Both” only if")
