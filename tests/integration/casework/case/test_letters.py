"""Letters: what each says, that it states every factor, and that it can be verified."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from exclusions import criteria
from exclusions.actions.record.letters import decision_letter, ensure_letter
from exclusions.actions.review import product_texts
from exclusions.gateways.documents.object_store import read_file
from exclusions.models import Letter, Petition, User
from exclusions.queries.record.letter_addresses import without_address
from exclusions.workflow.states import Status
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.petitions import TEXT, Journey
from tests.factories.tariff import exclude
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]


def words(letter: Letter) -> str:
    return pdf_text(read_file(letter.storage_key))


def test_the_grant_states_text_term_rationale_and_each_factor(granted_once: Journey) -> None:
    letter = granted_once.petition.letters.get(kind="grant")
    text = words(letter)
    for wanted in (TEXT, "9903.88.13", "September 24, 2018", "August 7, 2020", "No source outside China", letter.code):
        assert wanted in text, wanted
    for factor in criteria.ALL:
        if factor.key in letter.petition.round.criteria:
            assert factor.title in text, factor.title
    assert text.count("As the public record shows of ") == len(letter.petition.round.criteria)
    assert not [secret for secret in SECRETS if secret in without_address(text, letter.petition)]


def test_a_grant_states_its_own_term_when_others_were_made_since(granted_once: Journey) -> None:
    decision = granted_once.petition.decision
    before = words(decision_letter(decision, at=decision.signed_at))
    exclude(decision.exclusion.action, "8413810040", date(2001, 2, 3), date(2002, 2, 3))
    after = words(decision_letter(decision, at=decision.signed_at))
    assert "9903.88.13" in before
    assert "9903.88.13" in after
    assert "9903.88.05" not in after


def test_the_denial_states_its_codes_and_each_factor(denied_once: Journey) -> None:
    letter = denied_once.petition.letters.get(kind="denial")
    text = words(letter)
    assert f"DR1: {criteria.DENIAL_REASONS['DR1']}".split(": ")[1] in text
    assert "A domestic source exists." in text
    for key in letter.petition.round.criteria:
        assert criteria.get(key).title in text
    assert not [secret for secret in SECRETS if secret in without_address(text, letter.petition)]


def test_the_letter_of_a_return_lists_the_points(journey: Callable[..., Journey], intake: User) -> None:
    trip = journey()
    trip.take("submit", "return")
    said = words(trip.petition.letters.get(kind="returned"))
    assert "take the name out." in said
    assert "July" in said


@pytest.mark.parametrize(("status", "kind"), [(Status.SUBMITTED, "receipt"), (Status.WITHDRAWN, "withdrawal")])
def test_receipt_and_withdrawal_are_issued_once_when_asked_for(status: Status, kind: str, petition_in: Bring) -> None:
    petition = petition_in(status)
    first = ensure_letter(petition, kind, at=petition.status_since)
    assert first is not None
    assert ensure_letter(petition, kind, at=petition.status_since) == first
    assert str(petition.reference) in words(first)


def test_there_is_no_withdrawal_letter_for_a_petition_that_was_not_withdrawn(petition_in: Bring) -> None:
    petition = petition_in(Status.SUBMITTED)
    assert ensure_letter(petition, "withdrawal", at=petition.status_since) is None


def test_a_denied_petition_joins_no_exclusion(denied_once: Journey) -> None:
    assert denied_once.petition.decision.exclusion is None


def test_owner_and_staff_read_a_letter_and_nobody_else(
    denied_once: Journey, cast: dict[str, User], client_of: ClientOf
) -> None:
    petition = denied_once.petition
    letter = petition.letters.get(kind="denial")
    staff, owner = (
        f"/review/{petition.reference}/letters/{letter.code}/",
        f"/petitions/{petition.pk}/letters/{letter.code}/",
    )
    for name, url in (("legal", staff), ("auditor", staff), ("importer", owner)):
        answer = client_of(cast[name]).get(url)
        assert answer.status_code == 200, name
        assert answer["Content-Disposition"] == f'attachment; filename="{petition.reference}-denial.pdf"'
        assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    for name, url in (("rival", owner), ("importer", staff), ("drafter", staff), ("customs", staff)):
        assert client_of(cast[name]).get(url).status_code == 404, name
    assert str(petition.reference) in Client().get(f"/verify/{letter.code}/").content.decode()


def test_a_grant_of_a_whole_number_says_so(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    trip = journey()
    trip.take(*TO_SIGNATURE[:8])
    product_texts.draft_text(
        trip.petition, text="", number="6810.99.0010", whole_number=True, by=cast["drafter"], at=trip.at
    )
    trip.act("send_to_customs")
    trip.take("clear_text", "assess", "grant")
    text = words(trip.petition.letters.get(kind="grant"))
    assert "granted in whole" in text
    assert "6810.99.0010" in text
