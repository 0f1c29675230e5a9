"""No case leaves level 1 unmarked; none is signed with an open argument against the result; the public reads both."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.record.quarantine import correct, take_down
from exclusions.actions.review import reviews
from exclusions.actions.review.arguments import Place, answer_arguments, mark_text, take_suggestions
from exclusions.actions.review.standing_answers import publish_standing_answer, withdraw_standing_answer
from exclusions.errors import ActionRefused, Incomplete, SomeRefused
from exclusions.gateways.documents.object_store import open_file
from exclusions.models import Argument, Decision, Petition, PublicPetition, Round, TextMark, User
from exclusions.permissions.arguments.marked import arguments_of
from exclusions.permissions.gates import GATES
from exclusions.workflow.states import Status
from tests.factories.casework.clusters import REASONS, alike, findings, together_as
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.integration.importer.test_case_statements import answered_response
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
HARM = "answer:severe_harm_explanation"
BESIDE = "What a competitor pays is no factor of the notice."


@pytest.fixture
def trip(journey: Callable[..., Journey]) -> Journey:
    """Return the journey of a case at level 1, with a response that opposes it and the reply to that."""
    trip = journey("deny")
    for name in PATHS[Status.LEVEL1]:
        if name == "close_responses":
            answered_response(trip)
        trip.take(name)
    return trip


def to_signature(trip: Journey) -> Petition:
    """Bring a case that is to be denied to the signature."""
    return trip.take("recommend", "concur", "confirm_consistency", "clear_for_denial")


def letter_of(petition: Petition) -> str:
    """Return the words of the letter of denial."""
    with open_file(petition.letters.get(kind="denial").storage_key) as file:
        return pdf_text(file.read())


def test_level_1_does_not_conclude_before_each_text_is_marked(trip: Journey) -> None:
    trip.find_on_everything("reviewer1")
    reviews.recommend_outcome(
        trip.petition, outcome="deny", denial_codes=["DR1"], reasons=REASONS, by=trip.cast["reviewer1"], at=trip.at
    )
    with pytest.raises(ActionRefused) as refused:
        trip.act("recommend")
    titles = [text.title for text in arguments_of(trip.petition).texts]
    assert len(titles) > 5
    assert refused.value.reasons == [
        f"Mark the arguments of “{title}”, or say that there are none." for title in titles
    ]
    take_suggestions(trip.petition, by=trip.cast["reviewer1"], at=trip.at)
    assert trip.act("recommend").status == Status.LEVEL2


def test_a_case_past_level_1_is_marked_by_the_next_desk_without_a_remand(
    trip: Journey, cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:  # as if it had come to counsel before anybody was asked
        before.setattr("tests.factories.petitions.mark_as_suggested", lambda petition, **named: None)
        before.setitem(GATES, "arguments_marked", lambda *asked: [])
        trip.take("recommend", "concur", "confirm_consistency")
    assert not TextMark.objects.exists()
    trip.prepare("clear_for_denial")
    with pytest.raises(ActionRefused, match="Mark the arguments of"):
        trip.act("clear_for_denial")
    take_suggestions(trip.petition, by=cast["legal"], at=trip.at)
    assert trip.act("clear_for_denial").status == Status.SIGNATURE


def test_nothing_is_signed_while_an_argument_against_the_result_is_open(trip: Journey, cast: dict[str, User]) -> None:
    petition = to_signature(trip)
    text = next(one for one in arguments_of(petition).texts if one.citation == HARM)
    mark_text(petition, citation=HARM, places=[Place(0, len(text.text), "", "for")], by=cast["signatory"], at=trip.at)
    with pytest.raises(ActionRefused, match="An argument against this result is not answered: “"):
        trip.act("deny")
    one = Argument.objects.get(criterion="")
    answer_arguments(petition, arguments=[one.pk], kind="beside", reason=BESIDE, by=cast["signatory"], at=trip.at)
    assert trip.act("deny").status == Status.DENIED


def test_page_and_letter_show_each_argument_who_made_it_and_its_answer(
    trip: Journey, cast: dict[str, User], client_of: Callable[[User | None], Client]
) -> None:
    petition = to_signature(trip)
    one = next(row for _, row in arguments_of(petition).against("deny") if row.citation == HARM)
    answer_arguments(petition, arguments=[one.pk], kind="beside", reason=BESIDE, by=cast["signatory"], at=trip.at)
    trip.take("deny")
    said = [row for row in Decision.objects.get(petition=petition).explanations if row["key"].startswith("argument-")]
    assert {row["title"].partition(" (")[0] for row in said} == {f"Argument of {petition.organization.legal_name}"}
    page = client_of(None).get(reverse("docket-petition", args=[petition.reference])).content.decode()
    letter = letter_of(petition)
    for words in (one.words, BESIDE, "See the reasons of that finding."):
        assert words in page
        assert words in letter


def test_of_a_confidential_argument_the_public_reads_the_public_summary_alone(
    trip: Journey, client_of: Callable[[User | None], Client]
) -> None:
    petition = to_signature(trip)
    secret = next(text for text in arguments_of(petition).texts if text.citation == "answer:sourcing_attempts")
    assert any(row.words in secret.text for row in arguments_of(petition).in_text(secret))
    trip.take("deny")
    told = PublicPetition.objects.get(reference=petition.reference).explanations
    about = next(row for row in told if "What was tried" in row["title"])
    assert about["words"] == secret.summary
    page = client_of(None).get(reverse("docket-petition", args=[petition.reference])).content.decode()
    assert "Hidden Supplier Works" in secret.text
    assert "Hidden Supplier Works" not in page
    assert set(about) == {"key", "title", "words", "reasons"}


def test_what_is_taken_down_later_is_no_longer_quoted(trip: Journey, cast: dict[str, User]) -> None:
    petition = to_signature(trip)
    words = next(row.words for _, row in arguments_of(petition).against("deny") if row.citation == HARM)
    trip.take("deny")

    def quoted() -> list[str]:
        return [row["words"] for row in PublicPetition.objects.get(reference=petition.reference).explanations]

    assert words in quoted()
    down = take_down(petition, HARM, ground="mistake", reason="It named a person.", by=cast["intake"], at=trip.at)
    assert words not in quoted()
    assert any(said.startswith("Taken down on") for said in quoted())
    correct(down, text=f"{words} More is not said.", by=cast["intake"], at=trip.at)
    assert words in quoted()


def test_a_standing_answer_withdrawn_after_a_signature_leaves_the_decision_and_stops_the_next(
    trip: Journey, cast: dict[str, User]
) -> None:
    petition = to_signature(trip)
    words = "A rise in price alone shows no severe economic harm."
    made = publish_standing_answer(title="Price", words=words, criterion="", by=cast["legal"], at=trip.at)
    one = next(row for _, row in arguments_of(petition).against("deny") if row.citation == HARM)
    answer_arguments(petition, arguments=[one.pk], kind="standing", standing=made.pk, by=cast["signatory"], at=trip.at)
    withdraw_standing_answer(made.pk, why="A court held otherwise.", by=cast["legal"], at=trip.at)
    with pytest.raises(ActionRefused, match=f"Standing answer {made.pk} was withdrawn on"):
        trip.act("deny")
    again = publish_standing_answer(title="Price", words=words, criterion="", by=cast["legal"], at=trip.at)
    answer_arguments(petition, arguments=[one.pk], kind="standing", standing=again.pk, by=cast["signatory"], at=trip.at)
    trip.take("deny")
    withdraw_standing_answer(again.pk, why="A court held otherwise.", by=cast["legal"], at=trip.at)
    cited = f"Standing answer {again.pk} (Price), published on "
    said = [row["reasons"] for row in Decision.objects.get(petition=petition).explanations]
    assert [row for row in said if row.startswith(cited) and row.endswith(f": {words}")] != []
    public = PublicPetition.objects.get(reference=petition.reference)
    assert any(row["reasons"].startswith(cited) for row in public.explanations)


def test_a_cluster_is_marked_in_one_act_and_none_concludes_unmarked(
    cast: Mapping[str, User], list3: Round, at: datetime
) -> None:
    cluster, petitions = alike(cast, list3, at, 2)
    now = max(petition.status_since for petition in petitions) + timedelta(hours=1)
    by = cast["reviewer1"]
    together_as(by, cluster, "take", petitions, now)
    together_as(by, cluster, "findings", petitions, now, findings=findings(list3))
    concludes = {"outcome": "deny", "reasons": REASONS, "denial_codes": ["DR1"]}
    with pytest.raises((Incomplete, SomeRefused), match="Mark the arguments of"):
        together_as(by, cluster, "recommendation", petitions, now, **concludes)
    act = together_as(by, cluster, "arguments", petitions, now)
    for petition in petitions:
        assert arguments_of(petition).open_texts == []
    assert set(TextMark.objects.values_list("joint", flat=True)) == {act.pk}
    together_as(by, cluster, "recommendation", petitions, now, **concludes)
