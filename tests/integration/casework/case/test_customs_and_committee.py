"""Customs' coded grounds and the redraft loop, and what each agency of the committee says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exclusions.actions.review import product_texts, reviews
from exclusions.errors import Conflict, Incomplete
from exclusions.models import CommitteeAssessment, CustomsOpinion, User
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import TEXT, Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User], Client]
NARROWER = TEXT.replace("3.5 m", "3.2 m")


@pytest.fixture
def objected(journey: Start) -> Journey:
    """Return a journey whose first text Customs objected to, and whose second one is with Customs."""
    case = journey()
    case.take(*PATHS[Status.CUSTOMS], "object_to_text")
    by = case.cast["drafter"]
    product_texts.draft_text(case.petition, text=NARROWER, number="6810.99.0010", by=by, at=case.at)
    case.act("send_to_customs")
    return case


@pytest.mark.parametrize(
    ("result", "grounds", "said"),
    [
        ("not_administrable", [], "at least one ground"),
        ("not_administrable", ["on_its_face"], "“On its face not classified in the cited number”: not a ground"),
        ("no_objection", ["end_use"], "not a ground of this opinion"),
        ("misclassified", ["nonsense"], "not a ground of this opinion"),
    ],
)
def test_an_objection_names_grounds_of_its_kind(objected: Journey, result: str, grounds: list[str], said: str) -> None:
    draft = objected.petition.drafts.latest("version")
    with pytest.raises(Incomplete) as refused:
        product_texts.give_opinion(draft, result=result, grounds=grounds, reasons="It depends on who uses the slabs.",
                                   by=objected.cast["customs"], at=objected.at)  # fmt: skip
    assert said in refused.value.fields["grounds"][0]
    assert CustomsOpinion.objects.count() == 1


def test_versions_stand_beside_each_other_with_the_words_that_differ(
    objected: Journey, client_of: ClientOf, customs: User
) -> None:
    draft = objected.petition.drafts.latest("version")
    page = client_of(customs).get(f"/customs/{draft.pk}/").content.decode()
    assert "Version 1 beside version 2" in page
    assert "<del>3.5</del>" in page
    assert "<ins>3.2</ins>" in page
    assert "cannot be measured or seen at entry" in page
    assert str(objected.petition.reference) not in page


def test_an_opinion_on_an_outdated_draft_is_refused_and_keeps_what_was_typed(
    objected: Journey, client_of: ClientOf, customs: User
) -> None:
    first, latest = objected.petition.drafts.order_by("version")
    client = client_of(customs)
    assert client.get(f"/customs/{first.pk}/").url == f"/customs/{latest.pk}/"  # type: ignore[attr-defined]
    words = "The thickness is still missing in it."
    sent = {"result": "not_administrable", "grounds": ["no_unit"], "reasons": words}
    refused = client.post(f"/customs/{first.pk}/", sent)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "You read version 1. Version 2 (6810.99.0010) replaced it on" in page
    assert words in page
    assert NARROWER[:60] in page
    assert CustomsOpinion.objects.count() == 1
    with pytest.raises(Conflict, match=r"You read version 1\. Version 2"):
        product_texts.give_opinion(first, result="no_objection", by=customs, at=objected.at)


# ---- The committee -------------------------------------------------------------------------------------------------
SAID: list[dict[str, str]] = [
    {"agency": "commerce", "view": "agrees", "words": ""},
    {"agency": "labor", "view": "objects", "words": "A plant in Ohio would lay people off."},
]


@pytest.fixture
def with_committee(journey: Start) -> Journey:
    """Return a journey that is with the committee."""
    case = journey()
    case.take(*PATHS[Status.COMMITTEE])
    return case


def assess(case: Journey, views: list[dict[str, str]]) -> CommitteeAssessment:
    said: dict[str, Any] = {"outcome": "grant", "reasons": "The agencies agree with the findings.", "views": views}
    return reviews.record_assessment(case.petition, **said, by=case.cast["committee"], at=case.at)


def test_each_agency_has_its_view_and_none_is_published(
    with_committee: Journey, client_of: ClientOf, committee: User, signatory: User, client: Client
) -> None:
    case, where = with_committee, f"/review/{with_committee.petition.reference}/record/assessment/"
    page = client_of(committee).get(where)
    assert "Small Business Administration" in page.content.decode()
    sent = {"outcome": "grant", "reasons": "The agencies agree with the findings.", "view_labor": "objects"}
    short = client_of(committee).post(where, sent)
    assert short.status_code == 422
    assert "Labor: say why it objects" in short.content.decode()
    kept = sent | {"words_labor": SAID[1]["words"], "view_commerce": "agrees"}
    assert client_of(committee).post(where, kept).status_code == 302
    assert CommitteeAssessment.objects.get().views == SAID
    case.petition.refresh_from_db()
    case.act("assess")
    assert SAID[1]["words"] in client_of(signatory).get(f"/sign/{case.petition.reference}/").content.decode()
    case.act("grant")
    public = client.get(f"/docket/{case.petition.reference}/").content.decode()
    assert SAID[1]["words"] not in public
    assert "Labor" not in public


@pytest.mark.parametrize(
    ("views", "field"),
    [
        ([{"agency": "nasa", "view": "agrees"}], "views"),
        ([SAID[0], SAID[0]], "views"),
        ([{"agency": "state", "words": "We have seen it."}], "view_state"),
        ([{"agency": "state", "view": "objects", "words": "No."}], "words_state"),
        ([{"agency": "state", "view": "agrees_in_part", "words": ""}], "words_state"),
    ],
)
def test_what_no_agency_can_say_is_refused(with_committee: Journey, views: list[dict[str, str]], field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        assess(with_committee, views)
    assert field in refused.value.fields
    assert not CommitteeAssessment.objects.exists()


def test_what_agrees_says_nothing_more_and_what_agrees_in_part_says_to_what(with_committee: Journey) -> None:
    in_part = {"agency": "state", "view": "agrees_in_part", "words": "It agrees to slabs above 3 m alone."}
    silent = {"agency": "treasury", "view": "no_position", "words": ""}
    made = assess(with_committee, [silent, SAID[0], in_part])
    assert made.views == [SAID[0], silent, in_part]
    told = {name: (view, words) for name, view, words in made.views_in_words}
    assert told["State"] == ("Agrees in part", in_part["words"])
    assert told["Treasury"] == ("Takes no position", "")
