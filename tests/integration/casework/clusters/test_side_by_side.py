"""Two like cases under review that stand otherwise are one task: both on one page, from which either is returned."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions import transitions
from exclusions.actions.review import assignments, reviews
from exclusions.actions.review.own_view import set_share
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.facts import like_cases
from exclusions.models import AccessLog, Event, Petition, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import OWN_TEXT, SHOWS
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Journeys = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
TREADS = "Treads of cast terrazzo for stairs, of a thickness of 40 mm, ground on their upper face."
WHY = "Its findings on availability cite a source that the record does not bear out."
APART = "These slabs are longer than the others, as the second page of the record shows."


@pytest.fixture
def third_reviewer2(db: None) -> User:
    """Return a level 2 reviewer who recommended on neither case."""
    return make_person("Toni Senior", role=Role.REVIEWER2)


@pytest.fixture
def granted(journey: Journeys) -> Journey:
    """Return a case that is to be granted, at its consistency review."""
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    return case


@pytest.fixture
def denied(journey: Journeys, granted: Journey) -> Journey:
    """Return a like case that level 2 recommends to deny, at its consistency review."""
    case = journey("deny")
    case.take(*PATHS[Status.CONSISTENCY])
    granted.at = case.at = max(case.at, granted.at)
    return case


def address(case: Journey, other: Journey) -> str:
    """Return the address of the page of two cases."""
    return reverse("case-beside", args=[case.petition.reference, other.petition.reference])


def back(case: Journey, other: Journey, by: User, reason: str = WHY) -> Petition:
    """Return a case beside the other one."""
    told = {"beside": str(other.petition.reference)}
    return transitions.take(case.petition, "return_alike", by=by, at=case.at, reason=reason, data=told)


# ---- The page -----------------------------------------------------------------------------------------------------
def test_the_page_shows_both_cases_marks_what_differs_and_notes_the_reading_of_both(
    granted: Journey, denied: Journey, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    clock.move_to(denied.at)
    before = AccessLog.objects.filter(by=third_reviewer2).count()
    page = client_of(third_reviewer2).get(address(granted, denied)).content.decode()
    for case in (granted, denied):
        assert str(case.petition.reference) in page
    for said in ("Granted", "Denied (DR1)", "(differs)", "Return it to level 1", "lot 1"):
        assert said in page
    assert "Hidden Supplier Works" not in page
    read = AccessLog.objects.filter(by=third_reviewer2).order_by("-pk")[:2]
    assert {row.subject for row in read} == {f"petition:{case.petition.pk}" for case in (granted, denied)}
    assert AccessLog.objects.filter(by=third_reviewer2).count() == before + 2


def test_the_page_leads_to_a_comparison_that_begins_with_what_was_chosen_there(
    granted: Journey, denied: Journey, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    clock.move_to(denied.at)
    client = client_of(third_reviewer2)
    page = client.get(address(granted, denied)).content.decode()
    entry = reverse("case-entry", args=[granted.petition.reference, "consistency"])
    chosen = f"{entry}?beside={denied.petition.reference}&amp;cite=answer:{OWN_TEXT}"
    assert chosen in page
    form = client.get(chosen.replace("&amp;", "&")).content.decode()
    assert f'<option value="answer:{OWN_TEXT}" selected' in form


def test_the_comparison_leads_to_the_page(
    granted: Journey, denied: Journey, client_of: ClientOf, clock: Clock, second_reviewer2: User
) -> None:
    clock.move_to(denied.at)
    page = client_of(second_reviewer2).get(reverse("case", args=[granted.petition.reference])).content.decode()
    assert f'href="{address(granted, denied)}"' in page


def test_cases_that_are_not_like_are_no_page_and_like_ones_that_agree_ask_nothing(
    granted: Journey, journey: Journeys, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    other = journey(answers={"product_name": "Terrazzo stair treads", "product_description": TREADS})
    other.take(*PATHS[Status.CONSISTENCY])
    alike = journey()
    alike.take(*PATHS[Status.LEVEL2])
    clock.move_to(max(other.at, alike.at))
    client = client_of(third_reviewer2)
    assert client.get(address(granted, other)).status_code == 404
    assert client.get(address(granted, granted)).status_code == 404
    page = client.get(address(granted, alike)).content.decode()
    assert "Nothing is to be settled between them now" in page
    assert "Return it to level 1" not in page


@pytest.mark.parametrize("status", [Status.CONSISTENCY, Status.SIGNATURE])
def test_the_page_takes_at_most_15_statements(
    status: Status, journey: Journeys, denied: Journey, client_of: ClientOf, clock: Clock, third_reviewer2: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(like_cases, "MOST_COMPARED", -1)
    case = journey()
    case.take(*PATHS[status])
    clock.move_to(case.at)
    client = client_of(third_reviewer2)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(case, denied)).status_code == 200
    assert len(captured) <= 15, [row["sql"][:90] for row in captured.captured_queries]


# ---- Who may not see the other case ------------------------------------------------------------------------------
def test_whoever_may_not_see_the_other_case_is_answered_the_same_whatever_it_comes_to(
    granted: Journey, denied: Journey, journey: Journeys, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    alike = journey()
    alike.take(*PATHS[Status.CONSISTENCY])
    told = []
    for other in (denied, alike):
        reviews.recuse(other.petition, reason="I know them.", by=third_reviewer2, at=other.at)
        clock.move_to(max(granted.at, alike.at))
        client, page = client_of(third_reviewer2), address(granted, other)
        answers = [client.get(page), client.post(page, {"which": granted.petition.reference, "reason": WHY})]
        with pytest.raises(ActionRefused) as refused:
            back(granted, other, third_reviewer2)
        name = str(other.petition.reference)
        told.append(
            [(one.status_code, "level1" in one.content.decode()) for one in answers]
            + [(0, " ".join(refused.value.reasons).replace(name, ""))]
        )
        assert all(one.status_code == 403 for one in answers)
    assert told[0] == told[1]
    granted.petition.refresh_from_db()
    assert granted.petition.status == Status.CONSISTENCY


def test_before_the_own_view_of_the_other_case_nothing_is_shown_and_nothing_returned(
    granted: Journey, journey: Journeys, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    drawn = journey("deny")
    drawn.take(*PATHS[Status.LEVEL1])
    set_share(drawn.petition.round, percent=100, by=drawn.cast["admin"], at=drawn.at)
    drawn.take("recommend")
    granted.at = max(granted.at, drawn.at)
    clock.move_to(granted.at)
    assert client_of(third_reviewer2).get(address(granted, drawn)).status_code == 403
    with pytest.raises(Incomplete, match="No like case that you may compare stands otherwise"):
        back(granted, drawn, third_reviewer2)


def test_only_a_level_2_reviewer_opens_it(
    granted: Journey, denied: Journey, client_of: ClientOf, cast: dict[str, User], clock: Clock
) -> None:
    clock.move_to(denied.at)
    for who in ("reviewer1", "legal", "signatory", "auditor"):
        assert client_of(cast[who]).get(address(granted, denied)).status_code == 403, who


# ---- Returning either --------------------------------------------------------------------------------------------
AT = {
    Status.CONSISTENCY: (),
    Status.LEGAL: ("confirm_consistency",),
    Status.DRAFTING: ("confirm_consistency", "clear_for_drafting"),
    Status.CUSTOMS: ("confirm_consistency", "clear_for_drafting", "send_to_customs"),
    Status.COMMITTEE: ("confirm_consistency", "clear_for_drafting", "send_to_customs", "clear_text"),
    Status.SIGNATURE: ("confirm_consistency", "clear_for_drafting", "send_to_customs", "clear_text", "assess"),
}


@pytest.mark.parametrize("status", AT)
def test_a_case_is_returned_from_whatever_desk_and_the_other_is_free(
    status: Status, granted: Journey, journey: Journeys, third_reviewer2: User
) -> None:
    granted.take(*AT[status])
    other = journey("deny")
    other.take(*PATHS[Status.CONSISTENCY])
    granted.at = other.at = max(granted.at, other.at)
    with pytest.raises(Incomplete, match="say what sets this case apart"):
        reviews.record_consistency(other.petition, by=third_reviewer2, at=other.at)
    assert back(granted, other, third_reviewer2).status == Status.LEVEL1
    event = Event.objects.filter(subject=f"petition:{granted.petition.pk}").latest("sequence")
    assert (event.kind, event.reason, event.from_status) == ("return_alike", WHY, status)
    assert str(other.petition.reference) not in str(event.data)
    reviews.record_consistency(other.petition, by=third_reviewer2, at=other.at)


def test_either_is_returned_from_the_page_and_what_was_typed_is_kept_where_it_is_refused(
    granted: Journey, denied: Journey, client_of: ClientOf, clock: Clock, third_reviewer2: User
) -> None:
    clock.move_to(denied.at)
    client, page = client_of(third_reviewer2), address(granted, denied)
    named = f"{denied.petition.reference} is to be denied on the same record."
    refused = client.post(page, {"which": granted.petition.reference, "reason": named})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert f"The reason names {denied.petition.reference}" in said
    assert named in said
    assert "Choose the case that goes back." in client.post(page, {"reason": WHY}).content.decode()
    assert client.post(page, {"which": denied.petition.reference, "reason": WHY}).status_code == 302
    for case, status in ((granted, Status.CONSISTENCY), (denied, Status.LEVEL1)):
        case.petition.refresh_from_db()
        assert case.petition.status == status


def test_who_recommended_on_either_at_level_2_returns_neither(
    granted: Journey, denied: Journey, cast: dict[str, User], third_reviewer2: User
) -> None:
    with pytest.raises(Incomplete, match="You made the level 2 recommendation") as refused:
        back(granted, denied, cast["reviewer2"])
    assert len(refused.value.reasons) == 2, "of this case, and of the other"
    for who in ("legal", "reviewer1", "signatory"):
        with pytest.raises(NotPermitted):
            back(granted, denied, cast[who])
    assignments.take(granted.petition, by=cast["second_reviewer2"], at=granted.at)
    with pytest.raises(NotPermitted, match="has this case"):
        back(granted, denied, third_reviewer2)
    assert back(denied, granted, third_reviewer2).status == Status.LEVEL1


@pytest.mark.parametrize(("reason", "words"), [("", "Give a reason"), ("no no no", "This reason is too short")])
def test_a_return_needs_a_reason_of_substance(
    reason: str, words: str, granted: Journey, denied: Journey, third_reviewer2: User
) -> None:
    with pytest.raises(Incomplete, match=words):
        back(granted, denied, third_reviewer2, reason)


def test_what_is_settled_or_stands_alike_or_is_not_named_is_not_returned(
    granted: Journey, denied: Journey, journey: Journeys, third_reviewer2: User
) -> None:
    alike = journey()
    alike.take(*PATHS[Status.CONSISTENCY])
    granted.at = max(granted.at, alike.at)
    with pytest.raises(Incomplete, match="No like case that you may compare stands otherwise"):
        back(granted, alike, third_reviewer2)
    with pytest.raises(Incomplete, match="No like case that you may compare stands otherwise"):
        transitions.take(granted.petition, "return_alike", by=third_reviewer2, at=granted.at, reason=WHY)
    reviews.record_consistency(
        granted.petition, by=third_reviewer2, at=granted.at, distinctions={"": APART}, ours=SHOWS
    )
    for case, other in ((granted, denied), (denied, granted)):
        with pytest.raises(Incomplete, match="What sets the two cases apart is on record"):
            back(case, other, third_reviewer2)


def test_a_case_at_the_levels_is_not_returned_and_the_one_beside_it_is(
    granted: Journey, journey: Journeys, third_reviewer2: User
) -> None:
    early = journey("deny")
    early.take(*PATHS[Status.LEVEL2])
    granted.at = early.at = max(granted.at, early.at)
    with pytest.raises(WrongState):
        back(early, granted, third_reviewer2)
    assert back(granted, early, third_reviewer2).status == Status.LEVEL1


def test_the_owner_and_the_public_hear_nothing_of_a_return(
    granted: Journey, denied: Journey, third_reviewer2: User, client: Client, client_of: ClientOf, clock: Clock
) -> None:
    back(granted, denied, third_reviewer2)
    clock.move_to(granted.at)
    page = client.get(reverse("docket-petition", args=[granted.petition.reference])).content.decode()
    owner = client_of(granted.petition.filed_by).get(reverse("petition", args=[granted.petition.pk])).content.decode()
    for said in (page, owner):
        assert WHY not in said
        assert "Return after comparison" not in said
