"""What one grant costs its desks, from level 1 to the notice: clicks and boxes together, each from its own worklist.

The case has one response that opposes it, with a reply, and one like case that was denied, from which level 1 sets it
apart; whoever compares confirms that. Nothing that is judged is chosen beforehand.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions import criteria
from exclusions.models import Decision, Petition, Round, User
from exclusions.permissions.arguments.marked import arguments_of, findings_now, unanswered
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import TEXT, Journey
from tests.functional.casework.test_clicks import Hands
from tests.integration.importer.test_case_statements import answered_response

MOST = 54
REASONS = "The record bears this out, answer by answer."
OWN_HARM = "The slabs are half of what we sell, and the duty is above our margin."
APART = "This requester sells little else, and theirs sells it beside other goods."


def at_level1(cast: Mapping[str, User], round_: Round, at: datetime) -> Journey:
    """Return a case with an opposing response and its reply, after a like one was denied."""
    Journey(cast, round_, at, "deny").take(*PATHS[Status.DENIED])
    trip = Journey(cast, round_, at, answers={"severe_harm_explanation": OWN_HARM})
    trip.take("submit", "post")
    answered_response(trip)
    trip.take("close_responses", "begin_review")
    return trip


def judge(hands: Hands, petition: Petition) -> None:
    """Mark what is argued, find on each criterion with reasons and a public passage, and recommend a grant."""
    hands.click(hands.page.get_by_role("link", name="Arguments", exact=True))
    hands.button("Take all suggestions")
    expect(hands.page.locator("main")).to_contain_text("Every text is marked.")
    hands.click(hands.page.get_by_role("link", name="Findings", exact=True))
    secret = hands.page.locator(".tc-badge--confidential")
    for key in petition.round.criteria:
        hands.choose(f"{key}-result", criteria.get(key).results[0])
        hands.fill(f"{key}-reasons", f"{key.capitalize()}. {REASONS}")
        hands.click(hands.page.locator(f"#criterion-{key} .tc-passages .usa-checkbox").filter(has_not=secret).first)
    hands.choose("conclude-outcome", "grant")
    hands.fill("conclude-reasons", REASONS)
    hands.fill("conclude-unlike", APART)
    own = hands.page.locator("select[name='conclude-ours']")
    own.select_option("answer:severe_harm_explanation")  # of the other record the same question
    hands.clicks += 1
    hands.button("Record all and send on")
    expect(hands.page.locator("main")).to_contain_text("Level 2 review")


def test_a_grant_to_its_notice_costs_at_most_54_clicks_and_boxes(
    page: Page,
    transactional_db: None,
    live_server: Any,
    cast: dict[str, User],
    list3: Round,
    at: datetime,
    sign_in: Callable[[User], Page],
) -> None:
    trip, hands, counted = at_level1(cast, list3, at), Hands(page), dict[str, int]()
    petition = trip.petition

    def open_case(who: str, worklist: str = "/review/", link: str = "") -> None:
        counted[who] = hands.clicks + hands.boxes
        sign_in(cast[who])
        page.goto(live_server.url + worklist)
        hands.click(
            page.locator("main").get_by_role("link", name=link or str(petition.reference), exact=not link).first
        )

    def agree(who: str, button: str, worklist: str = "/review/") -> None:
        open_case(who, worklist)
        hands.choose("agreed", "on")
        hands.button(button)

    with time_machine.travel(trip.at, tick=True):
        open_case("reviewer1")
        judge(hands, petition)
        agree("reviewer2", "Agree and send to consistency review")
        open_case("second_reviewer2")
        hands.button("Record and confirm consistency")
        agree("legal", "Agree and clear for drafting", "/legal/")
        open_case("drafter")
        draft(hands)
        open_case("customs", "/customs/", TEXT[:40])
        hands.choose("result", "no_objection")
        hands.button("Give the opinion")
        agree("committee", "Agree and send for signature")
        agree("signatory", "Sign the grant as recommended", "/sign/")
        hands.button("Sign grant: no contact outside the log")
        expect(page.locator("main")).to_contain_text("is granted. The letter is issued.")
        publish(hands, sign_in(cast["publisher"]), live_server.url, petition, trip.at)

    check_what_was_signed(petition)
    print(counted, hands.clicks, "clicks", hands.boxes, "boxes")  # noqa: T201
    assert hands.clicks + hands.boxes <= MOST, counted
    assert list(breaks()) == []


def draft(hands: Hands) -> None:
    """Write the product text, and send it to Customs."""
    hands.click(hands.page.get_by_role("link", name="Draft the product text").first)
    hands.fill("text", TEXT)
    hands.button("Save as a new version")
    hands.button("Send text to customs")


def publish(hands: Hands, page: Page, base: str, petition: Petition, at: datetime) -> None:
    """Put the grant into a notice of that day."""
    page.goto(f"{base}/notices/")
    hands.choose("cases", str(petition.reference))
    for name, words in (("citation", "84 FR 90001"), ("published_on", eastern_date(at).isoformat())):
        page.locator(f"[name='{name}']").fill(words)
        hands.boxes += 1
    hands.button("See what the notice changes")
    hands.button("Publish the notice")
    expect(page.locator("main")).to_contain_text("84 FR 90001")


def check_what_was_signed(petition: Petition) -> None:
    """The grant cites, says what sets it apart, and leaves no argument against it open."""
    petition.refresh_from_db()
    decision = Decision.objects.get(petition=petition)
    assert (petition.status, decision.outcome) == (Status.PUBLISHED, "grant")
    assert all(finding["citations"] for finding in decision.findings)
    assert APART in [row["reasons"] for row in decision.explanations]
    argued = arguments_of(petition)
    assert argued.against("grant"), "the response argues against it"
    assert unanswered(argued, findings_now(petition), "grant") == []
