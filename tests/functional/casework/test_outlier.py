"""One outlier among alike cases: set apart with its reason, granted singly another day, under a notice of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import time_machine
from playwright.sync_api import Page, expect

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.review.product_texts import draft_text
from exclusions.models import Cluster, Decision, Event, FederalNotice, Letter, Petition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import TEXT, Journey
from tests.functional.casework.hand import Hand, unfold

WHY = "Its slabs are polished on both faces; those of the others are polished on one."
RATIONALE = "No source outside China has the capacity, and the duty causes severe harm."
OWN_TEXT = TEXT.replace("polished on one face", "polished on both faces")
WRITTEN_EACH = {"model": "exclusions.PublicPetition", "field": "get()"}
CITATIONS = "84 FR 90001", "84 FR 90002"


def for_signature(cast: Mapping[str, User], round_: Round, at: datetime, text: str) -> Journey:
    """Return the way of a case that awaits the signature of its grant, with a product text."""
    way = Journey(cast, round_, at, "grant")
    way.take(*PATHS[Status.DRAFTING])
    draft_text(way.petition, text=text, number="6810.99.0010", by=cast["drafter"], at=way.at)
    way.act("send_to_customs")
    way.at += timedelta(hours=1)
    way.take(*PATHS[Status.SIGNATURE][len(PATHS[Status.CUSTOMS]) :])
    return way


def test_an_outlier_is_set_apart_and_granted_singly_under_a_notice_of_its_own(
    page: Page,
    transactional_db: None,
    cast: Mapping[str, User],
    list3: Round,
    at: datetime,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
    settings: Any,
) -> None:
    # A notice writes the public copy of each of its cases whole; what a joint act asks of each stays looked at.
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, WRITTEN_EACH]
    ways = [for_signature(cast, list3, at, text) for text in (TEXT, TEXT, OWN_TEXT)]
    *alike, outlier = (way.petition for way in ways)
    first = max(way.at for way in ways)
    second = first + timedelta(days=3)
    hand = Hand(page, live_server.url)
    page.set_default_timeout(25000)

    with time_machine.travel(first, tick=True):
        sign_in(cast["reviewer2"])
        page.goto(f"{hand.base}/clusters/")
        assert_accessible(page)
        hand.link("Agglomerated quartz slabs")
        set_apart(hand, outlier, assert_accessible)
        sign_in(cast["signatory"])
        hand.open_cluster()
        hand.link("Sign grants (2)")
        hand.type("grant-rationale", RATIONALE)
        hand.press("See what will be done")
        expect(page.locator("main")).not_to_contain_text(str(outlier.reference))
        hand.press("Sign grants")
        publish(sign_in, cast, hand, alike, CITATIONS[0], first)
    outlier.refresh_from_db()
    assert outlier.status == Status.SIGNATURE

    with time_machine.travel(second, tick=True):
        sign_in(cast["signatory"])
        page.goto(f"{hand.base}/sign/{outlier.reference}/")
        unfold(page, "grant-rationale")
        hand.type("grant-rationale", RATIONALE)
        hand.press("Sign grant")
        hand.press("Sign grant")
        publish(sign_in, cast, hand, [outlier], CITATIONS[1], second)
        set_letters()
    check_two_notices(alike, outlier, first, second)


def set_apart(hand: Hand, outlier: Petition, assert_accessible: Callable[[Page], None]) -> None:
    """Let one member stand apart, with the reason."""
    assert_accessible(hand.page)
    hand.click(hand.page.get_by_label(f"Choose {outlier.reference}"))
    hand.choose("verb", "apart")
    hand.type("reason", WHY)
    hand.press("Change the cluster")
    expect(hand.page.get_by_text("1 case stands apart now.")).to_be_visible()
    expect(hand.page.get_by_text("Stands apart").first).to_be_visible()
    assert_accessible(hand.page)


def publish(
    sign_in: Callable[[User], Page],
    cast: Mapping[str, User],
    hand: Hand,
    petitions: list[Petition],
    citation: str,
    day: datetime,
) -> None:
    """Put the grants into a notice of that day."""
    sign_in(cast["publisher"])
    hand.page.goto(f"{hand.base}/notices/")
    for petition in petitions:
        hand.choose("cases", str(petition.reference))
    hand.type("citation", citation)
    hand.type("published_on", eastern_date(day).isoformat())
    hand.press("See what the notice changes")
    hand.press("Publish the notice")


def check_two_notices(alike: list[Petition], outlier: Petition, first: datetime, second: datetime) -> None:
    """Each has its own decision, letter and notice, with the day on which it was made."""
    for petition, citation, day in [*((one, CITATIONS[0], first) for one in alike), (outlier, CITATIONS[1], second)]:
        petition.refresh_from_db()
        assert petition.status == Status.PUBLISHED
        decision = Decision.objects.get(petition=petition)
        assert eastern_date(decision.signed_at) == eastern_date(day)
        assert (decision.joint is None) == (petition == outlier)
        letter = Letter.objects.get(petition=petition, kind="grant")
        assert letter.sha256
        assert eastern_date(letter.issued_at) == eastern_date(day)
        notice = FederalNotice.objects.get(cases__petition=petition)
        assert (notice.citation, notice.published_on) == (citation, eastern_date(day))
    exclusions = {Decision.objects.get(petition=one).exclusion_id for one in alike}
    assert len(exclusions) == 1
    assert Decision.objects.get(petition=outlier).exclusion_id not in exclusions
    assert Event.objects.get(kind="cluster_apart", subject=f"petition:{outlier.pk}").reason == WHY
    assert Cluster.objects.get().size == 2
    assert list(breaks()) == []
