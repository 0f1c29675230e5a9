"""What one denial costs its desks, from each one's own worklist: clicks that act, and boxes that are filled.

The case has one response that opposes it, with a reply, and one like case that was granted. Every criterion is found on
with its reasons and a passage, and each desk that agrees types nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from exclusions import criteria
from exclusions.models import Decision, Petition, Round, User
from exclusions.permissions.arguments.marked import arguments_of, findings_now, unanswered
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import answered_response

MOST = 40
REASONS = "The record bears this out, answer by answer."
AGAINST = "availability"
OWN_HARM = "The slabs are half of what we sell, and the duty is above our margin."
APART = "This requester sells little else, and theirs sells it beside other goods."


class Hands:
    """Somebody at a desk: each click and each box that is filled is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.boxes = 0

    def click(self, what: Locator) -> None:
        """Press a link, a button, or the label of a choice."""
        what.click()
        self.clicks += 1

    def choose(self, name: str, value: str) -> None:
        """Tick a box or choose a radio button by its label."""
        box = self.page.locator(f"[name='{name}'][value='{value}']")
        self.click(self.page.locator(f"label[for='{box.get_attribute('id')}']"))

    def fill(self, name: str, text: str) -> None:
        """Type into a box."""
        self.page.locator(f"textarea[name='{name}']").fill(text)
        self.boxes += 1

    def button(self, words: str) -> None:
        """Press a button by its words."""
        self.click(self.page.get_by_role("button", name=words, exact=True))


def judge(hands: Hands, petition: Petition) -> None:
    """Mark what is argued, find on each criterion with a public passage, recommend a denial, and send the case on."""
    hands.click(hands.page.get_by_role("link", name="Arguments", exact=True))
    hands.button("Take all suggestions")
    expect(hands.page.locator("main")).to_contain_text("Every text is marked.")
    hands.click(hands.page.get_by_role("link", name="Findings", exact=True))
    secret = hands.page.locator(".tc-badge--confidential")
    for key in petition.round.criteria:
        hands.choose(f"{key}-result", "against" if key == AGAINST else criteria.get(key).results[0])
        hands.fill(f"{key}-reasons", f"{key.capitalize()}. {REASONS}")
        hands.click(hands.page.locator(f"#criterion-{key} .tc-passages .usa-checkbox").filter(has_not=secret).first)
    hands.choose("conclude-outcome", "deny")
    hands.choose("conclude-denial_codes", criteria.get(AGAINST).denial_code)
    hands.fill("conclude-reasons", REASONS)
    hands.fill("conclude-unlike", APART)
    own = hands.page.locator("select[name='conclude-ours']")
    own.select_option("answer:severe_harm_explanation")  # of the other record the same question
    hands.clicks += 1
    hands.button("Record all and send on")


def at_level1(cast: Mapping[str, User], round_: Round, at: datetime) -> Journey:
    """Return a case with an opposing response and its reply, after a like one was granted."""
    Journey(cast, round_, at).take(*PATHS[Status.GRANTED])
    trip = Journey(cast, round_, at, "deny", answers={"severe_harm_explanation": OWN_HARM})
    trip.take("submit", "post")
    answered_response(trip)
    trip.take("close_responses", "begin_review")
    return trip


def test_a_denial_costs_at_most_40_clicks_and_boxes(
    page: Page,
    transactional_db: None,
    live_server: Any,
    clock: Any,
    cast: dict[str, User],
    list3: Round,
    at: datetime,
    sign_in: Callable[[User], Page],
) -> None:
    trip, hands, counted = at_level1(cast, list3, at), Hands(page), dict[str, int]()
    petition = trip.petition
    clock.move_to(trip.at)

    def open_case(who: str, worklist: str = "/review/") -> None:
        counted[who] = hands.clicks + hands.boxes
        sign_in(cast[who])
        page.goto(live_server.url + worklist)
        hands.click(page.locator("main").get_by_role("link", name=str(petition.reference), exact=True))

    open_case("reviewer1")
    judge(hands, petition)
    expect(page.locator("main")).to_contain_text("Level 2 review")

    open_case("reviewer2")
    hands.choose("agreed", "on")
    hands.button("Agree and send to consistency review")

    open_case("second_reviewer2")
    hands.button("Record and confirm consistency")

    open_case("legal", "/legal/")
    hands.choose("agreed", "on")
    hands.button("Agree and clear for denial")

    open_case("signatory", "/sign/")
    hands.choose("agreed", "on")
    hands.button("Sign the denial as recommended")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign denial?")
    hands.button("Sign denial: no contact outside the log")
    expect(page.locator("main")).to_contain_text("is denied. The letter is issued.")

    check_what_was_signed(petition)
    print(counted, hands.clicks, "clicks", hands.boxes, "boxes")  # noqa: T201
    assert hands.clicks + hands.boxes <= MOST, counted


def check_what_was_signed(petition: Petition) -> None:
    """The denial cites, says what sets it apart, and leaves no argument against it open; who agreed typed nothing."""
    decision = Decision.objects.get(petition=petition)
    assert (decision.outcome, decision.denial_codes, decision.rationale) == ("deny", ["DR1"], REASONS)
    assert all(finding["citations"] for finding in decision.findings)
    assert list(petition.recommendations.order_by("pk").values_list("adopts", flat=True)) == ["", "level1"]
    assert petition.legal_reviews.get().adopts == "level2"
    assert APART in [row["reasons"] for row in decision.explanations]
    argued = arguments_of(petition)
    assert argued.against("deny"), "petition and reply argue against it"
    assert unanswered(argued, findings_now(petition), "deny") == []
