"""Programs of the staff where another case or another paper counts: like cases, clusters, a text that is withheld."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exclusions.models import Cluster, Petition, Screening, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.integration.api.cases.test_cases import works
from tests.integration.api.test_problems import problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
WHY = "Its record shows on the second page that nobody else makes the product."


def test_a_case_is_returned_beside_an_unlike_one_and_beside_no_other(journey: Start, clock: Clock) -> None:
    granted = journey()
    granted.take(*PATHS[Status.CONSISTENCY])
    denied = journey("deny")
    denied.take(*PATHS[Status.CONSISTENCY])
    clock.move_to(max(granted.at, denied.at))
    third = make_person("Thea Third", role="reviewer2")
    ask, one, other = works(third, clock), granted.petition.reference, denied.petition.reference
    place = f"{one}/return_alike/"
    assert problem_of(ask("POST", place, {"beside": one, "reason": WHY}), 404)["detail"].startswith("These two cases")
    problem_of(ask("POST", place, {"beside": "USTR-2019-0005-999999", "reason": WHY}), 404)
    assert "Give a reason" in problem_of(ask("POST", place, {"beside": other}), 422)["detail"]
    read = works(granted.cast["auditor"], clock)("GET", f"{one}/").json()
    assert {row["outcome"] for row in read["recommendations"]} == {"grant"}
    done = ask("POST", place, {"beside": other, "reason": WHY})
    assert (done.status_code, done.json()["status"]) == (200, "level1"), done.content
    assert Petition.objects.get(pk=denied.petition.pk).status == Status.CONSISTENCY
    assert list(breaks()) == []


def test_a_text_that_waits_is_withheld_and_its_case_goes_back_to_the_drafter(journey: Start, clock: Clock) -> None:
    trip = journey()
    trip.take(*PATHS[Status.CUSTOMS])
    trip.prepare("withhold_text")
    clock.move_to(trip.at)
    ask, place = works(trip.cast["intake"], clock), f"{trip.petition.reference}/withhold_text/"
    assert problem_of(ask("POST", place, {"reason": ""}), 422)["detail"] == "Give the reason. The author will read it."
    done = ask("POST", place, {"reason": "It states an amount of a party."})
    assert (done.status_code, done.json()["status"]) == (200, "drafting"), done.content
    assert Screening.objects.get(draft__petition=trip.petition).outcome == Screening.Outcome.WITHHELD
    assert "needs a petition that is" in problem_of(ask("POST", place, {"reason": WHY}), 409)["detail"]
    texts = works(trip.cast["drafter"], clock)("GET", f"{trip.petition.reference}/").json()["texts"]
    assert [row["version"] for row in texts] == [1]


def test_clusters_are_those_of_the_list_without_what_is_at_stake_for_the_public_side(
    journey: Start, clock: Clock, cast: dict[str, User]
) -> None:
    trips = [journey(), journey()]
    for trip in trips:
        trip.take(*PATHS[Status.LEVEL1])
    at = max(trip.at for trip in trips) + timedelta(hours=1)
    clock.move_to(at)
    cluster = Cluster.objects.get()
    for name in ("reviewer1", "drafter"):
        answer = works(cast[name], clock)("GET", "/api/v1/clusters/")
        assert answer.status_code == 200, answer.content
        (row,) = [one for one in answer.json()["results"] if one["id"] == cluster.pk]
        assert (row["live"], row["title"], row["mixed"]) == (2, cluster.title, False)
        assert all(set(one) == {"outcome", "cases"} for one in row["outcomes"])
        assert (row["at_stake"] is not None) is (cast[name].role in READS_CONFIDENTIAL)
