"""A broken round, already in a database, breaks no page but its own, and says why there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.rounds.versions import write_round
from exclusions.models import Petition, Round, User
from exclusions.queries.record.leak_sweep import findings
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn
from tests.factories.facts import make_round
from tests.factories.petitions import Journey
from tests.integration.rounds.test_frozen import wanted
from tests.opened import opened

pytestmark = pytest.mark.django_db
BROKEN = [
    ({"criteria": ["availability", "nonsense"]}, "“nonsense” is not known"),
    ({"criteria": []}, "names no legal factors"),
    ({"questionnaire": "petition-1999"}, "“petition-1999” is not known"),
    ({"purchase_periods": ["some day"]}, "some day"),
    ({"questionnaire": "made-v7"}, "“made-v7” is not known"),
]


def break_it(slug: str, how: dict[str, Any]) -> None:
    with opened(Round):
        Round.objects.filter(slug=slug).update(**how)


@pytest.mark.parametrize(("how", "says"), BROKEN)
def test_other_pages_stand_and_its_own_say_why(
    how: dict[str, Any],
    says: str,
    list3: Round,
    client: Client,
    importer: User,
    admin: User,
    clock: Any,
) -> None:
    make_round("broken", docket="USTR-2019-0098", title="A broken round")
    break_it("broken", how)
    own = client.get(reverse("round", args=["broken"]))
    assert own.status_code == 200
    assert says in own.content.decode()
    filer = SignedIn(importer)
    for address in ("/rounds/", "/", "/api/v1/rounds/", "/docket/", reverse("round", args=["list-3"])):
        assert client.get(address).status_code == 200, address
    told = {row["slug"]: row["faults"] for row in client.get("/api/v1/rounds/").json()["results"]}
    assert told["list-3"] == []
    assert says in " ".join(told["broken"])
    page = filer.get(reverse("petition-new"))
    assert page.status_code == 200
    assert "list-3" in page.content.decode()
    assert 'value="broken"' not in page.content.decode()
    change = SignedIn(admin).get(reverse("admin:exclusions_round_change", args=[Round.objects.get(slug="broken").pk]))
    assert change.status_code == 200


def test_a_case_of_it_says_why_and_others_and_the_lists_stand(
    journey: Callable[..., Journey], cast: dict[str, User], list3: Round
) -> None:
    journey().take("submit", "post", "close_responses", "begin_review")
    sound = Petition.objects.get()
    other = make_round("broken", docket="USTR-2019-0098", title="A broken round")
    trip = journey()
    Petition.objects.filter(pk=trip.petition.pk).update(round=other)
    trip.petition.refresh_from_db()
    trip.take("submit", "post", "close_responses", "begin_review")
    break_it("broken", {"criteria": ["availability", "nonsense"]})
    client = SignedIn(cast["reviewer1"])
    own = client.get(f"/review/{trip.petition.reference}/")
    assert own.status_code == 409
    assert "“nonsense” is not known" in own.content.decode()
    assert client.get(f"/review/{sound.reference}/").status_code == 200
    assert client.get("/review/").status_code == 200
    assert SignedIn(cast["importer"]).get("/petitions/").status_code == 200
    mended = wanted(Round.objects.get(slug="broken"), criteria=["availability"])
    write_round(Round.objects.get(slug="broken"), mended, by=cast["admin"], at=trip.at)
    assert client.get(f"/review/{trip.petition.reference}/").status_code == 200, (
        "a version that mends it takes its cases"
    )
    assert list(breaks()) == []
    break_it("broken", {"questionnaire": "petition-1999"})
    draft = SignedIn(cast["importer"])
    assert draft.get("/petitions/").status_code == 200
    assert draft.get(f"/petitions/{trip.petition.pk}/").status_code in {200, 409}
    assert Petition.objects.filter(status=Status.LEVEL1).count() == 2


def test_the_sweep_names_the_cases_of_a_broken_round_and_goes_on_with_the_others(
    journey: Callable[..., Journey], list3: Round, cast: dict[str, User]
) -> None:
    trip = journey()
    trip.take("submit", "post")
    other = make_round("sound", docket="USTR-2019-0097")
    sound = Journey(cast, other, trip.at)
    sound.take("submit", "post")
    break_it("list-3", {"questionnaire": "petition-1999"})
    found = [str(finding) for finding in findings()]
    assert str(trip.petition.reference) in found[0]
    assert "petition-1999" in found[0]
    assert len(found) == 1
