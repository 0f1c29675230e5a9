"""At the doors of people who may not read the values, each written form waits for intake or is asked about.

Together with test_doors.py each door that takes words is tried with each written form of each value.
"""

from collections.abc import Callable

import pytest
from django.db import transaction

from exclusions.actions.filing import replies, responses
from exclusions.actions.review import product_texts, screenings
from exclusions.errors import Incomplete, Repeats
from exclusions.models import Petition, Screening, User
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import PATHS, TEXT, Journey
from tests.factories.world import confirmation_token
from tests.integration.record.typed_doors import FORMS, confidential_answers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database(
        "What is found is found in Python; test_words_that_wait.py writes at the same doors there."
    ),
]
Bring = Callable[[Status], Journey]
# What stands in a text of a product where the form of a value does.
WHERE = " (described"


@pytest.fixture
def bring(journey: Callable[..., Journey]) -> Bring:
    """Return `bring(status)`: the journey of a case that holds every value, in that state."""

    def to(status: Status) -> Journey:
        trip = journey()
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
        given = responses.confirm_response(token=confirmation_token(given), at=trip.at)
        try:
            responses.post_response(given, by=intake, at=trip.at)
        except Repeats:
            return True
        return False

    assert passed(FORMS, stopped) == []


def test_a_reply_that_repeats_a_value_is_asked_about_or_is_not_let_through(
    bring: Bring, intake: User, importer: User
) -> None:
    trip = bring(Status.POSTED)
    given = responses.respond(
        reference=str(trip.petition.reference), answers=dict(RESPONSE_ANSWERS), by=None, at=trip.at
    )
    given = responses.confirm_response(token=confirmation_token(given), at=trip.at)
    posted = responses.post_response(given, by=intake, at=trip.at)

    def stopped(form: str) -> bool:
        said = {"text": f"In 2018, it was {form} in all.", "certify_complete": "yes"}
        try:
            made = replies.reply(posted, answers=said, by=importer, at=trip.at)
            screenings.let_through(made.screening, by=intake, at=trip.at)
        except Repeats:
            return True
        return False

    assert passed(FORMS, stopped) == []


def test_a_product_text_that_repeats_a_value_waits(bring: Bring, drafter: User) -> None:
    trip = bring(Status.DRAFTING)

    def stopped(form: str) -> bool:
        text = TEXT.replace(WHERE, f", of {form}{WHERE}")
        try:
            product_texts.draft_text(trip.petition, text=text, number="6810.99.0010", by=drafter, at=trip.at)
        except Incomplete:  # it can be no product text: refused before anything is looked for
            return True
        return waits(trip.petition)

    assert passed(FORMS, stopped) == []


def test_an_opinion_that_repeats_a_value_waits(bring: Bring, customs: User) -> None:
    trip = bring(Status.CUSTOMS)
    draft = trip.petition.drafts.get()

    def stopped(form: str) -> bool:
        reasons = f"In 2018, it was {form} in all, which no officer can see."
        product_texts.give_opinion(draft, result="misclassified", reasons=reasons, by=customs, at=trip.at)
        return waits(trip.petition)

    assert passed(FORMS, stopped) == []
