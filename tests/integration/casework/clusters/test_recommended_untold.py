"""Nothing of a case that is not decided leaves the agency, nor reaches who is kept from it or judges it first."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.decision import decisions
from exclusions.actions.review import interests, reviews
from exclusions.actions.review.own_view import set_share
from exclusions.errors import ActionRefused
from exclusions.models import Decision, Event, PublicPetition, User
from exclusions.permissions.consistency import KEPT
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "What desks concluded is read by a union, whose columns each database types in its way."
    ),
]
Journeys = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
APART = "These slabs are longer than the others, as the second page of the record shows."
TO_DENIAL = (*PATHS[Status.LEGAL], "clear_for_denial")


@pytest.fixture
def granted(journey: Journeys) -> Journey:
    """Return a case that is to be granted, at its consistency review."""
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    return case


@pytest.fixture
def denied(journey: Journeys) -> Journey:
    """Return a like case of which level 1 has recommended a denial."""
    case = journey("deny")
    case.take(*PATHS[Status.LEVEL2])
    return case


def record(case: Journey, by: User, **entered: Any) -> Any:
    """Record the comparison as that person."""
    return reviews.record_consistency(case.petition, by=by, at=case.at, **{"ours": SHOWS, **entered})


def plain(page: bytes) -> str:
    """Return a page without the token that differs from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())


# ---- Nothing of a case that is not decided is told outside --------------------------------------------------------
def test_public_words_name_decided_cases_alone(
    granted: Journey, denied: Journey, second_reviewer2: User, client: Client
) -> None:
    record(granted, second_reviewer2, distinctions={"": APART})
    granted.act("confirm_consistency")
    granted.take("clear_for_drafting", "send_to_customs", "clear_text", "assess", "grant")
    other = str(denied.petition.reference)
    decision = Decision.objects.get(petition=granted.petition)
    assert decision.explanations == []
    public = PublicPetition.objects.get(reference=granted.petition.reference)
    assert other not in str(public.explanations)
    page = client.get(reverse("docket-petition", args=[granted.petition.reference])).content.decode()
    assert APART not in page
    denied.take("concur", "confirm_consistency", "clear_for_denial", "deny")
    said = {one["title"]: one for one in Decision.objects.get(petition=denied.petition).explanations}
    told = said["What sets like cases apart from it"]
    assert (told["reasons"], str(granted.petition.reference) in told["words"]) == (APART, True)


def test_the_record_of_the_comparison_counts_what_waits_among_the_open_ones(
    granted: Journey, denied: Journey, second_reviewer2: User
) -> None:
    made = record(granted, second_reviewer2, distinctions={"": APART})
    assert made.reasons == f"Compared with the like cases. Open, docket {granted.petition.round.docket}: 1."
    event = Event.objects.get(subject=f"petition:{granted.petition.pk}", kind="consistency")
    assert event.data["like"] == {f"open-{granted.petition.round.docket}": 1}


# ---- Who may not see the other case -------------------------------------------------------------------------------
def answers_to(case: Journey, by: User, client: Client) -> list[object]:
    """Return what a person reads and is told who compares this case: page, status and refusal at each door."""
    address = reverse("case-entry", args=[case.petition.reference, "consistency"])
    pages = [client.get(reverse("case", args=[case.petition.reference])), client.get(address)]
    found: list[object] = [(page.status_code, plain(page.content)) for page in pages]
    sent = client.post(address, {"reasons": "", "onward": "1"})
    case.petition.refresh_from_db()
    return [*found, sent.status_code, plain(sent.content), case.petition.status]


@pytest.mark.parametrize("how", ["recused", "interest", "blind"])
def test_page_refusal_and_status_are_the_same_whatever_a_case_comes_to_that_the_person_may_not_see(
    granted: Journey, journey: Journeys, cast: dict[str, User], client_of: ClientOf, clock: Clock, how: str
) -> None:
    by, told, now = cast["second_reviewer2"], list[object](), granted.at + timedelta(days=1)
    if how == "blind":
        set_share(granted.petition.round, percent=100, by=cast["admin"], at=granted.at)
    for outcome in ("grant", "deny", None):
        point = transaction.savepoint()
        other = journey(outcome or "grant", through_firm=True)
        other.take(*PATHS[Status.LEVEL2 if outcome else Status.LEVEL1])
        if how == "recused":
            reviews.recuse(other.petition, reason="A cousin of mine works for them.", by=by, at=other.at)
        if how == "interest":
            interests.declare(user=by, name="Harbor and Vale LLP", nature="Shares", by=by, at=other.at)
        clock.move_to(now)
        told.append(answers_to(granted, by, client_of(by)))
        assert granted.petition.status == Status.LEGAL  # the conclusion is taken
        granted.at = now
        granted._enter("clear_for_drafting")
        if outcome == "deny":  # and the comparison goes to who may see both
            with pytest.raises(ActionRefused, match=f"does not answer {other.petition.reference} "):
                granted.act("clear_for_drafting")
        else:
            granted.act("clear_for_drafting")
        transaction.savepoint_rollback(point)
        granted.petition.refresh_from_db()
    assert told[0] == told[1] == told[2]


def test_who_is_kept_from_a_like_case_under_review_signs_neither_whatever_it_comes_to(
    journey: Journeys, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    case, by, told = journey(), cast["signatory"], []
    case.take(*PATHS[Status.SIGNATURE])
    signing = {"rationale": "No source outside China is on record.", "contacts": "none"}
    for outcome in ("grant", "deny"):
        point = transaction.savepoint()
        other = journey(outcome)
        other.take(*PATHS[Status.LEVEL2])
        reviews.recuse(other.petition, reason="A cousin of mine works for them.", by=by, at=other.at)
        clock.move_to(other.at)
        client, address = client_of(by), reverse("sign-case", args=[case.petition.reference])
        page = client.get(address)
        with pytest.raises(ActionRefused) as refused:
            decisions.grant(case.petition, **signing, by=by, at=other.at)
        told.append((page.status_code, plain(page.content), refused.value.reasons))
        if outcome == "grant":
            another = make_person("Sol Signatory", role=Role.SIGNATORY)
            assert decisions.grant(case.petition, **signing, by=another, at=other.at).outcome == "grant"
        transaction.savepoint_rollback(point)
        case.petition.refresh_from_db()
    assert told[0] == told[1]
    assert told[0][2] == [KEPT]


def test_a_review_by_who_may_not_see_a_case_keeps_what_was_said_of_it(
    granted: Journey, denied: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    third = make_person("Toni Senior", role=Role.REVIEWER2)
    record(granted, third, distinctions={"": APART})
    reviews.recuse(denied.petition, reason="I know them.", by=cast["second_reviewer2"], at=denied.at)
    clock.move_to(granted.at)
    address = reverse("case", args=[granted.petition.reference])
    assert APART in client_of(third).get(address).content.decode()
    assert APART not in client_of(cast["second_reviewer2"]).get(address).content.decode()
    record(granted, cast["second_reviewer2"])
    granted.act("confirm_consistency")
    granted._enter("clear_for_drafting")
    assert granted.act("clear_for_drafting").status == Status.DRAFTING


def test_before_the_own_view_the_levels_do_not_read_how_like_cases_stand(
    denied: Journey, journey: Journeys, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    case = journey()
    case.take(*PATHS[Status.LEVEL1])
    set_share(case.petition.round, percent=100, by=cast["admin"], at=case.at)
    case.take("recommend")
    clock.move_to(case.at)
    page = client_of(cast["reviewer2"]).get(reverse("case", args=[case.petition.reference]), follow=True)
    assert "recommended: denied" not in page.content.decode()
