"""What is taken apart once of a case's answers is of those answers: others, and other files, are taken apart anew."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.actions.filing.responses import confirm_response, respond
from exclusions.models import Document, Petition, Response
from exclusions.permissions.case_secrets import CaseSecrets, case_secrets, own_secrets, secrets_of_cases
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db


def values(found: CaseSecrets) -> set[str]:
    return {secret.value for secret in found.own}


def theirs(found: CaseSecrets) -> set[str]:
    return {secret.value for held in found.of_responses.values() for secret in held}


def confirmed(petition: Petition, at: datetime, **answers: str) -> Response:
    given = respond(reference=str(petition.reference), answers={**RESPONSE_ANSWERS, **answers}, by=None, at=at)
    return confirm_response(token=token_of(given), at=at)


def test_other_answers_of_a_draft_give_other_values(journey: Callable[..., Journey]) -> None:
    petition = journey().petition
    version = petition.versions.get()
    before = values(case_secrets(petition))
    version.answers = {**version.answers, "requester_email": "somebody.else@example.test"}
    version.save(update_fields=["answers"])
    after = values(case_secrets(petition))
    assert "somebody.else@example.test" in after - before
    assert "wanda.whisper@example.test" in before - after, "what is no longer answered is no longer looked for"
    assert values(case_secrets(petition)) == after


def test_the_name_of_a_file_that_came_later_is_looked_for(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take("submit", "post")
    given = confirmed(trip.petition, trip.at)
    before = case_secrets(trip.petition)
    for owner in ({"petition": trip.petition}, {"response": given}):
        Document.objects.create(
            question_key="harm_documents",
            visibility=Document.Visibility.CONFIDENTIAL,
            file_name=f"{next(iter(owner))} Wexford ledger.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            storage_key=f"nowhere/{next(iter(owner))}",
            uploaded_at=trip.at,
            **owner,
        )
    after = case_secrets(trip.petition)
    assert values(after) - values(before) == {"petition Wexford ledger"}
    assert theirs(after) - theirs(before) == {"response Wexford ledger"}


def test_each_response_keeps_its_own_values_and_none_takes_a_statement_more(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take("submit", "post")

    def asked() -> int:
        petition = Petition.objects.select_related("round", "organization").get(pk=trip.petition.pk)
        with CaptureQueriesContext(connection) as captured:
            found = case_secrets(petition)
        assert len(found.of_responses) == petition.responses.count()
        return len(captured)

    confirmed(trip.petition, trip.at)
    first = asked()
    addresses = [f"person{number}@example.test" for number in range(3)]
    for address in addresses:
        confirmed(trip.petition, trip.at, responder_email=address)
    assert asked() == first == 3
    assert set(addresses) <= theirs(case_secrets(trip.petition))
    own = own_secrets(trip.petition)
    assert (own.own, own.told) == (case_secrets(trip.petition).own, case_secrets(trip.petition).told)
    assert set(own.known) == set(case_secrets(trip.petition).known)


def test_a_response_may_repeat_its_own_values_and_no_others(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take("submit", "post")
    first = confirmed(trip.petition, trip.at)
    second = confirmed(trip.petition, trip.at, org_legal_name="Another Quarry", responder_email="other@example.test")
    secrets = case_secrets(trip.petition)
    words = "Write to other@example.test about it."
    assert secrets.of_responders(words)
    assert secrets.of_responders(words, but=str(first.pk))
    assert not secrets.of_responders(words, but=str(second.pk))


def test_of_many_cases_each_has_its_own_values_and_none_takes_a_statement_more(journey: Callable[..., Journey]) -> None:
    trips = [journey() for _ in range(3)]
    for number, trip in enumerate(trips):
        version = trip.petition.versions.get()
        version.answers |= {"requester_email": f"requester{number}@example.test"}
        version.save(update_fields=["answers"])
        trip.take("submit", "post")
        confirmed(trip.petition, trip.at, responder_email=f"responder{number}@example.test")

    def asked(count: int, *known: str) -> int:
        bare = Petition.objects.filter(pk__in=[trip.petition.pk for trip in trips[:count]])
        petitions = list(bare.select_related(*known) if known else bare)
        with CaptureQueriesContext(connection) as captured:
            found = secrets_of_cases(petitions)
        assert len(found) == count
        for number, trip in enumerate(trips[:count]):
            mine = found[trip.petition.pk]
            assert {value for value in values(mine) if value.startswith("requester")} == {
                f"requester{number}@example.test"
            }
            assert [value for value in theirs(mine) if value.startswith("responder")] == [
                f"responder{number}@example.test"
            ]
        return len(captured)

    assert asked(1, "round", "organization") == asked(3, "round", "organization") == 3
    assert asked(1) == asked(3) == 5, "one for the rounds, one for the parties"
