"""Each door at which words are typed stops each confidential value of the case, in each form in which it is written."""

from collections.abc import Callable
from datetime import datetime

import pytest

from exclusions.actions.filing import responses
from exclusions.actions.filing.replies import reply
from exclusions.actions.review import assignments
from exclusions.errors import Repeats
from exclusions.models import Event, Notification, Petition, User
from exclusions.workflow.doors import DOORS
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import PATHS, Journey
from tests.factories.world import confirmation_token
from tests.integration.record.typed_doors import FORMS, TYPED, confidential_answers

pytestmark = pytest.mark.django_db
ELSEWHERE = {"petition", "attach", "response", "reply", "replace", "product_text", "opinion"}


def test_every_door_of_the_table_is_tried() -> None:
    assert TYPED.keys() | ELSEWHERE == DOORS.keys()


@pytest.fixture
def case(journey: Callable[..., Journey], cast: dict[str, User]) -> Callable[[str], tuple[Petition, User, datetime]]:
    """Return `case(door)`: the case that holds all values, in that door's state, with its writer and the moment."""

    def bring(name: str) -> tuple[Petition, User, datetime]:
        door = TYPED[name]
        trip = journey("deny" if name == "deny" else "grant")
        version = trip.petition.versions.get()
        version.answers |= confidential_answers()
        version.save()
        petition = trip.take(*PATHS[door.status])
        writer = cast[door.who]
        if name == "refuse_response":
            given = responses.respond(reference=str(petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
            responses.confirm_response(token=confirmation_token(given), at=trip.at)
        if name == "withhold":
            given = responses.respond(reference=str(petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
            confirmed = responses.confirm_response(token=confirmation_token(given), at=trip.at)
            posted = responses.post_response(confirmed, by=writer, at=trip.at)
            said = {"text": "It is another.", "certify_complete": "yes"}
            reply(posted, answers=said, by=cast["importer"], at=trip.at)
        if name == "interest":
            assignments.take(petition, by=writer, at=trip.at)
        return petition, writer, trip.at

    return bring


def refusal(name: str, petition: Petition, by: User, at: datetime, text: str) -> Repeats | None:
    try:
        TYPED[name].send(petition, by, at, text)
    except Repeats as refused:
        return refused
    return None


@pytest.mark.any_database("What is found is found in Python; test_a_text_without_a_value_passes writes at each door.")
@pytest.mark.parametrize("name", TYPED)
def test_each_value_is_stopped_in_each_written_form_and_its_reader_is_told_the_words(
    name: str, case: Callable[[str], tuple[Petition, User, datetime]]
) -> None:
    petition, by, at = case(name)
    events, mails = Event.objects.count(), Notification.objects.count()
    refusals = {form: refusal(name, petition, by, at, f"In 2018, it was {form} in all.") for form in FORMS}
    assert [form for form, refused in refusals.items() if refused is None] == []
    assert (Event.objects.count(), Notification.objects.count()) == (events, mails)
    for refused in filter(None, refusals.values()):
        (sentences,) = refused.fields.values()
        assert DOORS[name].instead in sentences[0]
        assert not any(word in str(refused) for word in ("Whisper", "4,200,000", "71.20"))


@pytest.mark.parametrize("name", TYPED)
def test_a_text_without_a_value_passes(name: str, case: Callable[[str], tuple[Petition, User, datetime]]) -> None:
    petition, by, at = case(name)
    TYPED[name].send(petition, by, at, "The record of 2018 shows a rise of a tenth, and two makers here.")


def test_the_words_of_a_responder_are_stopped_as_well(
    case: Callable[[str], tuple[Petition, User, datetime]], cast: dict[str, User]
) -> None:
    petition, clerk, at = case("refuse_response")
    with pytest.raises(Repeats, match="A response: "):
        responses.refuse_response(
            petition.responses.get(), reason="Ask lou.secretive@example.test about it.", by=clerk, at=at
        )
