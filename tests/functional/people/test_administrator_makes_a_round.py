"""Two administrators make a list, its lines, a form and a round in the browser; a petition is filed in it."""

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


def round_file() -> str:
    """Return the file of a round that is open now, with a short form of its own."""
    now = timezone.now()
    opens, closes = eastern_date(now - timedelta(days=2)), eastern_date(now + timedelta(days=30))
    return f"""
[[round]]
slug = "list-9"
docket = "USTR-2030-0009"
title = "List 9: product exclusions (fictional)"
kind = "petition"
actions = ["9"]
citation = "90 FR 200 (fictional)"
opens_at = {opens}T00:00:00
closes_at = {closes}T23:59:00
day_unit = "calendar"
roll_rule = "none"
response_questionnaire = "response-2019"
response_days = 14
retroactive_rule = "fixed"
retroactive_from = 2018-09-24
term_rule = "one_year_after_publication"
heading = "9903.92.11"
criteria = ["availability", "administrability"]
criteria_version = "2030-01"
procedure_version = "2030-01"
[form]
slug = "short"
title = "Short request"
based_on = "petition-2019"
[form.questions]
product_function = {{ required = "no" }}
available_us = {{}}
available_us_explanation = {{ confidential = true }}
"""


def propose_the_list(page: Page, base: str, folder: Path, check: Check) -> None:
    """Propose List 9 with a rate, its lines, its round and the form of that by file, wrong ones and then right ones."""
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
    page.get_by_text("What the file of a round looks like").click()
    check(page)
    right = round_file()
    for name, lines, round, says in (
        ("wrong", "hts,chapter99_heading\n6810.99.00,9903.88.99\n", right, "is no heading of this list"),
        ("unknown", "hts\n6810.99.00\n", right.replace("day_unit", "day_units"), "day_units: is not a key of a round"),
        ("right", "hts\n6810.99.00\n", right, "Proposed. Nothing has changed yet."),
    ):
        (folder / f"{name}.csv").write_text(lines)
        (folder / f"{name}.toml").write_text(round)
        page.get_by_label("File of lines, CSV or XLSX").set_input_files(folder / f"{name}.csv")
        page.get_by_label("File of the round and its form, TOML").set_input_files(folder / f"{name}.toml")
        page.get_by_role("button", name="Propose the list").click()
        expect(page.get_by_text(says).first).to_be_visible()
        check(page)
    expect(page.get_by_role("cell", name="List 9 25%")).to_be_visible()
    expect(page.get_by_role("cell", name="Short request: 3 questions chosen from petition-2019")).to_be_visible()
    assert not CoveredLine.objects.exists()
    assert not Round.objects.exists()


def confirm_the_list(page: Page, base: str, check: Check) -> None:
    """Confirm what the other administrator proposed."""
    page.goto(f"{base}{reverse('proposals')}")
    page.get_by_role("link", name="List 9: make the list; put 1 line on it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("make the round USTR-2030-0009, open from")
    check(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Done: List 9: make the list")).to_be_visible()
    assert CoveredLine.objects.get().heading == "99039210"


def test_a_petition_is_filed_in_what_an_administrator_made(
    live_server: Any, sign_in: SignIn, cast: dict[str, User], assert_accessible: Check, tmp_path: Path
) -> None:
    forget_made_forms()
    make_lines()
    page = sign_in(cast["admin"])
    propose_the_list(page, live_server.url, tmp_path, assert_accessible)
    confirm_the_list(sign_in(make_person("Sal Second", role="admin")), live_server.url, assert_accessible)
    page = sign_in(cast["admin"])
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
