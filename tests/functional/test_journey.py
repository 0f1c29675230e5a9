"""The main job in Chromium, on the shipped facts alone, from petition to look-up."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.facts.forms import petition_form
from exclusions.models import Decision, Event, Notification, Petition, User
from exclusions.queries.record.record_check import breaks
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.language.compounds import flatten
from tests.factories.answers import SECRETS, petition_answers, purchases
from tests.factories.casework.citing import ANSWERED
from tests.functional.casework.hand import unfold
from tests.functional.certifying import certify
from tests.integration.public.submissions.test_responses import ANSWERS as RESPONSE
from tests.pdf_text import pdf_text

NUMBER = "8413.81.0040"
TEXT = f"Breast pumps, whether or not with batteries (described in statistical reporting number {NUMBER})"
CRITERIA = ("availability", "severe_economic_harm", "strategic_importance", "objective", "administrability")
WHY, CHOICES = "The findings bear it out.", (Kind.YES_NO, Kind.YES_NO_UNSURE, Kind.CERTIFY)


def fill(page: Page, form: Questionnaire, step: str, answers: Mapping[str, Any]) -> None:
    """Type the answers of a step as a person would: texts typed, choices pressed, tables cell by cell."""
    for question in form.applicable(answers):
        if question.step != step or question.key not in answers:
            continue
        value = answers[question.key]
        if question.kind in (Kind.PURCHASES, Kind.REVENUE, Kind.QUANTITY):
            cells = {f"{question.key}-{cell}": raw for cell, raw in flatten(question, value).items() if raw is not None}
        else:
            cells = {question.key: str(value)}
        for name, typed in cells.items():
            put(page, name, str(typed))


def put(page: Page, name: str, value: str) -> None:
    """Give one control its value, whatever kind it is."""
    control = page.locator(f'[name="{name}"]')
    kind = control.first.evaluate("e => e.type || e.tagName.toLowerCase()")
    if kind == "radio":
        page.locator(f'label[for="{page.locator(f"[name={name!r}][value={value!r}]").get_attribute("id")}"]').click()
    elif kind == "checkbox":
        page.locator(f'label[for="{control.first.get_attribute("id")}"]').click()
    elif kind.startswith("select"):
        control.select_option(value)
    else:
        control.fill(value)


def press(page: Page, name: str) -> None:
    """Press the button of that name and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def answers_for(petition: Petition) -> dict[str, Any]:
    """Return what the importer answers, for the periods of the round."""
    form = petition_form(petition.round)
    grid = form.question("purchases")
    revenue = {period.key: "9000000" for period in form.question("revenue").periods}
    return petition_answers(
        hts10="8413810040",
        product_name="Breast pumps",
        product_description=(
            "Electric and manual breast pumps of plastics, each of a weight of 0.2 kg to 1.5 kg and a suction of 100 "
            "mmHg to 250 mmHg, put up with bottles of 150 ml and, in the electric ones, a battery of 3.7 V."
        ),
        product_function="Express milk by suction. Not made to work in a particular machine.",
        unique_features="A breast shield of silicone of a diameter of 21 mm to 27 mm.",
        purchases=purchases(tuple(period.key for period in grid.periods)),
        revenue=revenue,
    )


def record(page: Page, base: str, petition: Petition, kind: str, button: str, **values: str) -> None:
    """Put one thing on the record of the case by its page."""
    page.goto(f"{base}/review/{petition.reference}/record/{kind}/")
    for name, value in values.items():
        put(page, name, value)
    press(page, button)


def take(page: Page, base: str, petition: Petition, button: str) -> None:
    """Take a transition by its button on the case page."""
    page.goto(f"{base}/review/{petition.reference}/")
    press(page, button)


@pytest.fixture
def moving_clock() -> Any:
    """A clock that can be set ahead; it goes on ticking, since a browser waits for it."""
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


def file_petition(page: Page, base: str) -> Petition:
    """File in the browser, step by step; return the submitted petition."""
    page.goto(f"{base}/petitions/new/")
    press(page, "Begin")
    petition = Petition.objects.get()
    form, answers = petition_form(petition.round), answers_for(petition)
    for each in form.steps[:-1]:
        expect(page).to_have_url(f"{base}/petitions/{petition.pk}/{each.key}/")
        fill(page, form, each.key, answers)
        press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check answers")
    page.get_by_role("link", name="Continue to certify").click()
    certify(page)
    return Petition.objects.get()


