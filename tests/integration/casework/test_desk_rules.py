"""What staff do at their desks beside the steps themselves, and the sentence for each thing that will not do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.casework import at_desk
from exclusions.actions.decision.notices import Notice, publish_notice
from exclusions.actions.review import assignments, interests, product_texts, reviews
from exclusions.actions.store.cases import store_cases
from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Assignment, Interest, Petition, User
from exclusions.queries.casework.clusters.like_page import around
from exclusions.queries.casework.clusters.related import decided_beside
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import TEXT, Journey

SignIn = Callable[[User | None], Client]
Bring = Callable[[Status], Petition]

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> User:
    """Return another level 1 reviewer."""
    return make_person("Cora Colleague", role="reviewer1")


@pytest.fixture
def level1(level1_once: Journey, clock: Any) -> Petition:
    """Return a case at level 1; the clock stands after its last step."""
    petition = level1_once.petition
    clock.move_to(petition.updated_at + timedelta(hours=1))
    return petition


def post(client: Client, page: str, /, *arguments: Any, **data: Any) -> tuple[int, str]:
    """Post a form; return the status of the first answer and the text of the page that it leads to."""
    url = reverse(page, args=arguments)
    answer = client.post(url, data)
    text = client.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer.content.decode()
    return answer.status_code, text


# ---- Whose case it is ----------------------------------------------------------------------------------------------
def test_a_case_is_taken_handed_on_and_given_back_on_its_page(
    level1: Petition, reviewer1: User, colleague: User, client_of: SignIn
) -> None:
    mine, theirs = client_of(reviewer1), client_of(colleague)
    case = level1.reference
    assert "is yours" in post(mine, "case-assignment", case, "take")[1]
    status, text = post(theirs, "case-assignment", case, "take")
    assert (status, "has this case. Ask for its release" in text) == (409, True)
    assert "is assigned to Cora Colleague" in post(mine, "case-assignment", case, "assign", to=colleague.pk)[1]
    assert "Choose a colleague" in post(mine, "case-assignment", case, "assign", to="nobody")[1]
    assert "is back on the worklist" in post(theirs, "case-assignment", case, "release", next="worklist")[1]
    assert post(theirs, "case-assignment", case, "release")[0] == 409
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_who_may_be_given_a_case(
    level1: Petition, reviewer1: User, reviewer2: User, legal: User, importer: User, clock: Any
) -> None:
    at = clock.now
    with pytest.raises(NotPermitted, match="only to staff who work it"):
        assignments.take(level1, by=importer, at=at)
    with pytest.raises(NotPermitted, match="a person of your own role"):
        assignments.assign(level1, to=reviewer1, by=legal, at=at)
    assert assignments.assign(level1, to=reviewer1, by=reviewer2, at=at).user == reviewer1, "level 2 assigns level 1"
    interests.declare(user=reviewer1, name="Meadowlark Infant Care LLC", nature="Shares", by=reviewer1, at=at)
    with pytest.raises(NotPermitted, match="may not act in this case"):
        assignments.assign(level1, to=reviewer1, by=reviewer2, at=at)


def test_a_closed_case_is_assigned_to_nobody(denied_once: Journey, reviewer1: User, clock: Any) -> None:
    with pytest.raises(WrongState, match="You cannot assign it"):
        assignments.take(denied_once.petition, by=reviewer1, at=clock.now + timedelta(days=90))


def test_a_case_held_already_stays_with_whoever_has_it(level1: Petition, reviewer1: User, clock: Any) -> None:
    first = assignments.take(level1, by=reviewer1, at=clock.now)
    assert assignments.take(level1, by=reviewer1, at=clock.now) == first
    with pytest.raises(Conflict):
        assignments.take(level1, by=make_person("Third Reviewer", role="reviewer1"), at=clock.now)


# ---- Interests ---------------------------------------------------------------------------------------------------
def test_an_interest_is_declared_and_ended_on_its_page(reviewer1: User, client_of: SignIn, clock: Any) -> None:
    client = client_of(reviewer1)
    _, text = post(client, "review-interests", name="Meadowlark Infant Care LLC", nature="Shares")
    assert "You no longer see or act in cases with Meadowlark Infant Care LLC" in text
    interest = Interest.objects.get()
    post(client, "review-interest-end", interest.pk)
    interest.refresh_from_db()
    assert interest.ended_at == clock.now
    assert "has ended already" in post(client, "review-interest-end", interest.pk)[1]


def test_an_interest_is_somebodys_in_something(
    reviewer1: User, colleague: User, admin: User, importer: User, clock: Any
) -> None:
    def declare(user: User, by: User, name: str = "Acme Inc.", nature: str = "Shares") -> Interest:
        return interests.declare(user=user, name=name, nature=nature, by=by, at=clock.now)

    with pytest.raises(NotPermitted, match="Only staff declare interests"):
        declare(importer, importer)
    with pytest.raises(NotPermitted, match="Only the person or an administrator"):
        declare(reviewer1, colleague)
    for name, nature, says in (("", "Shares", "Name the company"), ("Acme", " ", "Say what"), ("x" * 301, "S", "Name")):
        with pytest.raises(Incomplete, match=says):
            declare(reviewer1, reviewer1, name, nature)
    made = declare(reviewer1, admin)
    assert declare(reviewer1, reviewer1, "ACME INC.") == made, "once for a company"


def test_customers_have_no_interests_page(importer: User, client_of: SignIn) -> None:
    assert client_of(importer).get(reverse("review-interests")).status_code == 403


# ---- The case ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("grant", "sign-case"),
        ("deny", "sign-case"),
        ("publish", "notices"),
        ("recommend", "case"),
    ],
)
def test_a_link_to_a_step_leads_to_its_page(
    level1: Petition, reviewer1: User, client_of: SignIn, name: str, leads_to: str
) -> None:
    client = client_of(reviewer1)
    answer = client.get(reverse("case-transition", args=[level1.reference, name]))
    wanted = reverse(leads_to) if leads_to == "notices" else reverse(leads_to, args=[level1.reference])
    assert (answer.status_code, answer["Location"]) == (302, wanted)


def test_a_step_that_is_none_is_not_there(level1: Petition, reviewer1: User, client_of: SignIn) -> None:
    assert client_of(reviewer1).get(reverse("case-transition", args=[level1.reference, "promote"])).status_code == 404


def test_like_cases_are_named_with_what_they_have_in_common(
    petition_in: Bring, journey: Callable[..., Journey], reviewer1: User, clock: Any
) -> None:
    denied, other = petition_in(Status.DENIED), petition_in(Status.POSTED)
    Petition.objects.filter(pk=other.pk).update(hts10="6810990080")
    far = petition_in(Status.POSTED)
    Petition.objects.filter(pk=far.pk).update(hts10="8413810040")
    case = petition_in(Status.LEVEL1)
    store_cases([other, far], at=clock.now)
    beside = around(case, reviewer1, {})
    assert beside
    assert {like.case.reference: like.why for like in beside.like.rows} == {
        denied.reference: "same cluster; same 10-digit number; same organization",
        other.reference: "same cluster; same organization",
        far.reference: "same cluster; same organization",
    }
    before = decided_beside(case)
    assert (
        [decision.reference for decision in before]
        == [denied.reference]
        == [decision.reference for decision in beside.decisions]
    )
    without = journey().petition
    without.hts10 = ""
    assert around(without, reviewer1, {}) is None, "it is no case yet"
    assert decided_beside(without) == []


# ---- Conclusions and texts ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({"outcome": "perhaps"}, "Choose grant, grant in part or deny"),
        ({"outcome": "deny", "denial_codes": ["DR99"]}, "Unknown reason code: DR99"),
        ({"outcome": "deny", "denial_codes": []}, "Choose at least one coded reason"),
        ({"outcome": "grant", "denial_codes": ["DR1"]}, "A grant has no reasons for denial"),
        ({"outcome": "grant", "reasons": " "}, "."),
    ],
)
def test_a_recommendation_has_its_outcome_its_codes_and_its_reasons(
    level1: Petition, reviewer1: User, clock: Any, entered: dict[str, Any], says: str
) -> None:
    whole = {"outcome": "grant", "reasons": "The findings show it.", "denial_codes": [], **entered}
    with pytest.raises(Incomplete, match=says):
        reviews.recommend_outcome(level1, **whole, by=reviewer1, at=clock.now)
    assert not level1.recommendations.exists()


def test_a_text_is_for_a_number_and_an_opinion_for_the_latest_text(
    journey: Callable[..., Journey], drafter: User, customs: User
) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.DRAFTING])

    def draft(number: str = "6810.99.0010", text: str = TEXT, **more: Any) -> Any:
        return product_texts.draft_text(petition, text=text, number=number, by=drafter, at=case.at, **more)

    with pytest.raises(Incomplete, match="digit"):
        draft(number="68")
    with pytest.raises(Incomplete):
        draft(text="FlowMate® slabs")
    with pytest.raises(Incomplete, match="You wrote a text and ticked the whole number as well"):
        draft(whole_number=True)
    first = draft(text="6810990010", whole_number=True)
    assert (first.text, first.version) == ("6810.99.0010", 1)
    case.take("send_to_customs")
    petition = case.petition
    latest = petition.drafts.order_by("-version").first()
    assert latest
    for result, reasons, says in (
        ("maybe", "", "Choose an opinion"),
        ("not_administrable", " ", "Give the reasons of the objection"),
    ):
        with pytest.raises(Incomplete, match=says):
            product_texts.give_opinion(latest, result=result, reasons=reasons, by=customs, at=case.at)
    with pytest.raises(Conflict, match=r"You read version 1\. Version 2"):
        product_texts.give_opinion(first, result="no_objection", by=customs, at=case.at)


# ---- What the signatory reads ---------------------------------------------------------------------------------------
def test_words_that_level_2_adopted_are_said_to_be_level_1s_and_nothing_is_asked_after_signing(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: SignIn, clock: Any
) -> None:
    trip = journey("grant")
    case = trip.take(*PATHS[Status.LEVEL2])
    first = case.recommendations.get()
    trip.petition = at_desk.agree(case, seen=first.pk, agreed=True, by=cast["reviewer2"], at=trip.at)
    trip.at += timedelta(hours=1)
    trip.take("confirm_consistency", "clear_for_drafting", "send_to_customs", "clear_text", "assess")
    clock.move_to(trip.at)
    client, where = client_of(cast["signatory"]), reverse("sign-case", args=[case.reference])
    assert f"These are the words of {first.made_by}, level 1." in " ".join(client.get(where).content.decode().split())
    trip.take("grant")
    page = " ".join(client.get(where).content.decode().split())
    assert "Nothing is to be signed here: the case is " in page
    assert 'name="outcome"' not in page


# ---- Notices -------------------------------------------------------------------------------------------------------
def test_a_notice_has_cases_and_a_day_between_the_decision_and_today(granted_once: Journey, publisher: User) -> None:
    case = granted_once
    granted = case.petition
    today = case.at.date()

    def publish(petitions: list[Petition], **more: Any) -> list[Petition]:
        notice = Notice(**{"citation": "84 FR 99999", "published_on": today, **more})
        return publish_notice(petitions, notice, by=publisher, at=case.at)

    for petitions, more, says in (
        ([], {}, "Choose at least one granted case"),
        ([granted], {"published_on": today + timedelta(days=2)}, f"{granted.reference}: .* is in the future"),
        ([granted], {"published_on": today - timedelta(days=30)}, "cannot be older than the decision"),
        ([granted], {"heading": "nonsense"}, "Use only the digits"),
    ):
        with pytest.raises(ActionRefused, match=says):
            publish(petitions, **more)  # type: ignore[arg-type]
    assert [one.status for one in publish([granted])] == [Status.PUBLISHED]
    assert granted.decision.exclusion
    assert granted.decision.exclusion.terms.get().status == "published"


def test_the_publisher_chooses_cases_on_the_page(
    granted_once: Journey, publisher: User, client_of: SignIn, clock: Any
) -> None:
    granted = granted_once.petition
    clock.move_to(granted.updated_at + timedelta(hours=1))
    client = client_of(publisher)
    assert "Choose at least one granted case" in post(client, "notices", citation="84 FR 1")[1]
    day = clock.now.date().isoformat()
    _, text = post(
        client, "notices", cases=str(granted.reference), citation="84 FR 99999", published_on=day, confirmed="on"
    )
    assert "Published: 1 case under 84 FR 99999." in text
