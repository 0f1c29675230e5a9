"""Each door at which words are typed stops each confidential value of the case, in each form in which it is written.

At the doors of people who may not read the values it waits for intake, or its owner is asked about it.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from exclusions.actions.filing import responses
from exclusions.actions.filing.replies import reply
from exclusions.actions.review import assignments, product_texts, screenings
from exclusions.errors import Incomplete, Repeats
from exclusions.models import Event, Notification, Petition, Screening, User
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import SEVERAL, TEXT, Journey
from tests.factories.world import token_of
from tests.integration.record.typed_doors import FORMS, TYPED, confidential_answers, forms_at
from tests.unit.checks.test_written_forms import WRITTEN

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Journey]
# What stands in a text of a product where the form of a value does.
WHERE = " (described"
ELSEWHERE = {"petition", "attach", "response", "reply", "replace", "product_text", "opinion"}


def test_every_door_of_the_table_is_tried() -> None:
    assert TYPED.keys() | ELSEWHERE == DOORS.keys()


def test_a_door_that_is_not_tried_with_each_form_is_with_every_value_and_each_form_at_two_doors_or_more() -> None:
    tried_here = TYPED.keys() | {"response", "reply", "product_text", "opinion"}
    some = {name: set(forms_at(name, deep=False)) for name in tried_here}
    assert all(tried & set(forms) for tried in some.values() for forms in WRITTEN.values())
    doors = Counter(form for tried in some.values() for form in tried)
    assert doors.keys() == set(FORMS)
    assert min(doors.values()) > 1


@pytest.fixture
def case(journey: Callable[..., Journey], cast: dict[str, User]) -> Callable[[str], tuple[Petition, User, datetime]]:
    """Return `case(door)`: the case that holds all values, in that door's state, with its writer and the moment."""

    def bring(name: str) -> tuple[Petition, User, datetime]:
        door = TYPED[name]
        trip = journey("deny" if name == "deny" else "grant", answers=SEVERAL)
        version = trip.petition.versions.get()
        version.answers |= confidential_answers()
        version.save()
        petition = trip.take(*PATHS[door.status])
        writer = cast[door.who]
        if name == "refuse_response":
            given = responses.respond(reference=str(petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
            responses.confirm_response(token=token_of(given), at=trip.at)
        if name == "withhold":
            given = responses.respond(reference=str(petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
            confirmed = responses.confirm_response(token=token_of(given), at=trip.at)
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


@pytest.mark.parametrize("name", TYPED)
def test_each_value_is_stopped_in_each_written_form_and_its_reader_is_told_the_words(
    name: str, case: Callable[[str], tuple[Petition, User, datetime]]
) -> None:
    petition, by, at = case(name)
    events, mails = Event.objects.count(), Notification.objects.count()
    refusals = {form: refusal(name, petition, by, at, f"In 2018, it was {form} in all.") for form in forms_at(name)}
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


# ---- Doors of people who may not read the values ----------------------------------------------------------------
@pytest.fixture
def bring(journey: Callable[..., Journey]) -> Bring:
    """Return `bring(status)`: the journey of a case that holds every value, in that state."""

    def to(status: Status) -> Journey:
        trip = journey(answers=SEVERAL)
        version = trip.petition.versions.get()
        version.answers |= confidential_answers()
        version.save()
        trip.take(*PATHS[status])
        return trip

    return to


def passed(forms: list[str], tried: Callable[[str], bool]) -> list[str]:
    """Return the forms that were neither stopped nor wait; each is tried on the case as it was."""
    through = []
    for form in forms:
        with transaction.atomic():
            if not tried(form):
                through.append(form)
            transaction.set_rollback(True)
    return through


def waits(petition: Petition) -> bool:
    return Screening.objects.filter(petition=petition, outcome=Screening.Outcome.WAITS).exists()


def test_a_response_that_repeats_a_value_is_not_posted(bring: Bring, intake: User) -> None:
    trip = bring(Status.POSTED)

    def stopped(form: str) -> bool:
        said = {**RESPONSE_ANSWERS, "explanation": f"In 2018, it was {form} in all."}
        given = responses.respond(reference=str(trip.petition.reference), answers=said, by=None, at=trip.at)
        given = responses.confirm_response(token=token_of(given), at=trip.at)
        try:
            responses.post_response(given, by=intake, at=trip.at)
        except Repeats:
            return True
        return False

    assert passed(forms_at("response"), stopped) == []


def test_a_reply_that_repeats_a_value_is_asked_about_or_is_not_let_through(
    bring: Bring, intake: User, importer: User
) -> None:
    trip = bring(Status.POSTED)
    given = responses.respond(
        reference=str(trip.petition.reference), answers=dict(RESPONSE_ANSWERS), by=None, at=trip.at
    )
    given = responses.confirm_response(token=token_of(given), at=trip.at)
    posted = responses.post_response(given, by=intake, at=trip.at)

    def stopped(form: str) -> bool:
        said = {"text": f"In 2018, it was {form} in all.", "certify_complete": "yes"}
        try:
            made = reply(posted, answers=said, by=importer, at=trip.at)
            screenings.let_through(made.screening, by=intake, at=trip.at)
        except Repeats:
            return True
        return False

    assert passed(forms_at("reply"), stopped) == []


def test_a_product_text_that_repeats_a_value_waits(bring: Bring, drafter: User) -> None:
    trip = bring(Status.DRAFTING)

    def stopped(form: str) -> bool:
        text = TEXT.replace(WHERE, f", of {form}{WHERE}")
        try:
            product_texts.draft_text(trip.petition, text=text, number="6810.99.0010", by=drafter, at=trip.at)
        except Incomplete:  # it can be no product text: refused before anything is looked for
            return True
        return waits(trip.petition)

    assert passed(forms_at("product_text"), stopped) == []


def test_an_opinion_that_repeats_a_value_waits(bring: Bring, customs: User) -> None:
    trip = bring(Status.CUSTOMS)
    draft = trip.petition.drafts.get()

    def stopped(form: str) -> bool:
        reasons = f"In 2018, it was {form} in all, which no officer can see."
        product_texts.give_opinion(
            draft, result="misclassified", grounds=["on_its_face"], reasons=reasons, by=customs, at=trip.at
        )
        return waits(trip.petition)

    assert passed(forms_at("opinion"), stopped) == []
