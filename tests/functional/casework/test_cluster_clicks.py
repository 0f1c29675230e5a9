"""A cluster of a hundred alike cases, denied through every desk in Chromium, each from its own worklist: counted.

Each has a response that opposes it, with a reply, and a like case was granted before. Clicks and texts count.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.store.clusters import propose_all
from exclusions.models import Decision, Letter, Petition, PublicPetition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.casework.citing import ANSWERED, OWN_TEXT
from tests.factories.casework.copies import copies_of
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.functional.casework.hand import Hand
from tests.integration.importer.test_case_statements import answered_response

MOST, CASES = 80, so_many(8, 100)
WHY = "A domestic producer makes the same slabs, as the public record shows."
APART = "Their supplier outside China answered an inquiry; none answered those of these petitioners."
CODE = "DR1"


@pytest.fixture
def later(at: datetime) -> Iterator[datetime]:
    """Let the clock go on from when the periods of the cases are over."""
    moment = at + timedelta(days=40)
    with time_machine.travel(moment, tick=True):
        yield moment


@pytest.fixture
def hundred(transactional_db: None, cast: Mapping[str, User], list3: Round, at: datetime) -> list[Petition]:
    """Return a hundred alike cases at level 1, drawn together, after a like one was granted."""
    Journey(cast, list3, at).take(*PATHS[Status.GRANTED])
    trip = Journey(cast, list3, at, "deny")
    trip.take("submit", "post")
    answered_response(trip)
    first = trip.take("close_responses", "begin_review")
    petitions = [first, *copies_of(first, CASES - 1)]
    propose_all(at=at)
    return petitions


def test_a_cluster_of_a_hundred_is_denied_in_at_most_eighty_clicks_and_texts(
    page: Page,
    hundred: list[Petition],
    later: datetime,
    cast: Mapping[str, User],
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    hand = Hand(page, live_server.url)
    counted: dict[str, int] = {}

    @contextmanager
    def desk(name: str, who: str, leaves: Status) -> Iterator[None]:
        before = hand.clicks + hand.texts
        sign_in(cast[who])
        hand.open_cluster()
        yield
        counted[name] = hand.clicks + hand.texts - before
        expect(page.get_by_text(f"{CASES} cases").first).to_be_visible()
        stand = Petition.objects.filter(pk__in=[petition.pk for petition in hundred])
        assert set(stand.values_list("status", flat=True)) == {leaves}

    with desk("level 1", "reviewer1", Status.LEVEL2):
        assert_accessible(page)
        take_and_find(hand, hundred[0].round.criteria, assert_accessible)
        hand.link("Mark the arguments as suggested")
        assert_accessible(page)
        hand.press("Mark the chosen cases")
        recommend(hand, "Recommend an outcome", apart=APART)
    with desk("level 2", "reviewer2", Status.CONSISTENCY):
        recommend(hand, "Recommend an outcome")
    with desk("consistency", "second_reviewer2", Status.LEGAL):
        compare(hand, assert_accessible)
    with desk("counsel", "legal", Status.SIGNATURE):
        recommend(hand, "Record the legal review")
    with desk("signatory", "signatory", Status.DENIED):
        sign(hand, assert_accessible)

    print(counted, hand.clicks, "clicks", hand.texts, "texts")  # noqa: T201
    assert hand.clicks + hand.texts <= MOST, counted
    check_what_was_signed(hundred)


def take_and_find(hand: Hand, criteria: Sequence[str], assert_accessible: Callable[[Page], None]) -> None:
    """Take all cases and record one finding on each criterion for all of them."""
    hand.link("Take all")
    hand.press("Take the chosen cases")
    hand.link("Record the findings")
    for key in criteria:
        hand.choose(f"{key}-result", "against" if key == "availability" else "not_shown")
        hand.type(f"{key}-reasons", f"{key.capitalize()}. {WHY}")
        hand.choose(f"{key}-citations", ANSWERED[key])
    assert_accessible(hand.page)
    hand.press("See what will be done")
    assert_accessible(hand.page)
    hand.press("Record the findings")


def check_what_was_signed(hundred: Sequence[Petition]) -> None:
    """Each says what sets it apart, has its letter, and stands on the page of the like case."""
    decided = Decision.objects.filter(petition__in=hundred)
    assert decided.count() == CASES
    assert all(APART in [row["reasons"] for row in one.explanations] for one in decided)
    (added,) = PublicPetition.objects.get(stage="stage4").supplements
    assert len(added["references"]) == CASES
    set_letters()
    assert Letter.objects.filter(kind="denial", sha256__isnull=False).count() == CASES
    assert list(breaks()) == []


def compare(hand: Hand, assert_accessible: Callable[[Page], None]) -> None:
    """Say what sets the cases apart from the like one, and cite what shows it."""
    hand.link("Record the consistency review")
    hand.type("distinctions", APART)
    cite(hand)
    assert_accessible(hand.page)
    hand.press("See what will be done")
    assert_accessible(hand.page)
    hand.press("Record the consistency review")


def cite(hand: Hand) -> None:
    """Cite what each record says; of the other one the same question."""
    hand.page.locator("select[name='ours']").select_option(f"answer:{OWN_TEXT}")
    hand.clicks += 1


def sign(hand: Hand, assert_accessible: Callable[[Page], None]) -> None:
    """Sign the denials, after a look at what will be signed."""
    hand.link("Sign denials")
    hand.choose("deny-denial_codes", CODE)
    hand.type("deny-rationale", WHY)
    hand.press("See what will be done")
    assert_accessible(hand.page)
    hand.press("Sign denials")


def recommend(hand: Hand, label: str, *, apart: str = "") -> None:
    """Conclude for a denial with one code, look at it, and do it; `apart` sets the cases apart from like ones."""
    hand.link(label)
    hand.choose("outcome", "deny")
    hand.choose("denial_codes", CODE)
    hand.type("reasons", WHY)
    if apart:
        hand.type("unlike", apart)
        cite(hand)
    hand.press("See what will be done")
    hand.press(label)
