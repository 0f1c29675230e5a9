"""Acts on many cases: all are done, or none, and each one that refuses is named with its reason."""

from collections.abc import Callable
from typing import Any

import pytest

from exclusions.actions.casework import many
from exclusions.actions.casework.many import Chosen
from exclusions.actions.review import assignments, reviews
from exclusions.errors import Incomplete, NotPermitted, SomeRefused
from exclusions.models import Assignment, Petition, User
from exclusions.queries.casework.acts import MOST, acts_on_many, simple_transitions
from exclusions.workflow.states import Status
from tests.factories.casework.ways import TO_LEVEL1
from tests.factories.people import make_person
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
ClientOf = Callable[[User | None], Any]


@pytest.fixture
def three(journey: Callable[..., Journey]) -> list[Journey]:
    """Return three cases at level 1."""
    found = [journey() for _ in range(3)]
    for case in found:
        case.take(*TO_LEVEL1)
    return found


def boxes(cases: list[Journey]) -> list[str]:
    """Return what the boxes of a page send."""
    return [f"{case.petition.reference}:{case.petition.status}" for case in cases]


def chosen(cases: list[Journey]) -> list[Chosen]:
    """Return the cases as a page chose them."""
    return [Chosen(str(case.petition.reference), case.petition.status) for case in cases]


def test_many_are_taken_at_once_from_the_page(three: list[Journey], cast: dict[str, User], client_of: ClientOf) -> None:
    sent = {"act": "take", "chosen": boxes(three), "back": "/review/?whose=mine"}
    answer = client_of(cast["reviewer1"]).post("/review/many/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/review/?whose=mine")
    assert Assignment.objects.filter(user=cast["reviewer1"], ended_at=None).count() == 3


def test_the_page_leads_nowhere_else_than_here(
    three: list[Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    sent = {"act": "take", "chosen": boxes(three), "back": "https://elsewhere.example/"}
    assert client_of(cast["reviewer1"]).post("/review/many/", sent)["Location"] == "/review/"


def test_where_one_refuses_none_is_taken_and_the_rest_can_go_on(
    three: list[Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    reviews.recuse(three[1].petition, reason="A cousin works there.", by=cast["reviewer1"], at=three[1].at)
    client = client_of(cast["reviewer1"])
    answer = client.post("/review/many/", {"act": "take", "chosen": boxes(three)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f">{three[1].petition.reference}</a>" in page
    assert "There is no such case, or it is not open to you." in page
    assert "Go on with the other 2" in page
    assert not Assignment.objects.exists()
    rest = [box for box in boxes(three) if f'name="chosen" value="{box}"' in page]
    assert rest == [boxes(three)[0], boxes(three)[2]]
    assert client.post("/review/many/", {"act": "take", "chosen": rest}).status_code == 302
    assert Assignment.objects.count() == 2


def test_a_case_that_moved_since_the_page_was_made_says_so(three: list[Journey], cast: dict[str, User]) -> None:
    seen = chosen(three)
    three[0].take("recommend")
    with pytest.raises(SomeRefused) as refused:
        many.take_many(seen, by=cast["reviewer1"], at=three[0].at)
    said = {three[0].petition.reference: refused.value.rows[str(three[0].petition.reference)]}
    assert refused.value.rows == said
    assert said[three[0].petition.reference] == [
        "It changed after you opened the page: it was “Level 1 review” and is “Level 2 review” now."
    ]


def test_a_colleagues_case_is_not_taken_with_the_others(three: list[Journey], cast: dict[str, User]) -> None:
    other = make_person("Rae Reader", role="reviewer1")
    assignments.take(three[0].petition, by=other, at=three[0].at)
    with pytest.raises(SomeRefused, match="Rae Reader has this case"):
        many.take_many(chosen(three), by=cast["reviewer1"], at=three[0].at)
    many.assign_many(chosen(three), to=cast["reviewer1"], by=other, at=three[0].at, reason="Rae is away for two weeks.")
    assert Assignment.objects.filter(user=cast["reviewer1"], ended_at=None).count() == 3
    done = many.release_many(chosen(three), by=cast["reviewer1"], at=three[0].at)
    assert len(done) == 3
    assert not Assignment.objects.filter(ended_at=None).exists()


def test_ready_cases_are_sent_on_together_and_one_that_is_not_holds_all_back(
    three: list[Journey], cast: dict[str, User]
) -> None:
    for case in three[:2]:
        case.prepare("recommend")
    with pytest.raises(SomeRefused) as refused:
        many.move_many(chosen(three), "recommend", by=cast["reviewer1"], at=three[0].at)
    assert list(refused.value.rows) == [three[2].petition.reference]
    assert Petition.objects.filter(status=Status.LEVEL1).count() == 3
    done = many.move_many(chosen(three[:2]), "recommend", by=cast["reviewer1"], at=three[0].at)
    assert [petition.status for petition in done] == [Status.LEVEL2, Status.LEVEL2]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("intake", []),
        ("reviewer1", ["recommend"]),
        ("reviewer2", ["concur", "confirm_consistency"]),
        ("legal", ["clear_for_drafting", "clear_for_denial"]),
        ("drafter", ["send_to_customs"]),
        ("committee", ["assess"]),
        ("signatory", []),
        ("publisher", []),
        ("auditor", []),
        ("customs", []),
    ],
)
def test_only_what_asks_for_no_word_is_done_to_many(role: str, names: list[str]) -> None:
    assert list(simple_transitions(role)) == names


def test_who_only_reads_has_no_button_and_no_door(
    three: list[Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    assert [acts_on_many(cast[name]) for name in ("auditor", "customs", "admin")] == [[], [], []]
    answer = client_of(cast["auditor"]).post("/review/many/", {"act": "take", "chosen": boxes(three)})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["grant", "nonsense", "send_back"])
def test_what_needs_words_is_refused(name: str, three: list[Journey], cast: dict[str, User]) -> None:
    with pytest.raises(NotPermitted):
        many.move_many(chosen(three), name, by=cast["reviewer2"], at=three[0].at)


def test_none_chosen_and_too_many_are_refused(cast: dict[str, User], at: Any) -> None:
    with pytest.raises(Incomplete, match="Choose at least one case"):
        many.take_many([], by=cast["reviewer1"], at=at)
    with pytest.raises(Incomplete, match=f"Choose at most {MOST} cases"):
        many.take_many([Chosen(str(n)) for n in range(MOST + 1)], by=cast["reviewer1"], at=at)


@pytest.mark.parametrize("act", ["", "move-grant", "assign"])
def test_a_button_that_there_is_not_is_refused_with_what_was_chosen(
    act: str, three: list[Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    answer = client_of(cast["reviewer1"]).post("/review/many/", {"act": act, "chosen": boxes(three)})
    assert answer.status_code == 422
    assert all(box in answer.content.decode() for box in boxes(three))
