"""A role is changed by two administrators, each in a browser; what nobody chose is not proposed."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from exclusions.models import User
from exclusions.workflow.roles import Role

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]


def test_one_administrator_proposes_a_role_and_another_confirms_it(
    live_server: Any,
    sign_in: SignIn,
    admin: User,
    second_admin: User,
    drafter: User,
    auditor: User,
    assert_accessible: Check,
) -> None:
    page = sign_in(admin)
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{live_server.url}/staff/people/")
    page.get_by_role("link", name=str(drafter), exact=True).click()
    assert_accessible(page)
    page.get_by_role("link", name="Give another staff role, or none").click()
    role = page.get_by_label("Staff role")
    expect(role).to_have_value(Role.DRAFTER)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    assert_accessible(page)
    role.select_option(Role.PUBLISHER)
    page.get_by_label("Why, and what did you look at?").fill("The memorandum of her office.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert_accessible(page)

    page = sign_in(second_admin)
    page.goto(f"{live_server.url}/staff/proposals/")
    page.get_by_role("link", name=f"Give {drafter}").click()
    expect(page.get_by_role("link", name="The account and its record")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Confirm and apply now").click()
    expect(page.get_by_text("Done: Give")).to_be_visible()
    drafter.refresh_from_db()
    assert drafter.role == Role.PUBLISHER

    page = sign_in(auditor)
    page.goto(f"{live_server.url}/staff/events/")
    expect(page.get_by_text("Proposed: Give another staff role, or none")).to_be_visible()
    expect(page.get_by_text("Confirmed: Give another staff role, or none")).to_be_visible()
    assert_accessible(page)
