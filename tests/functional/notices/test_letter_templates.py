"""Counsel changes a letter, looks at it on a real case, the signatory agrees; the next letter has it and is genuine."""

from collections.abc import Callable, Mapping
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions.actions.record.letters import decision_letter
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Round, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.notices.letter_templates import WHY, another
from tests.factories.petitions import Journey
from tests.functional.casework.hand import Hand
from tests.pdf_text import pdf_text

SENTENCE = "Keep this letter with the papers of the entry."


def test_a_template_is_edited_with_a_preview_and_the_next_letter_is_verified(
    page: Page,
    transactional_db: None,
    cast: Mapping[str, User],
    list3: Round,
    at: Any,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    way = Journey(cast, list3, at, "deny")
    way.take(*PATHS[Status.DENIED])
    hand = Hand(page, live_server.url)
    page.set_default_timeout(25000)
    with time_machine.travel(way.at, tick=True):
        sign_in(cast["legal"])
        page.goto(f"{hand.base}/letters/templates/")
        assert_accessible(page)
        hand.link("Denial")
        hand.type("text", another("denial", "Dear {banana},"))
        hand.type("why", WHY)
        hand.press("Keep as a version")
        expect(page.get_by_text("This letter has no field “{banana}”.").first).to_be_visible()
        assert_accessible(page)
        hand.type("text", another("denial"))
        hand.type("reference", str(way.petition.reference))
        with page.expect_download() as shown:
            hand.click(page.get_by_role("button", name="Preview (PDF)"))
        assert SENTENCE in pdf_text(shown.value.path().read_bytes())
        hand.press("Keep as a version")
        expect(page.locator("ins").first).to_have_text(SENTENCE)
        assert_accessible(page)
        hand.type("reason", WHY)
        hand.press("Propose")
        proposal = page.url
        sign_in(cast["signatory"])
        page.goto(proposal)
        hand.press("Confirm and apply now")
        letter = decision_letter(way.petition.decision, at=way.at)
        assert SENTENCE in pdf_text(read_file(letter.storage_key))
        page.goto(f"{hand.base}/verify/?code={letter.code.lower()}")
        expect(page.get_by_role("heading", name="We issued this letter")).to_be_visible()
        expect(page.locator("main")).to_contain_text(str(letter.sha256))
