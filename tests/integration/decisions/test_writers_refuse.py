"""What the writers of the record refuse whoever calls them, though no door should let anybody come that far."""

from collections.abc import Callable

import pytest
from django.db.transaction import TransactionManagementError

from exclusions.actions.filing.documents import Upload
from exclusions.actions.record import quarantine
from exclusions.actions.record.accesses import log_own_readings, log_readings
from exclusions.actions.record.files import keep_file
from exclusions.actions.record.letters import ensure_letter, issue_anew
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.transition import lock
from exclusions.actions.record.versions import next_references, open_version
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.models import AccessLog, Petition, ReferenceSequence, Round, User
from exclusions.queries.record.public_things import public_things
from exclusions.workflow.public_things import Kind, key_of
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.dockets import make_response
from tests.factories.petitions import Journey
from tests.factories.world import World, pdf

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_in_a_transaction_alone(journey: Callable[..., Journey]) -> None:
    draft = journey().petition
    with pytest.raises(TransactionManagementError, match="none has begun"):
        lock(draft)


def test_a_petition_that_was_filed_has_no_version_to_change(petition_in: Bring) -> None:
    petition = petition_in(Status.SUBMITTED)
    with pytest.raises(WrongState, match="You can no longer change its answers"):
        open_version(petition)


def test_references_are_given_out_once_and_none_where_none_is_asked_for(list3: Round) -> None:
    assert next_references(list3, 0) == []
    assert not ReferenceSequence.objects.exists()
    first, second = next_references(list3, 2), next_references(list3, 1)
    numbers = [int(reference.rpartition("-")[2]) for reference in [*first, *second]]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_nothing_has_a_public_copy_before_it_is_posted(petition_in: Bring, clock: Clock) -> None:
    submitted, posted = petition_in(Status.SUBMITTED), petition_in(Status.POSTED)
    with pytest.raises(ValueError, match="Only a posted petition"):
        publish_petition(submitted, at=clock.now)
    with pytest.raises(ValueError, match="Only a posted response"):
        publish_response(make_response(posted, None), at=clock.now)


def test_a_file_is_replaced_and_a_text_corrected_and_neither_the_other_way(
    world: World, intake: User, filer: User, clock: Clock
) -> None:
    at = clock.now
    file = quarantine.take_down(
        world.posted, key_of(Kind.DOCUMENT, world.public_file.pk), by=filer, at=at, reason="A name."
    )
    with pytest.raises(WrongState, match="Only an answer or the agency's own text can be corrected"):
        quarantine.correct(file, "Other words.", by=intake, at=at)
    key = next(thing.key for thing in public_things(world.posted) if thing.key.endswith("product_name"))
    text = quarantine.take_down(world.posted, key, by=filer, at=at, reason="A name.")
    with pytest.raises(WrongState, match="Only a file can be replaced"):
        quarantine.replace_document(text, Upload("new.pdf", pdf("New")), by=filer, at=at)
    with pytest.raises(Incomplete) as raised:
        quarantine.correct(text, "  ", by=intake, at=at)
    assert raised.value.fields == {"text": ["Enter the text that everyone will read in its place."]}
    text.refresh_from_db()
    assert text.corrected_at is None


def test_a_question_that_takes_no_files_is_given_none(list3: Round) -> None:
    for key in ("product_name", "no_such_question"):
        with pytest.raises(Incomplete, match=f"This form takes no files under “{key}”"):
            keep_file(petition_form(list3), key, Upload("new.pdf", pdf("New")))


def test_a_letter_is_issued_anew_once_and_after_it_its_successor(petition_in: Bring, clock: Clock) -> None:
    petition = petition_in(Status.WITHDRAWN)
    first = ensure_letter(petition, "withdrawal", at=clock.now)
    assert first
    second = issue_anew(first, reason="A name was misspelt.", at=clock.now)
    with pytest.raises(WrongState, match=f"The letter {first.code} was superseded"):
        issue_anew(first, reason="Once more.", at=clock.now)
    assert issue_anew(second, reason="Once more.", at=clock.now).supersedes == second


def test_cases_that_are_opened_together_are_each_noted_as_read(petition_in: Bring, intake: User, clock: Clock) -> None:
    cases = [petition_in(Status.POSTED), petition_in(Status.POSTED)]
    log_readings(cases, "answers of a cluster", by=intake, at=clock.now)
    rows = AccessLog.objects.order_by("pk").values_list("subject", "what", "by", "role", "at")
    assert list(rows) == [
        (f"petition:{case.pk}", "answers of a cluster", intake.pk, intake.role, clock.now) for case in cases
    ]


def test_who_fetches_petitions_of_their_own_is_noted_at_each_that_was_filed_in_their_part_of_it(
    journey: Callable[..., Journey], importer: User, filer: User, intake: User
) -> None:
    case, draft, by_firm = journey(), journey(), journey(through_firm=True)
    for trip in (case, by_firm):
        trip.take("submit")
    assert draft.petition.reference is None
    filed = sorted([case.petition, by_firm.petition], key=lambda petition: petition.pk)
    for by, role in ((importer, "requester"), (filer, "filer"), (intake, "intake")):
        assert log_own_readings(Petition.objects.all(), "export of own petitions", by=by, at=case.at) == 2
        rows = AccessLog.objects.filter(by=by).order_by("pk").values_list("subject", "what", "role", "at")
        assert list(rows) == [
            (f"petition:{petition.pk}", "export of own petitions", role, case.at) for petition in filed
        ]
