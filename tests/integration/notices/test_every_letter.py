"""Every kind of letter: what causes it, to whom it goes, and that the address is in no public place."""

from collections.abc import Callable
from datetime import timedelta
from time import process_time

import pytest

from exclusions.actions import clock
from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.filing import responses
from exclusions.actions.record.letter_parts import facts
from exclusions.actions.record.letters import ensure_letter, posted_letter
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.letter_words import shipped_kinds
from exclusions.models import Letter, PendingLetter, Petition, Response, User
from exclusions.models.public import PublicLetter
from exclusions.queries.record.leak_sweep import leaks
from exclusions.queries.record.letter_addresses import address_lines, without_address
from exclusions.wording.letter_kinds import KINDS
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import ACTS
from tests.factories.answered import respond_with_files
from tests.factories.petitions import Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
OTHER_CAUSES = {"post_response": responses.post_response, "tell_of_expiry": clock.tell_of_expiry}


def words(letter: Letter) -> str:
    letter.refresh_from_db()
    return pdf_text(read_file(letter.storage_key))


def test_every_kind_has_a_template_a_cause_and_words_of_its_own() -> None:
    assert set(Letter.Kind.values) == set(KINDS) == shipped_kinds() == {str(kind) for kind in facts._AGAIN}
    causes = {cause for kind in KINDS.values() for cause in kind.causes}
    assert causes <= TRANSITIONS.keys() | ACTS.keys() | OTHER_CAUSES.keys()
    assert {row.name for row in TRANSITIONS.values() if not row.target.label} <= causes


def test_what_is_posted_is_told_with_the_last_day_and_set_by_a_worker(journey: Start) -> None:
    case = journey()
    case.take("submit", "post")
    letter = case.petition.letters.get(kind="posted")
    assert letter.sha256 is None
    assert PublicLetter.objects.get(code=letter.code).kind == "Posted to the docket"
    kept = str(PendingLetter.objects.get(letter=letter).facts)
    assert "Orchard Lane" not in kept
    assert "Whisper" not in kept
    assert set_letters().done == 1
    said = words(letter)
    for wanted in (
        "Wanda Whisper",
        "1 Orchard Lane",
        "Dayton, OH 45402",
        "oppose the petition until",
        "template shipped",
    ):
        assert wanted in said, wanted
    assert "Wanda Whisper" not in without_address(said, case.petition)
    assert [str(leak) for leak in leaks() if "letter" in leak.where] == []


def test_what_a_letter_repeats_beyond_its_address_is_found(journey: Start) -> None:
    case = journey()
    case.take("submit", "post")
    case.petition.product_name = "Slabs for Wanda Whisper"
    letter = posted_letter(case.petition, at=case.at)
    set_letters()
    assert "Wanda Whisper" in without_address(words(letter), case.petition)
    assert [leak for leak in leaks() if letter.code in leak.where]


def test_a_petition_that_a_firm_filed_is_answered_through_the_firm(journey: Start) -> None:
    case = journey(through_firm=True)
    case.take("submit", "post")
    set_letters()
    said = words(case.petition.letters.get(kind="posted"))
    assert "Dayton, OH 45402 through Finn Filer Harbor and Vale LLP 2 K Street NW Washington, DC 20006" in said


def test_a_response_is_told_of_with_the_last_day_to_reply(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    case.take("submit", "post")
    given = respond_with_files(case.petition, "quarry", case.at)
    Response.objects.filter(pk=given.pk).update(status="submitted", confirmed_at=case.at)
    given.refresh_from_db()
    posted = responses.post_response(given, by=cast["intake"], at=case.at)
    set_letters()
    letter = case.petition.letters.get(kind="response", about=posted.reference)
    assert f"We posted response {posted.reference}" in words(letter)
    assert "You may reply until" in words(letter)


def test_publication_correction_and_expiry_are_told_once(granted_once: Journey, cast: dict[str, User]) -> None:
    case = granted_once
    case.act("publish")
    case.act("undo_publication", by=cast["signatory"])
    case.act("publish")
    set_letters()
    first, second = case.petition.letters.filter(kind="publication").order_by("pk")
    correction = case.petition.letters.get(kind="correction")
    assert (correction.supersedes, Letter.objects.filter(supersedes=second).exists()) == (first, False)
    for wanted in ("84 FR 99999", "9903.88.13", "August 7, 2020", "you may file a post summary correction"):
        assert wanted in words(second), wanted
    assert "entered in error" in words(correction)
    term = case.petition.decision.exclusion.terms.get()
    late = case.at.replace(year=term.valid_to.year, month=term.valid_to.month, day=1)
    assert clock.tell_of_expiry(at=late - timedelta(days=90)) == []
    assert clock.tell_of_expiry(at=late) == [case.petition.reference]
    assert clock.tell_of_expiry(at=late) == []
    set_letters()
    assert "entered through August 7, 2020" in words(case.petition.letters.get(kind="expiry"))


def test_a_withdrawal_is_confirmed_by_a_letter_that_asking_sets(petition_in: Callable[[Status], Petition]) -> None:
    petition = petition_in(Status.WITHDRAWN)
    letter = petition.letters.get(kind="withdrawal")
    assert letter.sha256 is None
    assert ensure_letter(petition, "withdrawal", at=petition.status_since) == letter
    assert "No longer needed." in words(letter)


def test_a_letter_that_an_earlier_version_issued_is_set_in_the_shipped_words(journey: Start) -> None:
    case = journey()
    case.take("submit", "post")
    letter = case.petition.letters.get(kind="posted")
    pending = letter.pending
    pending.facts = {key: value for key, value in pending.facts.items() if key not in ("parts", "title", "template")}
    pending.save()
    assert set_letters().done == 1
    assert "Petition posted to the docket" in words(letter)


def test_an_address_abroad_names_the_country_and_no_state() -> None:
    answers = {"requester_first_name": "Ana", "requester_city": "Leeds", "requester_state": "XX", "requester_zip": "",
               "requester_country": "GB"}  # fmt: skip
    assert address_lines(answers, "Acme Ltd") == ["Ana", "Acme Ltd", "Leeds", "United Kingdom"]


def test_a_worker_sets_twenty_letters_a_second(journey: Start) -> None:
    case = journey()
    case.take("submit", "post")
    set_letters()
    for _ in range(20):
        posted_letter(case.petition, at=case.at)
    begun = process_time()
    assert set_letters().done == 20
    spent = process_time() - begun
    assert spent < 1, "of the processor: what others do on the machine meanwhile counts for nothing"
