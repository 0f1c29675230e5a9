"""The case on one screen: its tabs, what stands above them, and what each asks of the database."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.review.reviews import record_finding
from exclusions.facts import like_cases
from exclusions.gateways.documents.object_store import open_file
from exclusions.gateways.shared_cache import remembered
from exclusions.models import Petition, User
from exclusions.permissions.conclusions import conclusions
from exclusions.permissions.consistency import concluded
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.queries.casework.case.case import find_case
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.questionnaires import Question
from exclusions.questionnaires.language import questionnaire
from exclusions.questionnaires.language.cleaned import clean_answer
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import READERS, answered_response
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
TABS = ["case", "case-evidence", "case-like", "case-text", "case-events"]
AT_MOST = 15
# Whoever has a case at level 2 answers like cases that stand otherwise on the page on which they agree.
OVER = {Status.LEVEL2: {("reviewer2", "case"): 17}}


def page_of(client: Client, name: str, trip: Journey) -> str:
    """Return the text of a tab of the case."""
    return client.get(reverse(name, args=[trip.petition.reference])).content.decode()


def test_a_tab_takes_at_most_15_statements_for_every_reader_whatever_is_on_record(
    journey: Callable[..., Journey],
    cast: dict[str, User],
    client_of: ClientOf,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(like_cases, "MOST_COMPARED", -1)  # each wording is compared anew, as on the first visit
    assert connection.features.supports_json_field  # Django asks SQLite so once a process

    def statements(trip: Journey) -> dict[tuple[str, str], int]:
        found = {}
        clock.move_to(trip.at)
        for who in READERS:
            client = client_of(cast[who])
            for page in (*TABS, *(["sign-case"] if who == "signatory" else [])):
                remembered.clear()  # what the tariff says of the number is asked anew, as on the first visit
                reset_queries()  # Django logs 9,000 at most
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(reverse(page, args=[trip.petition.reference])).status_code in {200, 404}
                found[who, page] = len(captured)
        return found

    few, many = journey(), journey()
    for name in PATHS[Status.PUBLISHED]:
        if name == "close_responses":
            for _ in range(3):
                answered_response(many)
            answered_response(few)
        if name == "concur":
            for _ in range(3):
                many.find_on_everything("reviewer2")
        many.take(name)
        few.take(name) if name != "publish" else None
        if name not in {"submit", "publish"}:
            counted = statements(many)
            over = {who: number for who, number in counted.items() if number > AT_MOST}
            assert over == OVER.get(Status(many.petition.status), {}), many.petition.status
            assert counted == statements(few), many.petition.status


def test_the_head_says_how_a_case_stands_and_what_the_reader_does_next(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.LEVEL2])
    clock.move_to(trip.at)
    mine, theirs = (page_of(client_of(cast[who]), "case-text", trip) for who in ("reviewer2", "legal"))
    for page in (mine, theirs):
        assert "List 3, 25%" in page
        assert "Level 1: a denial (DR1)" in page
        assert "The agency reviews" in page
    assert "Record the level 2 recommendation first." in mine
    assert "None. It is not your move." in theirs
    trip.take("concur", "confirm_consistency", "clear_for_denial", "deny")
    clock.move_to(trip.at)
    closed = page_of(client_of(cast["auditor"]), "case", trip)
    assert "Denied (DR1), signed by Sidney Signatory" in closed
    assert "Nobody’s, after" in closed


def test_what_was_concluded_last_is_the_same_for_the_head_and_for_the_rules(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    def last_of(trip: Journey) -> str:
        """Return which desk concluded last, once all say the same of it."""
        petition = find_case(str(trip.petition.reference), cast["auditor"])
        assert petition is not None
        last = CasePage(petition, cast["auditor"], trip.at).concluded
        assert last == list(conclusions(Petition.objects.get(pk=petition.pk)).values())[-1]
        assert concluded(petition) == Concluded(RESULT[last.outcome], tuple(last.codes))
        return last.desk

    trip, seen = journey("deny"), []
    trip.take(*PATHS[Status.LEVEL1])
    compared = ("recommend", "concur", "confirm_consistency")
    to_committee = ("clear_for_drafting", "send_to_customs", "clear_text", "assess")
    for name in ("recommend", "send_back", *compared, "reopen", *compared, "clear_for_denial", "remand", *to_committee):
        trip.prepare(name)
        entered = last_of(trip)
        trip.act(name)
        trip.at += timedelta(hours=1)
        seen.append((name, entered, last_of(trip)))
    assert [desk for _, desk, _ in seen] == [desk for *_, desk in seen], "to move a case concludes nothing"
    assert dict((name, desk) for name, desk, _ in seen) == {
        "recommend": "level1",
        "send_back": "level1",
        "concur": "level2",
        "confirm_consistency": "level2",
        "reopen": "level2",
        "clear_for_denial": "legal",
        "remand": "legal",
        "clear_for_drafting": "legal",
        "send_to_customs": "legal",
        "clear_text": "legal",
        "assess": "committee",
    }


def test_no_box_is_shown_for_what_else_can_be_done_where_there_is_nothing_else(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.LEVEL1])
    clock.move_to(trip.at)
    empty = re.compile(r'<section class="tc-panel"[^>]*>\s*<h2[^>]*>[^<]*</h2>\s*(<ul[^>]*>\s*</ul>)?\s*</section>')
    for status in (Status.LEVEL1, Status.LEVEL2, Status.LEGAL, Status.SIGNATURE):
        trip.take(*PATHS[status][len(PATHS[trip.petition.status]) :])
        clock.move_to(trip.at)
        for who in READERS:
            page = page_of(client_of(cast[who]), "case", trip)
            assert not empty.search(page), (status, who)


def test_evidence_stands_in_parallel_and_figures_are_for_who_reads_the_whole_case(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey()
    trip.take("submit", "post")
    answered_response(trip)
    trip.take("close_responses", "begin_review")
    clock.move_to(trip.at)
    whole, public = (page_of(client_of(cast[who]), "case-evidence", trip) for who in ("reviewer1", "publisher"))
    for page in (whole, public):
        assert "Availability: who says what" in page
        assert "The petitioner replies" in page
        assert "It is another." in page
    for words in ("Table of purchases", "The last column compares", "<svg"):
        assert words in whole
        assert words not in public
    assert "style=" not in whole


def test_the_exclusions_beside_a_case_are_those_of_a_day_that_is_said(
    level1_once: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = level1_once
    clock.move_to(trip.at)
    assert re.search(
        r"in force on the filing day, \w+, \w+ \d+", page_of(client_of(cast["reviewer1"]), "case-like", trip)
    )


def test_a_letter_quotes_passages_that_are_public_and_names_no_confidential_answer(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.LEVEL1])
    for key in trip.petition.round.criteria:
        record_finding(
            trip.petition,
            criterion=key,
            result="against" if key == "availability" else "neutral",
            reasons=f"As the public record shows of {key}.",
            citations=["answer:available_us_explanation", "answer:purchases"],
            by=cast["reviewer1"],
            at=trip.at,
        )
    trip.codes = ["DR1"]
    trip.find_on_everything = lambda reviewer: None  # type: ignore[method-assign]
    trip.take("recommend", "concur", "confirm_consistency", "clear_for_denial", "deny")
    decision = trip.petition.decisions.get()
    explained = str(trip.petition.versions.get().answers["available_us_explanation"])
    assert [finding["cites"] for finding in decision.findings] == [["answer:available_us_explanation"]] * 5
    with open_file(trip.petition.letters.get(kind="denial").storage_key) as file:
        words = pdf_text(file.read())
    assert explained[:40] in words
    assert "Purchases of the product" not in words


@pytest.mark.parametrize("name", ["case", "case-evidence", "sign-case"])
def test_a_page_goes_through_each_certified_answer_once(
    name: str,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    client_of: ClientOf,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.SIGNATURE])
    clock.move_to(trip.at)
    seen: Counter[str] = Counter()

    def counting(question: Question, raw: Any) -> Any:
        seen[question.key] += 1
        return clean_answer(question, raw)

    monkeypatch.setattr(questionnaire, "clean_answer", counting)
    client = client_of(cast["signatory"])
    assert client.get(reverse(name, args=[trip.petition.reference])).status_code == 200
    assert max(seen.values()) == 1