def respond_and_confirm(page: Page, base: str, petition: Petition) -> None:
    """Respond without an account, and confirm by the link that was mailed."""
    page.context.clear_cookies()
    page.goto(f"{base}/docket/{petition.reference}/")
    page.get_by_role("link", name="Support or oppose this petition").click()
    for name, value in RESPONSE.items():
        put(page, name, str(value))
    press(page, "Send response")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: confirm by e-mail")
    link = Notification.objects.filter(template="confirm_response").latest("pk").context["url"]
    page.goto(base + link[link.index("/docket/") :])
    press(page, "Confirm my response")


def review_to_signature(sign_in: Callable[[User], Page], base: str, petition: Petition, cast: dict[str, User]) -> None:
    """Findings, recommendations, consistency, legal, text, customs, committee: each by its own person's page."""
    page = sign_in(cast["reviewer1"])
    page.goto(f"{base}/review/{petition.reference}/")
    expect(page.get_by_role("button", name="Send to level 2")).to_be_disabled()
    expect(page.locator("#why-recommend")).to_contain_text("Record a finding on")
    for key in CRITERIA:
        page.goto(f"{base}/review/{petition.reference}/findings/{key}/")
        put(page, "result", "supports")
        put(page, "reasons", f"The record bears out {key.replace('_', ' ')}.")
        put(page, "citations", ANSWERED[key])
        press(page, "Record the finding")
    page.goto(f"{base}/review/{petition.reference}/arguments/")
    press(page, "Take all suggestions")
    record(page, base, petition, "recommendation", "Recommend an outcome", outcome="grant", reasons=WHY)
    take(page, base, petition, "Send to level 2")
    page = sign_in(cast["reviewer2"])
    record(page, base, petition, "recommendation", "Recommend an outcome", outcome="grant", reasons=WHY)
    take(page, base, petition, "Send to consistency review")
    page = sign_in(cast["second_reviewer2"])
    record(page, base, petition, "consistency", "Record the consistency review", reasons="No like case.")
    take(page, base, petition, "Confirm consistency")
    page = sign_in(cast["legal"])
    record(page, base, petition, "legal_review", "Record the legal review", outcome="grant", reasons=WHY)
    take(page, base, petition, "Clear for drafting")
    page = sign_in(cast["drafter"])
    page.goto(f"{base}/review/{petition.reference}/record/product_text/")
    put(page, "text", TEXT)
    press(page, "Save as a new version")
    take(page, base, petition, "Send text to customs")
    page = sign_in(cast["customs"])
    page.goto(f"{base}/customs/")
    page.locator("main").get_by_role("link", name=NUMBER).first.click()
    expect(page.locator("main")).to_contain_text("Breast pumps")
    for words in ("Meadowlark", str(petition.reference), *SECRETS):
        assert words not in page.content()
    put(page, "result", "no_objection")
    press(page, "Give the opinion")
    page = sign_in(cast["committee"])
    record(page, base, petition, "assessment", "Record the committee's assessment", outcome="grant", reasons=WHY)
    take(page, base, petition, "Send for signature")


