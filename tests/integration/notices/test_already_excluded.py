"""A text inside an exclusion that stands already: refused when drafted and when its notice goes, if it is certain."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.notices import drafting
from exclusions.actions.people import proposals
from exclusions.actions.review import product_texts
from exclusions.errors import Incomplete, WrongState
from exclusions.models import NoticeDraft, ProductDraft, TariffAction, User
from exclusions.permissions.notices.already_excluded import NewText, broader_exclusions
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.closings import WHY, covering
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import TEXT, Journey
from tests.factories.tariff import exclude

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
NUMBER = "6810990010"
# The round of the tests gives exclusions from the day of List 3 through the seventh of August 2020.
FIRST, LAST = date(2018, 9, 24), date(2020, 8, 7)
BROADER = "Slabs of agglomerated quartz (described in statistical reporting number 6810.99.0010)"
DAY = timedelta(days=1)

SURELY: dict[str, dict[str, Any]] = {
    "the whole number, on the very days": {"text": "6810.99.0010", "whole_number": True, "first": FIRST, "last": LAST},
    "a broader text without an end": {"text": BROADER, "first": FIRST - DAY, "last": None},
}
NOT_SURELY: dict[str, dict[str, Any]] = {
    "begins a day later": {"text": BROADER, "first": FIRST + DAY, "last": None},
    "ends a day earlier": {"text": "6810.99.0010", "whole_number": True, "first": FIRST, "last": LAST - DAY},
    "has no first day": {"text": BROADER, "first": None, "last": None},
    "requires what the text does not say": {
        "text": BROADER.replace("quartz", "quartz, with beveled edges"), "first": FIRST, "last": None,
    },
    "is of other goods": {"text": BROADER.replace("Slabs", "Statuettes"), "first": FIRST, "last": None},
    "is the same product, which a grant joins": {"text": TEXT, "first": FIRST, "last": None},
    "is of another list": {"text": BROADER, "first": FIRST, "last": None, "code": "1"},
    "names another number": {"text": BROADER, "first": FIRST, "last": None, "number": "6810990080"},
}  # fmt: skip


def add(kind: dict[str, Any]) -> str:
    """Make the exclusion of a row; return its reference."""
    row = dict(kind)
    code, number = row.pop("code", "3"), row.pop("number", NUMBER)
    action = TariffAction.objects.filter(code=code).first() or TariffAction.objects.create(
        code=code, name=f"List {code}", citation="83 FR 1", position=9
    )
    return exclude(action, number, row.pop("first"), row.pop("last"), **row).reference


def draft(trip: Journey, text: str = TEXT) -> ProductDraft:
    """Let the drafter write a text."""
    return product_texts.draft_text(
        trip.petition, text=text, number="6810.99.0010", by=trip.cast["drafter"], at=trip.at
    )


@pytest.mark.parametrize("kind", SURELY.values(), ids=SURELY)
def test_a_text_inside_an_exclusion_for_all_its_days_is_refused_by_name(kind: dict[str, Any], journey: Start) -> None:
    trip = journey()
    trip.take(*PATHS[Status.DRAFTING])
    reference = add(kind)
    with pytest.raises(Incomplete) as refused:
        draft(trip)
    (sentence,) = refused.value.fields["text"]
    assert f"covers every day of the new one: {reference}" in sentence
    assert "propose to close the case as covered" in sentence
    assert not ProductDraft.objects.exists()


@pytest.mark.parametrize("kind", NOT_SURELY.values(), ids=NOT_SURELY)
def test_where_it_is_not_certain_the_drafter_goes_on(kind: dict[str, Any], journey: Start) -> None:
    trip = journey()
    trip.take(*PATHS[Status.DRAFTING])
    add(kind)
    assert draft(trip).version == 1


def test_the_page_keeps_the_text_and_says_why(
    journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey()
    trip.take(*PATHS[Status.DRAFTING])
    reference = add(SURELY["a broader text without an end"])
    clock.move_to(trip.at)
    url = f"/review/{trip.petition.reference}/record/product_text/"
    page = client_of(cast["drafter"]).post(url, {"text": TEXT, "number": "6810.99.0010"})
    assert page.status_code == 422
    words = page.content.decode()
    assert reference in words
    assert "propose to close the case as covered" in words
    assert "polished on one face" in words


def test_a_notice_of_a_text_that_was_covered_meanwhile_is_refused(journey: Start, cast: dict[str, User]) -> None:
    trip = journey()
    trip.take(*PATHS[Status.GRANTED])
    reference = add(SURELY["a broader text without an end"])
    made = drafting.draft_notice([trip.petition], by=cast["publisher"], at=trip.at)
    with pytest.raises(Incomplete) as refused:
        drafting.send_draft(made, by=cast["publisher"], at=trip.at)
    assert any(f"is inside {reference}, which has the broader text" in one for one in refused.value.reasons)
    assert NoticeDraft.objects.get(pk=made.pk).status == NoticeDraft.Status.DRAFTED


def test_many_texts_are_asked_about_in_two_statements(journey: Start) -> None:
    journey()
    add(SURELY["a broader text without an end"])
    texts = [NewText(f"{TEXT} {count}", (NUMBER,), frozenset({"3"}), FIRST, LAST) for count in range(40)]
    with CaptureQueriesContext(connection) as captured:
        found = broader_exclusions(texts)
    assert len(captured) == 2
    assert all(found)


def test_a_text_of_two_numbers_is_inside_where_one_exclusion_means_both(journey: Start) -> None:
    journey()
    add(SURELY["a broader text without an end"])
    both = NewText(TEXT, (NUMBER, "6810990080"), frozenset({"3"}), FIRST, LAST)
    assert broader_exclusions([both]) == [None]
    assert broader_exclusions([NewText(TEXT, (), frozenset({"3"}), FIRST, LAST)]) == [None]


@pytest.mark.parametrize("status", [Status.DRAFTING, Status.CUSTOMS, Status.COMMITTEE, Status.SIGNATURE])
def test_a_case_is_closed_as_covered_until_it_is_signed_by_two_persons(status: Status, journey: Start) -> None:
    trip = journey()
    trip.take(*PATHS[status], "close_covered")
    assert trip.petition.status == Status.COVERED


def test_a_signed_case_is_not_closed_as_covered(journey: Start) -> None:
    trip = journey()
    trip.take(*PATHS[Status.GRANTED])
    with pytest.raises(WrongState, match="only before its decision is signed"):
        proposals.propose(
            "close_covered",
            trip.petition.pk,
            facts=covering(trip.petition),
            reason=WHY,
            by=trip.cast["intake"],
            at=trip.at,
        )


def head_of(client: Client, trip: Journey) -> str:
    page = client.get(reverse("case-text", args=[trip.petition.reference])).content.decode()
    return " ".join(page.partition("Outcome so far")[0].split())


@pytest.mark.parametrize("status", [Status.POSTED, Status.LEVEL1, Status.LEGAL, Status.SIGNATURE])
def test_the_head_of_an_open_case_says_which_exclusion_takes_its_number_out(
    status: Status, journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey()
    trip.take(*PATHS[status])
    clock.move_to(trip.at)
    assert "Already excluded" not in head_of(client_of(cast["intake"]), trip)
    add({"text": "6810.99.0010", "whole_number": True, "first": FIRST, "last": date(2019, 12, 1)})
    longest = add({"text": "6810.99.0010", "whole_number": True, "first": FIRST, "last": LAST})
    add({"text": BROADER, "first": FIRST, "last": None})
    for who in ("intake", "reviewer1", "legal", "signatory"):
        head = head_of(client_of(cast[who]), trip)
        assert "Already excluded" in head
        assert f">{longest}</a> takes out the whole number until Fri, Aug 7, 2020" in head, who
        assert ("Close as covered" in head) == (who == "intake")


def test_the_head_says_which_text_surely_means_the_goods(
    journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey(answers={"unique_features": "One face is polished to a gloss of 60 or more."})
    trip.take(*PATHS[Status.LEVEL1])
    clock.move_to(trip.at)
    reference = add({"text": BROADER, "first": FIRST, "last": LAST})
    add({"text": BROADER.replace("quartz", "quartz, beveled"), "first": FIRST, "last": None})
    for who in ("intake", "reviewer1"):
        head = head_of(client_of(cast[who]), trip)
        assert f">{reference}</a> covers these goods by its text until Fri, Aug 7, 2020 " in head, who
        assert BROADER in head
        assert ("Close as covered" in head) == (who == "intake")


@pytest.mark.parametrize(
    "kind",
    [
        {"first": date(2030, 1, 1), "last": None},
        {"first": FIRST, "last": date(2018, 12, 31)},
        {"first": FIRST, "last": None, "code": "1"},
        {"first": FIRST, "last": None, "number": "6810990080"},
        {"first": FIRST, "last": None, "text": BROADER.replace("Slabs", "Statuettes"), "whole_number": False},
        {"first": FIRST, "last": None, "text": BROADER.replace("quartz", "quartz, beveled"), "whole_number": False},
        {"first": date(2030, 1, 1), "last": None, "text": BROADER, "whole_number": False},
    ],
)
def test_what_was_not_in_force_on_the_filing_day_or_is_of_others_is_not_said(
    kind: dict[str, Any], journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey()
    trip.take("submit", "post")
    clock.move_to(trip.at)
    add({"text": "6810.99.0010", "whole_number": True, **kind})
    assert "Already excluded" not in head_of(client_of(cast["intake"]), trip)


def test_a_decided_case_is_not_said_to_be_excluded(
    journey: Start, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    trip = journey("deny")
    trip.take(*PATHS[Status.DENIED])
    clock.move_to(trip.at)
    add({"text": "6810.99.0010", "whole_number": True, "first": FIRST, "last": LAST})
    assert "Already excluded" not in head_of(client_of(cast["legal"]), trip)
