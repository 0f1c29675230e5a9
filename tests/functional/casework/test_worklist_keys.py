"""The worklist by keyboard alone, and the lead of a team who hands on what an absent person has."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exclusions.actions.casework.team import enter_absence
from exclusions.actions.review import assignments
from exclusions.models import Assignment, Petition, User
from exclusions.workflow.deadlines import eastern_date
from tests.factories.casework.ways import TO_LEVEL1
from tests.factories.people import make_person
from tests.factories.petitions import Journey

WIDTHS = (360, 1280)


@pytest.fixture
def three(journey: Callable[..., Journey], clock: Any) -> list[str]:
    """Return the references of three cases at level 1, the one that waits longest first."""
    found = []
    for place in range(3):
        case = journey()
        case.at += timedelta(minutes=place)
        found.append(str(case.take(*TO_LEVEL1).reference))
        clock.move_to(max(clock.now, case.at))
    return found


def test_a_reviewer_goes_through_the_list_and_gets_the_next_case_by_keyboard_alone(
    three: list[str],
    cast: dict[str, User],
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = sign_in(cast["reviewer1"])
    page.goto(f"{live_server.url}/review/")
    press = page.keyboard.press
    # What is typed into a box stays there: the keys of the list are still.
    press("/")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("jkxno?")
    expect(page.locator("#f-q")).to_have_value("jkxno?")
    expect(page.locator("[data-keys]")).not_to_be_visible()
    page.locator("#f-q").fill("")
    page.locator("#f-q").blur()
    # The help says them, and closes.
    press("?")
    expect(page.get_by_role("dialog", name="Keys of this list")).to_be_visible()
    assert_accessible(page)
    press("Escape")
    expect(page.locator("[data-keys]")).not_to_be_visible()
    # Down, down, up; choose; the row is where the focus is.
    press("j")
    expect(page.get_by_role("link", name=three[0])).to_be_focused()
    press("j")
    press("j")
    press("j")
    expect(page.get_by_role("link", name=three[2])).to_be_focused()
    press("k")
    press("x")
    expect(page.get_by_label(f"Choose {three[1]}")).to_be_checked()
    expect(page.get_by_text("1 chosen")).to_be_visible()
    press("x")
    expect(page.get_by_label(f"Choose {three[1]}")).not_to_be_checked()
    press("o")
    page.wait_for_url(f"**/review/{three[1]}/")
    # The next case: taken and open.
    page.goto(f"{live_server.url}/review/")
    press("n")
    page.wait_for_url(f"**/review/{three[0]}/")
    expect(page.get_by_text(f"{three[0]} is yours.")).to_be_visible()
    assert Assignment.objects.get(ended_at=None).petition.reference == three[0]


def test_all_of_a_page_are_chosen_and_taken(
    three: list[str], cast: dict[str, User], live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(cast["reviewer1"])
    page.goto(f"{live_server.url}/review/")
    page.get_by_role("link", name="Choose all on this page").click()
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.get_by_text("Yours now: 3 cases.")).to_be_visible()
    assert Assignment.objects.filter(user=cast["reviewer1"], ended_at=None).count() == 3


def test_without_scripts_all_of_a_page_are_chosen_by_a_link(
    three: list[str], cast: dict[str, User], client_of: Any
) -> None:
    page = client_of(cast["reviewer1"]).get("/review/?all=1").content.decode()
    assert len(re.findall(r"\schecked\b", page)) == 3


def test_a_lead_hands_on_the_cases_of_a_person_who_is_away(
    three: list[str],
    cast: dict[str, User],
    live_server: Any,
    clock: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    lead, other = make_person("Lena Lead", role="reviewer1"), make_person("Rae Reader", role="reviewer1")
    make_person("Rex Reader", role="reviewer1")
    User.objects.filter(pk=lead.pk).update(leads=True)
    lead.refresh_from_db()
    at, today = clock.now, eastern_date(clock.now)
    for reference in three:
        petition = Petition.objects.get(reference=reference)
        assignments.take(petition, by=cast["reviewer1"], at=at)
    enter_absence(cast["reviewer1"], first_day=today, last_day=today + timedelta(days=9), by=lead, at=at)
    page = sign_in(lead)
    page.goto(f"{live_server.url}/review/")
    page.get_by_role("link", name="The team").click()
    page.wait_for_url("**/review/team/")  # whole: without its style sheet it is wider
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)
    page.get_by_role("link", name="Hand them on").click()
    expect(page.locator("[name=move-person]")).to_have_value(str(cast["reviewer1"].pk))
    page.locator("[name=move-reason]").fill("Remy is away for more than a week.")
    page.get_by_role("button", name="Hand on all open cases").click()
    expect(page.get_by_text("Handed on from Remy Reviewer: 2 to Rae Reader, 1 to Rex Reader.")).to_be_visible()
    assert Assignment.objects.filter(user=other, ended_at=None).count() == 2
