"""What the texts of a case argue: marked by a person, as suggested or otherwise, and answered."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.record.quarantine import correct, take_down
from exclusions.actions.review.arguments import Place, answer_arguments, mark_text, take_suggestions
from exclusions.actions.review.standing_answers import publish_standing_answer, withdraw_standing_answer
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Argument, Event, Petition, TextMark, User
from exclusions.permissions.arguments.gates import answered_to_deny, answered_to_grant, arguments_marked
from exclusions.permissions.arguments.marked import answered, arguments_of, findings_now
from exclusions.permissions.arguments.texts import CaseText
from exclusions.queries.record.seal_check import seal_breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import answered_response

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def trip(journey: Callable[..., Journey]) -> Journey:
    """Return the journey of a case at level 1, with a response that opposes it and the reply to that."""
    trip = journey("deny")
    for name in PATHS[Status.LEVEL1]:
        if name == "close_responses":
            answered_response(trip)
        trip.take(name)
    return trip


def text_of(petition: Petition, citation: str) -> CaseText:
    """Return the text of that citation."""
    return next(text for text in arguments_of(petition).texts if text.citation == citation)


def citations(petition: Petition) -> list[str]:
    """Return the citations of the texts of a case."""
    return [text.citation for text in arguments_of(petition).texts]


def again(trip: Journey) -> Petition:
    """Return the petition as it is on file."""
    return Petition.objects.get(pk=trip.petition.pk)


def test_narrative_answers_responses_and_replies_are_texts_and_product_descriptions_are_not(trip: Journey) -> None:
    found = citations(trip.petition)
    assert "answer:available_us_explanation" in found
    assert "answer:severe_harm_explanation" in found
    assert [name.partition(":")[0] for name in found[-3:]] == ["response", "response", "reply"]
    assert not [name for name in found if "product" in name and name.startswith("answer")]
    assert "answer:sourcing_attempts_summary" not in found
    secret = text_of(trip.petition, "answer:sourcing_attempts")
    assert (secret.confidential, bool(secret.summary)) == (True, True)


def test_one_press_marks_every_text_as_suggested_and_the_gate_is_open(trip: Journey, cast: dict[str, User]) -> None:
    before = arguments_marked(trip.petition, None, trip.at, {})
    assert len(before) == len(citations(trip.petition))
    assert before[0].startswith("Mark the arguments of “Petition C1")
    made = take_suggestions(trip.petition, by=cast["reviewer1"], at=trip.at)
    assert len(made) == len(before)
    assert arguments_marked(again(trip), None, trip.at, {}) == []
    opposed = [row for _, row in arguments_of(again(trip)).standing if row.side == "against"]
    assert opposed
    assert all(row.citation.startswith("response") for row in opposed)
    assert Event.objects.filter(subject=f"petition:{trip.petition.pk}", kind="arguments").count() == 1
    with pytest.raises(Incomplete, match="marked already"):
        take_suggestions(trip.petition, by=cast["reviewer1"], at=trip.at)


def test_marking_again_leaves_out_what_is_not_named_and_keeps_what_is(trip: Journey, cast: dict[str, User]) -> None:
    by, at = cast["reviewer1"], trip.at
    text = text_of(trip.petition, "answer:severe_harm_explanation")
    whole = Place(0, len(text.text), "severe_economic_harm", "for")
    mark_text(trip.petition, citation=text.citation, places=[whole], by=by, at=at, sha256=text.sha256)
    kept = Argument.objects.get()
    mark_text(trip.petition, citation=text.citation, places=[whole], by=by, at=at)
    assert Argument.objects.get(left_out_at__isnull=True) == kept
    half = Place(0, 10, "severe_economic_harm", "for")
    mark_text(trip.petition, citation=text.citation, places=[half], by=by, at=at)
    assert [row.words for row in Argument.objects.filter(left_out_at__isnull=True)] == [text.text[:10]]
    mark_text(trip.petition, citation=text.citation, places=[], by=by, at=at)
    assert not Argument.objects.filter(left_out_at__isnull=True).exists()
    assert [mark.has_none for mark in TextMark.objects.order_by("pk")] == [False, False, False, True]


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ([Place(0, 100_000, "availability", "for")], "outside of the text"),
        ([Place(5, 5, "availability", "for")], "outside of the text"),
        ([Place(-1, 5, "availability", "for")], "outside of the text"),
        ([Place(0, 9, "availability", "for"), Place(8, 12, "availability", "for")], "overlap"),
        ([Place(0, 9, "eligibility", "for")], "criterion of the round"),
        ([Place(0, 9, "availability", "both")], "whom the argument helps"),
    ],
)
def test_places_that_cannot_be_are_refused_with_a_sentence(
    trip: Journey, cast: dict[str, User], places: list[Place], sentence: str
) -> None:
    with pytest.raises(Incomplete, match=sentence):
        mark_text(
            trip.petition, citation="answer:severe_harm_explanation", places=places, by=cast["reviewer1"], at=trip.at
        )
    assert not TextMark.objects.exists()


def test_a_text_that_is_not_of_the_case_or_changed_is_refused(trip: Journey, cast: dict[str, User]) -> None:
    by = cast["reviewer1"]
    with pytest.raises(Incomplete, match="not in the record"):
        mark_text(trip.petition, citation="answer:product_name", places=[], by=by, at=trip.at)
    with pytest.raises(Conflict, match="corrected after you opened"):
        mark_text(
            trip.petition, citation="answer:severe_harm_explanation", places=[], by=by, at=trip.at, sha256="0" * 64
        )


def test_who_does_not_have_the_case_marks_nothing(trip: Journey, cast: dict[str, User]) -> None:
    with pytest.raises(WrongState):
        take_suggestions(trip.petition, by=cast["reviewer2"], at=trip.at)
    with pytest.raises(NotPermitted):
        take_suggestions(trip.petition, by=cast["drafter"], at=trip.at)


def test_a_corrected_text_is_marked_anew_and_what_is_down_argues_nothing(trip: Journey, cast: dict[str, User]) -> None:
    take_suggestions(trip.petition, by=cast["reviewer1"], at=trip.at)
    thing = "answer:severe_harm_explanation"
    down = take_down(trip.petition, thing, ground="mistake", reason="It named a person.", by=cast["intake"], at=trip.at)
    assert thing not in citations(again(trip))
    correct(down, text="Eleven of our jobs depend on these pumps.", by=cast["intake"], at=trip.at)
    assert text_of(again(trip), thing).text == "Eleven of our jobs depend on these pumps."
    assert arguments_marked(again(trip), None, trip.at, {}) == [
        "The text of “Petition E1: Explain the harm” was corrected after its arguments were marked. Mark them again."
    ]


def test_the_finding_of_its_criterion_answers_an_argument_where_it_cites(trip: Journey, cast: dict[str, User]) -> None:
    take_suggestions(trip.petition, by=cast["reviewer1"], at=trip.at)
    assert "There is no finding on “Availability outside China”" in " ".join(
        answered_to_deny(again(trip), None, trip.at, {})
    )
    trip.find_on_everything("reviewer1")
    assert answered_to_deny(again(trip), None, trip.at, {}) == []
    assert answered_to_grant(again(trip), None, trip.at, {}) == []


@pytest.mark.both_databases("Its row is locked, and guarded but for its end.")
def test_a_standing_answer_answers_until_it_is_withdrawn(trip: Journey, cast: dict[str, User]) -> None:
    by, at = cast["reviewer1"], trip.at
    take_suggestions(trip.petition, by=by, at=at)
    trip.find_on_everything("reviewer1")
    words = "A rise in price alone shows no severe economic harm."
    with pytest.raises(NotPermitted):
        publish_standing_answer(title="Price", words=words, criterion="", by=by, at=at)
    made = publish_standing_answer(
        title="A rise in price", words=words, criterion="severe_economic_harm", by=cast["legal"], at=at
    )
    one = next(row for _, row in arguments_of(again(trip)).standing if row.criterion == "severe_economic_harm")
    answer_arguments(trip.petition, arguments=[one.pk], kind="standing", standing=made.pk, by=by, at=at)
    stands = answered(Argument.objects.get(pk=one.pk), findings_now(again(trip)))
    assert (stands.reasons, stands.words.startswith(f"Standing answer {made.pk} (A rise in price)")) == (words, True)
    withdraw_standing_answer(made.pk, why="A court held otherwise.", by=cast["legal"], at=at)
    assert "was withdrawn on" in answered_to_deny(again(trip), None, at, {})[0]
    with pytest.raises(Incomplete, match="was withdrawn on"):
        answer_arguments(trip.petition, arguments=[one.pk], kind="standing", standing=made.pk, by=by, at=at)
    with pytest.raises(WrongState):
        withdraw_standing_answer(made.pk, why="Once more, for a reason.", by=cast["legal"], at=at)
    answer_arguments(trip.petition, arguments=[one.pk], kind="finding", by=by, at=at)
    assert answered_to_deny(again(trip), None, at, {}) == []


def test_an_argument_beside_the_criteria_takes_a_reason(trip: Journey, cast: dict[str, User]) -> None:
    by, at = cast["reviewer1"], trip.at
    trip.find_on_everything("reviewer1")
    take_suggestions(trip.petition, by=by, at=at)
    place = Place(0, 12, "", "for")
    mark_text(trip.petition, citation="answer:severe_harm_explanation", places=[place], by=by, at=at)
    one = Argument.objects.get(criterion="")
    assert "say why, or cite a standing answer" in answered_to_deny(again(trip), None, at, {})[0]
    for kind, reason in (("beside", ""), ("beside", "No."), ("finding", ""), ("other", "")):
        with pytest.raises(Incomplete):
            answer_arguments(trip.petition, arguments=[one.pk], kind=kind, reason=reason, by=by, at=at)
    with pytest.raises(Incomplete, match="no longer marked"):
        answer_arguments(trip.petition, arguments=[one.pk + 99], kind="beside", reason="x", by=by, at=at)
    reason = "What other importers pay is no factor of the notice."
    answer_arguments(trip.petition, arguments=[one.pk], kind="beside", reason=reason, by=by, at=at)
    assert answered_to_deny(again(trip), None, at, {}) == []


@pytest.mark.both_databases("Guards are triggers there.")
def test_rows_are_never_rewritten_and_are_sealed(trip: Journey, cast: dict[str, User]) -> None:
    take_suggestions(trip.petition, by=cast["reviewer1"], at=trip.at)
    for change in (
        lambda: Argument.objects.update(words="Something else."),
        lambda: TextMark.objects.update(has_none=True),
        lambda: Argument.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert list(seal_breaks(trip.petition)) == []


def test_the_tab_marks_joins_splits_leaves_out_and_answers_without_a_script(
    trip: Journey, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    clock.move_to(trip.at)
    client, address = client_of(cast["reviewer1"]), reverse("case-arguments", args=[trip.petition.reference])
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address).content.decode()
    assert len(captured) <= 15
    assert "Take all suggestions" in page
    text = text_of(trip.petition, citations(trip.petition)[-1])
    sent = {"act": "mark", "of_text": text.citation, "text_hash": text.sha256, "take": ["0"]}
    sent |= {"criterion-0": "availability", "side-0": "for"}
    assert client.post(address, sent).status_code == 302
    assert Argument.objects.get().citation == text.citation
    assert client.post(address, {**sent, "take": []}).status_code == 422
    assert client.post(address, {**sent, "text_hash": "0"}).status_code == 409
    assert client.post(address, {"act": "none", "of_text": text.citation, "text_hash": text.sha256}).status_code == 302
    assert client.post(address, {"act": "take"}).status_code == 302
    assert client.post(address, {"act": "else"}).status_code == 422
    key = arguments_of(again(trip)).standing[0][1].pk
    reason = "What is asked is for another agency."
    answer = {"act": "answer", "argument": str(key), "kind": "beside", "reason": reason}
    assert client.post(address, answer).status_code == 302
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address).content.decode()
    assert len(captured) <= 15
    assert "Every text is marked." in page
    assert reason in page
    assert client_of(cast["drafter"]).get(address).status_code in {403, 404}
