"""A case may depart from what was decided of a like one: counsel and the signatory confirm it, and all read why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.review import reviews
from exclusions.actions.review.departures import confirm_departure
from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted
from exclusions.models import ConsistencyReview, Event, PublicPetition, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.clusters import alike, seen, together_as
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Journeys = Callable[..., Journey]
WHY = "The one maker in Ohio closed its plant after the earlier petition was denied."


def propose(case: Journey, by: User) -> ConsistencyReview:
    """Record a comparison that departs from what was decided."""
    return reviews.record_consistency(case.petition, distinctions={"": WHY}, departs=[""], by=by, at=case.at)


def confirm(case: Journey, by: User, review: ConsistencyReview) -> None:
    """Confirm it as that person."""
    confirm_departure(case.petition, agreed=True, review=review.pk, by=by, at=case.at)


def said_at(client: Client, case: Journey) -> str:
    """What the page of the case says."""
    return client.get(reverse("case", args=[case.petition.reference])).content.decode()


def test_a_departure_holds_once_counsel_and_the_signatory_have_each_confirmed_it(
    case: Journey, denied: Journey, second_reviewer2: User, cast: dict[str, User], client_of: Callable[..., Client],
    clock: Clock,
) -> None:  # fmt: skip
    made = propose(case, second_reviewer2)
    case.act("confirm_consistency")
    case._enter("clear_for_drafting")
    with pytest.raises(ActionRefused, match="Counsel has not confirmed the departure") as refused:
        case.act("clear_for_drafting")
    assert str(denied.petition.reference) in refused.value.reasons[0]
    confirm(case, cast["legal"], made)
    case.act("clear_for_drafting")
    case.take("send_to_customs", "clear_text", "assess")
    clock.move_to(case.at)
    desk = client_of(cast["signatory"])
    assert "The signatory has not confirmed the departure" in said_at(desk, case)
    with pytest.raises(ActionRefused, match="The signatory has not confirmed the departure"):
        case.act("grant")
    confirm(case, cast["signatory"], made)
    assert "has not confirmed the departure" not in said_at(desk, case)
    assert case.act("grant").status == Status.GRANTED
    events = Event.objects.filter(subject=f"petition:{case.petition.pk}", kind="departure").order_by("sequence")
    assert [event.by for event in events] == [cast["legal"], cast["signatory"]]


def test_the_reason_stands_on_the_public_page_and_the_record_says_from_what(
    case: Journey, denied: Journey, second_reviewer2: User, cast: dict[str, User], client_of: Callable[..., Client]
) -> None:
    made = propose(case, second_reviewer2)
    case.act("confirm_consistency")
    confirm(case, cast["legal"], made)
    case.take("clear_for_drafting", "send_to_customs", "clear_text", "assess")
    confirm(case, cast["signatory"], made)
    case.take("grant")
    row = PublicPetition.objects.get(reference=case.petition.reference).explanations[0]
    assert (row["title"], row["reasons"]) == ("Why it departs from an earlier decision", WHY)
    assert str(denied.petition.reference) in row["words"]
    assert "confirmed by the Office of General Counsel and the signatory" in row["words"]
    assert WHY in client_of(None).get(reverse("docket-petition", args=[case.petition.reference])).content.decode()


def test_another_comparison_asks_both_again_and_a_page_of_the_one_before_is_refused(
    case: Journey, second_reviewer2: User, cast: dict[str, User]
) -> None:
    first = propose(case, second_reviewer2)
    case.act("confirm_consistency")
    confirm(case, cast["legal"], first)
    again = propose(case, second_reviewer2)
    case._enter("clear_for_drafting")
    with pytest.raises(ActionRefused, match="Counsel has not confirmed"):
        case.act("clear_for_drafting")
    with pytest.raises(Conflict, match="compared again after you opened"):
        confirm(case, cast["legal"], first)
    with pytest.raises(Incomplete, match="Tick that you confirm"):
        confirm_departure(case.petition, agreed=False, review=again.pk, by=cast["legal"], at=case.at)
    with pytest.raises(NotPermitted):
        confirm(case, cast["committee"], again)
    confirm(case, cast["legal"], again)
    assert case.act("clear_for_drafting").status == Status.DRAFTING


def test_what_is_only_recommended_is_not_departed_from(journey: Journeys, second_reviewer2: User) -> None:
    journey("deny").take(*PATHS[Status.LEVEL2])
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    with pytest.raises(Incomplete, match="this is not decided yet") as refused:
        propose(case, second_reviewer2)
    assert list(refused.value.fields) == ["way"]


def test_who_departs_says_why_and_later_unlike_cases_are_answered_by_themselves(
    case: Journey, journey: Journeys, second_reviewer2: User
) -> None:
    with pytest.raises(Incomplete, match="say what sets this case apart"):
        reviews.record_consistency(case.petition, departs=[""], by=second_reviewer2, at=case.at)
    propose(case, second_reviewer2)
    later = journey("deny")
    later.take(*PATHS[Status.LEVEL2])
    with pytest.raises(ActionRefused, match=f"does not answer {later.petition.reference} "):
        case.act("confirm_consistency")


def test_counsel_reads_what_is_departed_from_beside_the_tick_and_nobody_else_is_shown_the_button(
    case: Journey, second_reviewer2: User, cast: dict[str, User], client_of: Callable[..., Client], clock: Clock
) -> None:
    clock.move_to(case.at)
    address = reverse("case-entry", args=[case.petition.reference, "consistency"])
    sent = {"distinctions": WHY, "way": "on"}
    assert client_of(second_reviewer2).post(address, sent).status_code == 302
    case.act("confirm_consistency")
    made, page = ConsistencyReview.objects.latest("pk"), client_of(cast["legal"])
    address = reverse("case-entry", args=[case.petition.reference, "departure"])
    assert address in page.get(reverse("case", args=[case.petition.reference])).content.decode()
    assert WHY in page.get(address).content.decode()
    assert "Counsel has not confirmed the departure" in said_at(page, case)
    assert page.post(address, {"review": made.pk}).status_code == 422
    assert page.post(address, {"review": made.pk, "agreed": "on"}).status_code == 302
    assert "has not confirmed the departure" not in said_at(page, case)
    assert address not in said_at(client_of(cast["signatory"]), case)


def test_counsel_and_the_signatory_confirm_the_departures_of_a_cluster_once(
    cast: dict[str, User], list3: Round, clock: Clock, client_of: Callable[..., Client]
) -> None:
    other = Journey(cast, list3, clock.now)
    other.take(*PATHS[Status.GRANTED])
    cluster, petitions = alike(cast, list3, other.at, 3, Status.CONSISTENCY)
    at = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    second, said = cast["second_reviewer2"], {"outcome": "deny", "reasons": WHY, "denial_codes": ["DR1"]}
    together_as(second, cluster, "consistency", petitions, at, distinctions=WHY, departs=True)
    with pytest.raises(Incomplete, match="Counsel has not confirmed the departure"):
        together_as(cast["legal"], cluster, "legal_review", petitions, at, **said)
    clock.move_to(at)
    chosen = [f"{one.reference}:{found.seen}" for one, found in zip(petitions, seen(petitions), strict=True)]
    sent = {**said, "chosen": chosen, "revision": cluster.revision}
    page = client_of(cast["legal"]).post(f"/clusters/{cluster.pk}/legal_review/", sent).content.decode()
    assert "These depart from an earlier decision" in page
    together_as(cast["legal"], cluster, "legal_review", petitions, at, **said, confirms=True)
    denial = {"rationale": WHY, "denial_codes": ["DR1"], "contacts": "none"}
    with pytest.raises(Incomplete, match="The signatory has not confirmed the departure"):
        together_as(cast["signatory"], cluster, "deny", petitions, at, **denial)
    together_as(cast["signatory"], cluster, "deny", petitions, at, **denial, confirms=True)
    assert Event.objects.filter(kind="departure").count() == 6
