"""Findings that were made before they had to cite: the desk that has the case adds citations, without a remand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.review.citations import add_citations
from exclusions.criteria import Criterion
from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Event, Finding, Petition, User
from exclusions.permissions.arguments.findings import uncited
from exclusions.permissions.gates import GATES
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import bearing
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
# Where a case that is to be denied may stand, who has it there, and what leads it on.
DESKS = (
    (("recommend",), "reviewer2", "concur"),
    (("recommend", "concur"), "second_reviewer2", "confirm_consistency"),
    (("recommend", "concur", "confirm_consistency"), "legal", "clear_for_denial"),
    (("recommend", "concur", "confirm_consistency", "clear_for_denial"), "signatory", "deny"),
)


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Return what makes it the time before anybody was asked what a finding cites."""

    @contextmanager
    def time() -> Iterator[None]:
        with monkeypatch.context() as then:
            then.setattr("tests.factories.petitions.bearing", lambda petition, key: [])
            then.setattr(Criterion, "citation_fault", lambda self, result, citations: "")
            then.setitem(GATES, "arguments_answered", lambda *asked: [])
            yield

    return time


@pytest.mark.parametrize(("way", "who", "onward"), DESKS, ids=[who for _, who, _ in DESKS])
def test_the_desk_that_has_the_case_adds_citations_on_its_page_and_leads_it_on(
    way: tuple[str, ...],
    who: str,
    onward: str,
    before: Callable[[], object],
    journey: Callable[..., Journey],
    cast: dict[str, User],
    client_of: ClientOf,
    clock: Clock,
) -> None:
    trip = journey("deny")
    with before():  # type: ignore[attr-defined]
        case = trip.take(*PATHS[Status.LEVEL1], *way)
    made = {row.criterion: row for row in Finding.objects.filter(petition=case)}
    trip.prepare(onward)
    with pytest.raises(ActionRefused, match="Cite what in the record bears on “"):
        trip.act(onward)
    clock.move_to(trip.at)
    client, where = client_of(cast[who]), reverse("case-findings", args=[case.reference])
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "Cite what these findings rest on" in page
    sent = {f"{key}-seen": str(row.pk) for key, row in made.items()}
    assert client.post(where, {**sent, "cite": "1"}).status_code == 422, "nothing is ticked"
    sent |= {f"{key}-citations": bearing(case, key)[0] for key in made}
    wrong = client.post(where, {**sent, "cite": "1", "availability-citations": "answer:product_name"})
    assert wrong.status_code == 422
    assert "at least one answer, response or document" in wrong.content.decode()
    assert f'value="{bearing(case, "objective")[0]}"' in wrong.content.decode()
    assert client.post(where, {**sent, "cite": "1"}).status_code == 302
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert "Cite what these findings rest on" not in page
    assert str(cast["reviewer1"]) in page, "who found"
    if onward != "concur":  # level 2 has forms in the place of the table
        assert f"Citations: {cast[who]}" in page
    trip.act(onward)
    for row in Finding.objects.filter(petition=case).exclude(pk__in=[row.pk for row in made.values()]):
        was = made[row.criterion]
        assert (row.result, row.reasons, row.level, row.made_by) == (was.result, was.reasons, was.level, cast[who])
        assert row.citations == bearing(case, row.criterion)
    assert Event.objects.get(subject=f"petition:{case.pk}", kind="citations").by == cast[who]


def test_what_cannot_be_added_is_refused_with_a_sentence(
    before: Callable[[], object], journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    trip = journey("deny")
    with before():  # type: ignore[attr-defined]
        case = trip.take(*PATHS[Status.LEVEL1], "recommend", "concur", "confirm_consistency")
    common = {"by": cast["legal"], "at": trip.at}
    good = {"availability": bearing(case, "availability")}
    for citations, sentence in (
        ({}, "Tick what in the record"),
        ({"availability": []}, "is not cited yet"),
        ({"availability": ["answer:nothing"]}, "Not in the record of this petition: answer:nothing"),
        ({"domestic_manufacturing": good["availability"]}, "There is no finding on this criterion"),
    ):
        with pytest.raises(Incomplete, match=sentence):
            add_citations(case, citations=citations, **common)
    with pytest.raises(Conflict, match="was replaced after you opened this page"):
        add_citations(case, citations=good, seen={"availability": 0}, **common)
    for who, refused in (("reviewer1", WrongState), ("drafter", NotPermitted), ("importer", NotPermitted)):
        with pytest.raises(refused):
            add_citations(case, citations=good, by=cast[who], at=trip.at)
    assert len(uncited(case)) == 5
    add_citations(case, citations=good, **common)
    with pytest.raises(Incomplete, match="is not cited yet"):
        add_citations(case, citations=good, **common)
    assert list(uncited(Petition.objects.get(pk=case.pk))) == list(case.round.criteria[1:])
