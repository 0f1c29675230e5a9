"""A letter is set when somebody asks for it, is of its own case, and mail that did not go is told from mail refused."""

from collections.abc import Callable
from smtplib import SMTPConnectError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest

from exclusions.actions.filing import responses
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine
from exclusions.actions.record.letters import ensure_letter, letter_of
from exclusions.actions.record.notifications import _is_away
from exclusions.actions.record.publication import publish_petition
from exclusions.models import (
    Decision,
    Letter,
    Petition,
    PublicDocument,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Response,
    User,
)
from exclusions.permissions.conclusions import conclusions
from exclusions.permissions.cures import last_cure, open_cure
from exclusions.queries.record.public_things import public_things
from exclusions.workflow.public_things import Kind
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.factories.answered import WITH_FILES, bring
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.petitions import Journey
from tests.factories.world import pdf, response_answers

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def test_a_receipt_is_set_when_it_is_asked_for(journey: Start) -> None:
    case = journey()
    assert ensure_letter(case.petition, Letter.Kind.RECEIPT, at=case.at) is None  # nothing was filed
    petition = case.take("submit")
    letter = ensure_letter(petition, Letter.Kind.RECEIPT, at=case.at)
    assert letter is not None
    kept = Letter.objects.get(pk=letter.pk)
    assert kept.sha256
    assert (letter.kind, letter.sha256, letter.storage_key) == ("receipt", kept.sha256, kept.storage_key)
    again = ensure_letter(petition, Letter.Kind.RECEIPT, at=case.at)
    assert again == letter
    assert ensure_letter(petition, Letter.Kind.WITHDRAWAL, at=case.at) is None


def test_a_withdrawal_of_which_there_is_no_letter_yet_is_confirmed_when_that_is_asked_for(journey: Start) -> None:
    case = journey()
    petition = case.take("submit")
    Petition.objects.filter(pk=petition.pk).update(status=Status.WITHDRAWN)  # as before such letters were written
    letter = ensure_letter(petition, Letter.Kind.WITHDRAWAL, at=case.at)
    assert letter is not None
    assert letter.kind == Letter.Kind.WITHDRAWAL


def test_a_letter_that_is_down_stays_down_when_another_case_is_published(journey: Start, cast: dict[str, User]) -> None:
    first, second = journey("deny"), journey("deny")
    for case in (first, second):
        case.take(*PATHS[Status.DENIED])
    letter = first.petition.letters.get(kind__in=Letter.OF_DECISION)
    quarantine.take_down(first.petition, f"letter:{letter.code}", by=cast["legal"], at=first.at, reason="A price.")
    publish_petition(second.petition, at=second.at)
    assert PublicLetter.objects.get(code=letter.code).taken_down_at == first.at
    publish_petition(first.petition, at=first.at)
    assert PublicLetter.objects.get(code=letter.code).taken_down_at == first.at


@pytest.mark.parametrize("position", ["support", "oppose"])
def test_a_posted_response_is_counted_for_its_side_and_its_files_are_public(
    journey: Start, cast: dict[str, User], position: str
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    uploads = {
        f"{kind}_documents": [Upload(f"{kind}.pdf", pdf(f"A {kind} file"))] for kind in ("public", "confidential")
    }
    answers = response_answers(Responder(), position=position, **WITH_FILES)
    given = responses.respond(reference=str(petition.reference), answers=answers, uploads=uploads, by=None, at=case.at)
    bring(given, Response.Status.POSTED, cast["intake"], case.at)
    copy = PublicPetition.objects.get(reference=petition.reference)
    assert (copy.support_count, copy.oppose_count) == ((1, 0) if position == "support" else (0, 1))
    public = PublicResponse.objects.get()
    assert list(PublicDocument.objects.filter(petition=copy).values_list("file_name", "response")) == [
        ("public.pdf", public.pk)
    ]


def test_what_is_to_be_corrected_is_open_while_the_petition_is_returned(journey: Start) -> None:
    case = journey()
    petition = case.take("submit", "return")
    cure = open_cure(petition)
    assert cure is not None
    petition = case.take("resubmit")
    assert (open_cure(petition), last_cure(petition)) == (None, cure)


@pytest.mark.parametrize("outcome", ["grant", "deny"])
def test_the_desks_concluded_the_same_however_the_case_was_read(journey: Start, outcome: str) -> None:
    case = journey(outcome)
    for name in PATHS[Status.DENIED if outcome == "deny" else Status.SIGNATURE]:
        petition = case.take(name)
        read = Petition.objects.prefetch_related("recommendations", "legal_reviews", "assessments").get(pk=petition.pk)
        assert conclusions(read) == conclusions(petition)
    assert {"level1", "level2", "legal"} <= conclusions(petition).keys()


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (SMTPConnectError(421, b"Busy"), True),
        (SMTPServerDisconnected("Gone"), True),
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (SMTPRecipientsRefused({}), False),
        (SMTPDataError(552, b"Too large"), False),
        (ValueError("An address with a line break"), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_talk_with_a_mail_server_is_told_from_a_message_that_it_did_not_take(error: Exception, away: bool) -> None:
    assert _is_away(error) is away


@pytest.mark.parametrize(("name", "kind"), [("grant", "grant"), ("grant_in_part", "in_part"), ("deny", "denial")])
def test_a_decision_that_stands_has_its_letter(journey: Start, name: str, kind: str) -> None:
    case = journey("deny" if name == "deny" else "grant")
    source = min(TRANSITIONS[name].sources, key=lambda status: len(PATHS[status]))
    case.take(*PATHS[source], name)
    letter = letter_of(Decision.objects.get(petition=case.petition))
    assert letter is not None
    assert letter.kind == kind


def test_each_letter_is_down_or_not_by_itself_and_who_puts_back_or_corrects_is_given_what_ended(
    denied_once: Journey, cast: dict[str, User]
) -> None:
    case = denied_once
    petition = case.petition
    first, second = petition.letters.order_by("issued_at", "pk")[:2]
    by = {"by": cast["legal"], "at": case.at}
    down = [quarantine.take_down(petition, f"letter:{one.code}", reason="A price.", **by) for one in (first, second)]
    back = quarantine.restore(down[0], by=cast["intake"], at=case.at)
    assert (back, back.restored_at) == (down[0], case.at)
    assert [PublicLetter.objects.get(code=one.code).taken_down_at for one in (first, second)] == [None, case.at]
    words = next(thing for thing in public_things(petition) if thing.kind is Kind.RATIONALE)
    fixed = quarantine.correct(
        quarantine.take_down(petition, words.key, reason="A price.", **by), "Words for everybody.", **by
    )
    assert (fixed.thing, fixed.correction) == (words.key, "Words for everybody.")
