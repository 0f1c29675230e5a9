"""What one denial costs its desks, from each one's own worklist: clicks and keys that act, and boxes that are filled.

Counted as its staff would work it: every criterion is found on with its reasons and a passage, and each desk that
agrees types nothing. 53 and 10 before the case stood on one screen.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from exclusions import criteria
from exclusions.models import Decision, Petition, User
from exclusions.workflow.states import Status

MOST_CLICKS, MOST_BOXES = 29, 7
REASONS = "The record bears this out, answer by answer."
AGAINST = "availability"


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
    """Find on each criterion with reasons and a public passage, recommend a denial, and send the case on."""
    secret = hands.page.locator(".tc-badge--confidential")
    for key in petition.round.criteria:
        hands.choose(f"{key}-result", "against" if key == AGAINST else criteria.get(key).results[0])
        hands.fill(f"{key}-reasons", f"{key.capitalize()}. {REASONS}")
        hands.click(hands.page.locator(f"#criterion-{key} .tc-passages .usa-checkbox").filter(has_not=secret).first)
    hands.choose("conclude-outcome", "deny")
    hands.choose("conclude-denial_codes", criteria.get(AGAINST).denial_code)
    hands.fill("conclude-reasons", REASONS)
    hands.button("Record all and send on")


def test_a_denial_costs_at_most_29_clicks_and_7_boxes(
    page: Page,
    live_server: Any,
    clock: Any,
    cast: dict[str, User],
    petition_in: Callable[[Status], Petition],
    sign_in: Callable[[User], Page],
) -> None:
    petition, hands = petition_in(Status.LEVEL1), Hands(page)
    clock.move_to(petition.updated_at)

    def open_case(who: str, worklist: str = "/review/") -> None:
        sign_in(cast[who])
        page.goto(live_server.url + worklist)
        hands.click(page.locator("main").get_by_role("link", name=str(petition.reference), exact=True))

    open_case("reviewer1")
    hands.click(page.get_by_role("link", name="Arguments", exact=True))
    hands.button("Take all suggestions")
    expect(page.locator("main")).to_contain_text("Every text is marked.")
    hands.click(page.get_by_role("link", name="Findings", exact=True))
    judge(hands, petition)
    expect(page.locator("main")).to_contain_text("Level 2 review")

    open_case("reviewer2")
    hands.choose("agreed", "on")
    hands.button("Agree and send to consistency review")

    open_case("second_reviewer2")
    hands.fill("reasons", "No like case is on file.")
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

    decision = Decision.objects.get(petition=petition)
    assert (decision.outcome, decision.denial_codes, decision.rationale) == ("deny", ["DR1"], REASONS)
    assert all(finding["citations"] for finding in decision.findings)
    assert list(petition.recommendations.order_by("pk").values_list("adopts", flat=True)) == ["", "level1"]
    assert petition.legal_reviews.get().adopts == "level2"
    assert hands.clicks <= MOST_CLICKS
    assert hands.boxes <= MOST_BOXES
