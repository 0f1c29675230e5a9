"""A departure from proposal to public reason, and arguments answered one by one and for a cluster, in Chromium.

With SHOTS=FOLDER each page is kept as a picture at the width of a phone and of a desk.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.review.standing_answers import publish_standing_answer
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Argument, ClusterMember, Letter, Petition, PublicPetition, Round, User
from exclusions.permissions.arguments.marked import arguments_of, likeness
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.clusters import USUAL_TEXT
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.functional.casework.test_historical_case import sound
from tests.pdf_text import pdf_text

SignIn = Callable[[User], Page]
Check = Callable[[Page], None]
WHY = "The one maker in Ohio closed its plant after the earlier petition was denied."
RATIONALE = "No source outside China is left, and the duty causes severe harm."
BESIDE = "What others answered is no factor of the notice."
NO_PLANT = "That no plant makes a product today does not show that none can."
STANDING = "A rise in price alone shows no severe economic harm."


def letter_of(petition: Petition, kind: Letter.Kind) -> str:
    """Return what the letter of a decision says, on one line."""
    set_letters()
    return " ".join(pdf_text(read_file(Letter.objects.get(petition=petition, kind=kind).storage_key)).split())


def test_a_departure_is_proposed_confirmed_by_both_signed_and_read_by_everybody(
    live_server: Any,
    sign_in: SignIn,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    clock: Clock,
    assert_accessible: Check,
) -> None:
    denied, case = journey("deny"), journey()
    denied.take(*PATHS[Status.LEGAL], "clear_for_denial", "deny")
    case.at = denied.at
    case.take(*PATHS[Status.CONSISTENCY])
    clock.move_to(case.at)
    name, earlier = str(case.petition.reference), str(denied.petition.reference)

    def open_entry(who: str, kind: str) -> Page:
        page = sign_in(cast[who])
        page.goto(f"{live_server.url}{reverse('case-entry', args=[name, kind])}")
        return page

    page = open_entry("second_reviewer2", "consistency")
    sound(page, "comparison", assert_accessible)
    page.get_by_label("What sets this case apart").fill(WHY)
    page.get_by_text("Depart from the earlier decision instead").first.click()
    page.get_by_role("button", name="Record the consistency review").click()
    expect(page.get_by_text("Record the consistency review: recorded.")).to_be_visible()
    sound(page, "comparison-recorded", assert_accessible)
    case.act("confirm_consistency")

    for who, moves in (("legal", PATHS[Status.SIGNATURE][len(PATHS[Status.LEGAL]) :]), ("signatory", ())):
        clock.move_to(case.at)
        page = open_entry(who, "departure")
        expect(page.get_by_text(WHY).first).to_be_visible()
        sound(page, f"departure-{who}", assert_accessible)
        page.locator("label[for='id_agreed']").click()
        page.locator("main form[data-guard], main form").last.get_by_role("button").first.click()
        expect(page.get_by_text("Confirm a departure: recorded.")).to_be_visible()
        case.take(*moves)

    clock.move_to(case.at)
    page.goto(f"{live_server.url}{reverse('sign-case', args=[name])}")
    sound(page, "departure-sign", assert_accessible)
    case.take("grant")
    read_departure(page, live_server.url, name, earlier, assert_accessible)
    assert WHY in letter_of(case.petition, Letter.Kind.GRANT)


def read_departure(page: Page, base: str, name: str, earlier: str, check: Check) -> None:
    """Read the reason as anybody does, on the page of the case and on that of the earlier one."""
    page.context.clear_cookies()
    page.goto(f"{base}{reverse('docket-petition', args=[name])}")
    expect(page.get_by_role("heading", name="Why it departs from an earlier decision")).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    sound(page, "departure-public", check)
    page.goto(f"{base}{reverse('docket-petition', args=[earlier])}")
    expect(page.get_by_text(f"{name}, decided otherwise (granted), departs from this decision")).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_visible()
    sound(page, "supplement-departure", check)


def test_a_like_case_that_is_decided_otherwise_supplements_the_page_with_what_is_quoted(
    live_server: Any, page: Page, journey: Callable[..., Journey], clock: Clock, assert_accessible: Check
) -> None:
    denied, case = journey("deny"), journey()
    denied.take(*PATHS[Status.LEGAL])
    case.at = denied.at
    case.take(*PATHS[Status.SIGNATURE])
    denied.at = case.at
    denied.take("clear_for_denial", "deny")
    case.at = denied.at
    case.take("grant", "reopen_decision")
    clock.move_to(case.at)
    page.goto(f"{live_server.url}{reverse('docket-petition', args=[denied.petition.reference])}")
    expect(page.get_by_role("heading", name="Added since the decision")).to_be_visible()
    expect(page.get_by_text("was reopened on").first).to_be_visible()
    sound(page, "supplement", assert_accessible)


def test_three_arguments_are_answered_one_for_a_cluster_and_read_in_page_and_letter(
    live_server: Any,
    sign_in: SignIn,
    cast: dict[str, User],
    list3: Round,
    clock: Clock,
    assert_accessible: Check,
) -> None:
    ways = [Journey(cast, list3, clock.now, "deny", answers=USUAL_TEXT) for _ in range(3)]
    for way in ways:
        way.take(*PATHS[Status.LEVEL1])
    first, at = ways[0], max(way.at for way in ways)
    clock.move_to(at)
    for way in ways[1:]:
        mark_as_suggested(way.petition, by=cast["reviewer1"], at=at)
    publish_standing_answer(title="No plant", words=NO_PLANT, criterion="", by=cast["legal"], at=at)
    page = sign_in(cast["reviewer1"])
    address = f"{live_server.url}{reverse('case-arguments', args=[first.petition.reference])}"
    page.goto(address)
    sound(page, "arguments-to-mark", assert_accessible)
    page.get_by_role("button", name="Take all suggestions").click()
    expect(page.get_by_text("Every text is marked.")).to_be_visible()
    found = [row for _, row in arguments_of(first.petition).standing]
    pumps, plant = (next(row for row in found if words in row.words) for words in ("jobs depend", "No plant"))
    third = next(row for row in found if row not in (pumps, plant))

    answer(page, address, third.pk, "beside", BESIDE)
    answer(page, address, plant.pk, "standing")
    sound(page, "arguments-answered", assert_accessible)

    place = ClusterMember.objects.current().get(case__petition=first.petition)
    answer_of_a_cluster(
        page, f"{live_server.url}/clusters/{place.cluster_id}/argument_answer/", pumps, assert_accessible
    )

    first.at = at
    first.take(*PATHS[Status.LEGAL][len(PATHS[Status.LEVEL1]) :], "clear_for_denial", "deny")
    clock.move_to(first.at)
    shown = str(PublicPetition.objects.get(reference=first.petition.reference).explanations)
    letter = letter_of(first.petition, Letter.Kind.DENIAL)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}{reverse('docket-petition', args=[first.petition.reference])}")
    for said in (BESIDE, NO_PLANT, STANDING):
        assert said in shown
        assert said in letter
        expect(page.get_by_text(said).first).to_be_visible()
    sound(page, "arguments-public", assert_accessible)


def answer(page: Page, address: str, key: int, kind: str, reason: str = "") -> None:
    """Answer one argument on the page of its case."""
    page.goto(address)
    form = page.locator("form", has=page.locator(f"[name=argument][value='{key}']"))
    folded = form.locator("xpath=ancestor::details")
    if not folded.evaluate("element => element.open"):
        folded.locator("summary").click()
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=reason]").fill(reason)
    form.get_by_role("button").click()
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()


def answer_of_a_cluster(page: Page, address: str, argument: Argument, check: Check) -> None:
    """Say once for all cases why an argument is beside the criteria."""
    page.goto(address)
    sound(page, "arguments-of-a-cluster", check)
    for name, value in (("like", likeness(argument)), ("kind", "beside")):
        box = page.locator(f"[name='{name}'][value='{value}']")
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    page.locator("[name=reason]").fill(STANDING)
    page.get_by_role("button", name="See what will be done").click()
    expect(page.get_by_text("Nothing is done yet.")).to_be_visible()
    sound(page, "arguments-of-a-cluster-preview", check)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_text("3 cases").first).to_be_visible()
