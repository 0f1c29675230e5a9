"""An administrator makes a list, its lines by file, a form and a round in the browser; a petition is filed in it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.facts.forms import forget_made_forms, petition_form
from exclusions.models import CoveredLine, Event, Petition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.factories.answers import petition_answers
from tests.factories.facts import make_lines
from tests.factories.people import make_person
from tests.functional.certifying import certify
from tests.functional.test_journey import fill, press

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
ASKED = ("product_function", "available_us", "available_us_explanation")


def propose_the_list(page: Page, base: str, folder: Path, check: Check) -> None:
    """Propose List 9 with a rate and its lines by file, a wrong one and then the right one."""
    page.goto(f"{base}{reverse('staff-lists')}")
    check(page)
    page.get_by_role("link", name="Propose a new list").click()
    for name, value in {
        "code": "9",
        "name": "List 9 (fictional)",
        "citation": "90 FR 100 (fictional)",
        "effective_on": "2018-09-24",
        "position": "9",
        "rate-heading": "9903.92.10",
        "rate-pct": "25",
        "rate-valid_from": "2018-09-24",
        "rate-reason": "90 FR 100 (fictional) imposes it.",
        "source": "90 FR 100, Annex A (fictional)",
    }.items():
        page.locator(f'[name="{name}"]').fill(value)
    check(page)
    for name, content, says in (
        ("wrong.csv", "hts,chapter99_heading\n6810.99.00,9903.88.99\n", "is no heading of this list"),
        ("right.csv", "hts\n6810.99.00\n", "Proposed. Nothing has changed yet."),
    ):
        (folder / name).write_text(content)
        page.get_by_label("File of lines, CSV or XLSX").set_input_files(folder / name)
        page.get_by_role("button", name="Propose the list").click()
        expect(page.get_by_text(says)).to_be_visible()
        check(page)
    expect(page.get_by_role("cell", name="List 9 25%")).to_be_visible()
    assert not CoveredLine.objects.exists()


def confirm_the_list(page: Page, base: str, check: Check) -> None:
    """Confirm what the other administrator proposed."""
    page.goto(f"{base}{reverse('proposals')}")
    page.get_by_role("link", name="List 9: make the list; put 1 line on it").click()
    check(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: List 9: make the list")).to_be_visible()
    assert CoveredLine.objects.get().heading == "99039210"


def make_the_form(page: Page, base: str, check: Check) -> None:
    """Make a short form of three questions."""
    page.goto(f"{base}{reverse('admin:exclusions_madeform_changelist')}")
    page.get_by_role("link", name="Make a form").click()
    check(page)
    page.get_by_role("link", name="(petition-2019)").click()
    check(page)
    page.get_by_label("Short name").fill("short")
    page.get_by_label("Title").fill("Short request")
    for box in page.locator('input[name^="ask-"]').all():
        if box.get_attribute("name") not in {f"ask-{key}" for key in ASKED}:
            box.uncheck()
    page.locator('[name="confidential-available_us_explanation"]').check()
    page.locator('[name="required-product_function"]').select_option("no")
    page.get_by_role("button", name="Make the form").click()
    expect(page.get_by_text("You made Short request, version 1.")).to_be_visible()


def make_the_round(page: Page, base: str) -> None:
    """Make a round of that list with that form, by choices alone."""
    now = timezone.now()
    page.goto(f"{base}{reverse('admin:exclusions_round_add')}")
    for name, value in {
        "slug": "list-9",
        "docket": "USTR-2030-0009",
        "title": "List 9: product exclusions (fictional)",
        "citation": "90 FR 200 (fictional)",
        "procedure_version": "2030-01",
        "criteria_version": "2030-01",
        "opens_at_0": f"{eastern_date(now - timedelta(days=2))}",
        "opens_at_1": "00:00",
        "closes_at_0": f"{eastern_date(now + timedelta(days=30))}",
        "closes_at_1": "23:59",
        "response_days": "14",
        "retroactive_from": "2018-09-24",
        "heading": "9903.92.11",
    }.items():
        page.locator(f'[name="{name}"]').fill(value)
    for name, chosen in {
        "kind": "petition",
        "questionnaire": "short-v1",
        "response_questionnaire": "response-2019",
        "term_rule": "one_year_after_publication",
    }.items():
        page.locator(f'[name="{name}"]').select_option(chosen)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the error")).to_be_visible()
    page.get_by_label("List 9", exact=True).check()
    page.get_by_label("Availability outside China").check()
    page.get_by_label("Administrability").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def test_a_petition_is_filed_in_what_an_administrator_made(
    live_server: Any, sign_in: SignIn, cast: dict[str, User], assert_accessible: Check, tmp_path: Path
) -> None:
    forget_made_forms()
    make_lines()
    page = sign_in(cast["admin"])
    propose_the_list(page, live_server.url, tmp_path, assert_accessible)
    confirm_the_list(sign_in(make_person("Sal Second", role="admin")), live_server.url, assert_accessible)
    page = sign_in(cast["admin"])
    make_the_form(page, live_server.url, assert_accessible)
    make_the_round(page, live_server.url)
    round = Round.objects.get()
    page.goto(f"{live_server.url}{reverse('round', args=['list-9'])}")
    expect(page.get_by_text("Short request")).to_be_visible()
    assert_accessible(page)

    page = sign_in(cast["importer"])
    page.goto(f"{live_server.url}/petitions/new/")
    press(page, "Begin")
    petition, form = Petition.objects.get(), petition_form(round)
    answers = petition_answers(hts10="6810990010")
    for step in form.steps[:-1]:
        expect(page).to_have_url(f"{live_server.url}/petitions/{petition.pk}/{step.key}/")
        fill(page, form, step.key, answers)
        press(page, "Save and continue")
    page.get_by_role("link", name="Continue to certify").click()
    certify(page)
    expect(page.locator("main")).to_contain_text("USTR-2030-0009-000001")
    petition.refresh_from_db()
    assert (petition.status, petition.round) == (Status.SUBMITTED, round)

    page = sign_in(cast["admin"])
    page.goto(f"{live_server.url}{reverse('admin:exclusions_round_change', args=[round.pk])}")
    expect(page.get_by_text("A petition was filed in version 1 of this round")).to_be_visible()
    page.get_by_label("Administrability").uncheck()
    page.get_by_label("Reason for the change").fill("The notice of today names one factor.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('round-versions', args=['list-9'])}")
    expect(page.get_by_role("heading", name="Version 2, in force")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{live_server.url}{reverse('staff-round', args=['list-9'])}")
    assert_accessible(page)
    page.get_by_role("link", name="Pause the round").click()
    assert_accessible(page)
    kinds = set(Event.objects.exclude(subject__startswith="petition:").values_list("kind", flat=True))
    assert kinds >= {"change_list", "form_made", "round_made", "round_version"}
    assert list(breaks()) == []