def test_from_petition_to_look_up(
    transactional_db: None,
    moving_clock: Any,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
    cast: dict[str, User],
    tmp_path: Path,
) -> None:
    override_settings(DEMO=True)(call_command)("load_shipped", "--lists-alone", "--rounds", verbosity=0)
    base = live_server.url

    petition = file_petition(sign_in(cast["importer"]), base)
    assert petition.reference == "USTR-2026-9001-000001"
    page = sign_in(cast["intake"])
    page.goto(f"{base}/review/{petition.reference}/post/")
    put(page, "screened", "on")
    press(page, "Post to the docket")
    respond_and_confirm(page, base, petition)
    post_and_reply(sign_in, base, petition, cast, assert_accessible)

    moving_clock.shift(timedelta(days=15))
    call_command("run_clock", verbosity=0)
    petition.refresh_from_db()
    assert petition.status == "level1"

    review_to_signature(sign_in, base, petition, cast)
    page = sign_and_publish(sign_in, base, petition, cast)
    exclusion = Decision.objects.get(petition=petition).exclusion
    page.context.clear_cookies()

    today = timezone.localdate()
    page.goto(f"{base}/tariff/{NUMBER}/?as_of={today.isoformat()}")
    expect(page.locator("main")).to_contain_text("Breast pumps, whether or not with batteries")
    assert_accessible(page)
    page.goto(f"{base}/exclusions/{exclusion.reference}/")
    expect(page.locator("main")).to_contain_text("91 FR 99999")
    page.goto(f"{base}/docket/{petition.reference}/")
    expect(page.locator("main")).to_contain_text("No source outside China; severe harm.")
    for key in CRITERIA:
        expect(page.locator("main")).to_contain_text(f"The record bears out {key.replace('_', ' ')}.")
    assert_accessible(page)
    for words in (*SECRETS, "lou.secretive"):
        assert words not in page.content()
    check_answers_of_programs(page, base, petition, today)
    check_letter(page, base, sign_in, petition, cast["importer"], tmp_path)
    assert list(breaks()) == []
    kinds = list(Event.objects.filter(subject=f"petition:{petition.pk}").values_list("kind", flat=True))
    assert {"submit", "post", "respond", "post_response", "reply", "post_reply", "grant", "publish"} <= set(kinds)


def post_and_reply(
    sign_in: Callable[[User], Page],
    base: str,
    petition: Petition,
    cast: dict[str, User],
    assert_accessible: Callable[[Page], None],
) -> None:
    """Intake posts the response, and the requester replies to it."""
    page = sign_in(cast["intake"])
    page.goto(f"{base}/review/responses/")
    assert_accessible(page)
    press(page, "Post")

    page = sign_in(cast["importer"])
    page.goto(f"{base}/docket/{petition.reference}/")
    page.get_by_role("link", name="Reply as the requester").click()
    assert_accessible(page)
    put(page, "text", "They make pumps for slurry, not for milk.")
    put(page, "certify_complete", "yes")
    press(page, "Send reply")
    page = sign_in(cast["intake"])
    page.goto(f"{base}/review/words/")
    assert_accessible(page)
    press(page, "Post")


def sign_and_publish(sign_in: Callable[[User], Page], base: str, petition: Petition, cast: dict[str, User]) -> Page:
    """The signatory grants, and the publisher puts the grant into a notice; return the publisher's page."""
    page = sign_in(cast["signatory"])
    page.goto(f"{base}/sign/{petition.reference}/")
    unfold(page, "grant-rationale")
    put(page, "grant-rationale", "No source outside China; severe harm.")
    press(page, "Sign grant")
    press(page, "Sign grant: no contact outside the log")
    page = sign_in(cast["publisher"])
    page.goto(f"{base}/notices/")
    put(page, "cases", str(petition.reference))
    put(page, "citation", "91 FR 99999")
    put(page, "published_on", timezone.localdate().isoformat())
    press(page, "See what the notice changes")
    press(page, "Publish the notice")
    return page


def check_answers_of_programs(page: Page, base: str, petition: Petition, today: date) -> None:
    """The API tells programs the same."""
    line = page.request.get(f"{base}/api/v1/tariff/lines/{NUMBER}/?as_of={today.isoformat()}").json()
    assert any("Breast pumps" in exclusion["text"] for exclusion in line["exclusions"])
    public = page.request.get(f"{base}/api/v1/docket/{petition.reference}/").json()
    assert public["stage"] == "granted"
    assert len(public["decision"]["findings"]) == len(CRITERIA)
    assert public["responses"][0]["reply_answers"][0]["value"].startswith("They make pumps for slurry")


def check_letter(
    page: Page, base: str, sign_in: Callable[[User], Page], petition: Petition, importer: User, folder: Path
) -> None:
    """The requester's letter states each factor and is tagged PDF; its code can be verified by anyone."""
    letter = petition.letters.get(kind="grant")
    page = sign_in(importer)
    data = page.request.get(f"{base}/petitions/{petition.pk}/letters/{letter.code}/").body()
    (folder / "letter.pdf").write_bytes(data)
    with pikepdf.open(folder / "letter.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
    words = pdf_text(data)
    for key in CRITERIA:
        assert f"The record bears out {key.replace('_', ' ')}." in words
    page.goto(f"{base}/verify/{letter.code}/")
    expect(page.locator("main")).to_contain_text(str(petition.reference))
