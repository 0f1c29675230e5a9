"""Which of several rows counts, in what order they are read, and how long what is kept may be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exclusions.actions import transitions
from exclusions.actions.filing import documents, petitions
from exclusions.actions.filing.confidentiality import refuse_confidentiality, settle_leak
from exclusions.actions.filing.documents import Upload
from exclusions.actions.people import proposals
from exclusions.actions.record import events, files, quarantine
from exclusions.actions.record.supersession import successor
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import MAX_BYTES, FileRefused
from exclusions.models import (
    ConfidentialityRefusal,
    ExclusionText,
    Notification,
    PublicDocument,
    PublicPetition,
    Quarantine,
    Tombstone,
    User,
)
from exclusions.permissions import gates
from exclusions.permissions.agreement import adoption
from exclusions.permissions.case_secrets import own_secrets
from exclusions.permissions.conclusions import adverse_faults, latest
from exclusions.permissions.cures import cure_day_chosen, last_day_problem
from exclusions.permissions.filing import blocking_problems, remarks
from exclusions.permissions.filing_facts import filing_facts
from exclusions.permissions.leaks import settled_by_case, settled_leaks, uncured_refusals
from exclusions.workflow.deadlines import CURE_LEAST, CURE_MOST, eastern_date
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.world import pdf

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SECOND = timedelta(seconds=1)
REASON = "What a public price list says is no secret."


def test_the_open_version_alone_keeps_a_petition_from_being_filed(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit", "return")
    assert blocking_problems(petition, case.at) == []
    petitions.save_answers(petition, answers={"product_name": ""}, by=cast["importer"], at=case.at)
    assert blocking_problems(petition, case.at) != []
    petitions.save_answers(petition, answers={"product_name": "Slabs of stone"}, by=cast["importer"], at=case.at)
    petition = case.take("resubmit")
    answers = petition.versions.latest("number").answers
    petition.round.eligible_chapters, petition.round.eligible_subheadings = ["01"], []
    assert blocking_problems(petition, case.at, answers=answers) != []
    assert blocking_problems(petition, case.at) == [], "nothing is open, whatever was sealed"


@pytest.mark.parametrize(("days", "fits"), [(CURE_LEAST, True), (CURE_MOST, True), (0, False), (CURE_MOST + 1, False)])
def test_the_gate_asks_the_last_day_that_was_chosen(journey: Start, days: int, fits: bool) -> None:
    case = journey()
    chosen = eastern_date(case.at) + timedelta(days=days)
    said = cure_day_chosen(case.petition, None, case.at, {"last_day": chosen})
    assert said == ([] if fits else [last_day_problem(chosen, case.at)])
    assert cure_day_chosen(case.petition, None, case.at, {"points": []}) == []
    assert cure_day_chosen(case.petition, None, case.at, None) == []


def test_a_file_that_a_browser_sends_without_a_name_is_called_file() -> None:
    assert Upload.from_browser(SimpleUploadedFile("plan.pdf", b"%PDF")).name == "plan.pdf"
    nameless = SimpleUploadedFile("plan.pdf", b"%PDF")
    nameless.name = None
    assert Upload.from_browser(nameless) == Upload("file", b"%PDF")


def refused(case: Journey, clerk: User, key: str, seconds: int = 0) -> ConfidentialityRefusal:
    """Return the refusal of confidential treatment of that answer, so many seconds from now."""
    at = case.at + seconds * SECOND
    return refuse_confidentiality(case.petition, key, reason=REASON, by=clerk, at=at)


def test_whoever_posts_reads_of_a_refusal_and_of_the_tick_at_once(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit")
    (untold,) = gates.confidentiality_screened(petition, None, case.at, {})
    assert "tick" in untold
    refused(case, cast["intake"], "sourcing_attempts")
    both = gates.confidentiality_screened(petition, None, case.at, {})
    assert [both[0]] == gates.confidentiality_screened(petition, None, case.at, {"screened": True})
    assert both[1:] == [untold]
    assert "Return the petition" in both[0]


def test_refusals_are_read_in_the_order_in_which_they_were_made(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    petition = case.take("submit")
    answers = petition.versions.get().answers
    form = petition_form(petition.round)
    keys = sorted(key for key in form.confidential_keys if answers.get(key))[:3]
    for key, seconds in zip(keys, (2, 3, 1), strict=True):
        refused(case, cast["intake"], key, seconds)
    assert [row.question_key for row in uncured_refusals(petition, answers)] == [keys[2], keys[0], keys[1]]


def test_a_file_that_is_put_back_leaves_no_sign_that_it_was_taken_down(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    files = [
        documents.attach(case.petition, "public_documents", Upload(f"{n}.pdf", pdf(n)), by=cast["importer"], at=case.at)
        for n in ("one", "two")
    ]
    petition = case.take("submit", "post")
    for file in files:
        quarantine.take_down(petition, f"document:{file.pk}", by=cast["intake"], at=case.at, reason="A price.")
    assert set(Tombstone.objects.values_list("key", flat=True)) == {file.pk for file in files}
    quarantine.restore(Quarantine.objects.get(document=files[0]), by=cast["intake"], at=case.at)
    assert list(Tombstone.objects.values_list("key", flat=True)) == [files[1].pk]
    assert list(PublicDocument.objects.values_list("key", flat=True)) == [files[0].pk]


def test_a_subject_is_as_long_as_its_column_holds(cast: dict[str, User], admin: User) -> None:
    at = admin.date_joined
    words = {"template": "inquiry", "subject": "Slabs of agglomerated quartz " * 10, "context": {}}
    for told in (events.notify_all, events.notify):
        to = ["one@example.test"] if told is events.notify_all else "two@example.test"
        told(to=to, at=at, **words)
    subjects = Notification.objects.filter(template="inquiry").values_list("subject", flat=True)
    assert [len(subject) for subject in subjects] == [200, 200]


@pytest.mark.parametrize(("length", "kept"), [(1000, 1000), (1001, 1000)])
def test_a_reason_of_a_correction_is_as_long_as_its_column_holds(
    published_once: Journey, length: int, kept: int
) -> None:
    case = published_once
    text = ExclusionText.objects.get()
    text.reason = "r" * length
    after = successor(text, at=case.at, corrected_by="Paula")
    assert (after.pk, after.supersedes_id, after.revision) == (None, text.pk, text.revision + 1)
    assert (after.reason, after.recorded_at, after.corrected_by) == ("r" * kept, case.at, "Paula")


def test_words_that_nobody_asked_for_are_refused_where_no_finding_is_adverse(journey: Start) -> None:
    petition = journey().take(*PATHS[Status.SIGNATURE])
    (needless,) = adverse_faults(petition, "It is granted all the same.")
    assert "No finding is adverse" in needless
    assert adverse_faults(petition, " ") == []


def test_a_former_decision_is_public_while_none_stands(denied_once: Journey, cast: dict[str, User]) -> None:
    case = denied_once
    petition = case.petition
    denied = PublicPetition.objects.get()
    assert (denied.outcome, denied.former_decisions) == ("deny", [])
    assert denied.decided_on
    assert denied.rationale
    proposals.propose(
        "reopen_decision", petition.pk, reason="A domestic source was overlooked.", by=cast["legal"], at=case.at
    )
    transitions.take(petition, "reopen_decision", by=cast["signatory"], at=case.at, reason="", data={})
    again = PublicPetition.objects.get()
    assert again.outcome == ""
    assert (again.decided_on, again.rationale, again.denial_codes, again.findings) == (None, "", [], [])
    (former,) = again.former_decisions
    assert (former["outcome"], former["reason"]) == ("deny", "A domestic source was overlooked.")
    case.petition.refresh_from_db()
    case.take("clear_for_denial", "deny")
    assert PublicPetition.objects.get().outcome == "deny"
    assert PublicPetition.objects.get().former_decisions == [former]


def test_what_is_settled_is_settled_for_its_own_petition(journey: Start, cast: dict[str, User]) -> None:
    cases = [journey(), journey()]
    for case in cases:
        upload = Upload("spec.txt", b"Slabs bought for $7.07 million")
        documents.attach(case.petition, "public_documents", upload, by=cast["importer"], at=case.at)
        answers = case.petition.versions.get().answers
        (leak,) = [remark.leak for remark in remarks(case.petition, answers, case.at) if remark.leak]
        settle_leak(case.petition, leak, statement="Our annual report says it.", by=cast["importer"], at=case.at)
    own, other = (case.petition for case in cases)
    assert settled_by_case([own]) == {own.pk: settled_leaks(own)}
    assert settled_by_case([own, other]) == {own.pk: settled_leaks(own), other.pk: settled_leaks(other)}
    assert settled_by_case([]) == {}


def test_the_names_of_confidential_files_alone_are_secrets(journey: Start, cast: dict[str, User]) -> None:
    case = journey()
    for question, name in (("confidential_documents", "Rockland prices"), ("public_documents", "Siding by the mill")):
        documents.attach(case.petition, question, Upload(f"{name}.pdf", pdf(name)), by=cast["importer"], at=case.at)
    hidden = {secret.value for secret in own_secrets(case.petition).own}
    assert "Rockland prices" in hidden
    assert "Siding by the mill" not in hidden


def test_a_desk_adopts_nothing_once_it_has_concluded_since_the_case_came(journey: Start) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.LEVEL2])
    assert adoption(petition) is not None
    case.prepare("concur")
    own = petition.recommendations.get(level=2)
    for since, adopts in ((own.made_at - SECOND, False), (own.made_at, False), (own.made_at + SECOND, True)):
        petition.status_since = since
        assert (adoption(petition) is not None) == adopts


def test_reasons_without_substance_are_refused_where_a_finding_is_adverse(journey: Start) -> None:
    case = journey("deny")
    petition = case.take(*PATHS[Status.LEVEL2])
    said = adverse_faults(petition, "")
    assert len(said) == 1
    assert "adverse" in said[0]
    (empty,) = adverse_faults(petition, "......")
    assert empty not in said
    assert adverse_faults(petition, "The requester showed that no maker elsewhere can deliver in time.") == []


def test_a_stored_file_has_at_most_twice_the_bytes_of_an_upload() -> None:
    piece = b"x" * 1_000_000
    with pytest.raises(FileRefused):
        files._store(piece for _ in range(2 * MAX_BYTES // len(piece) + 1))


def test_a_number_that_is_missing_is_told_of_beside_what_is_wrong_elsewhere(journey: Start) -> None:
    case = journey()
    answers = case.petition.versions.get().answers
    leaking = answers | {"product_description": f"Slabs; ask {answers['requester_email']} for samples of them."}
    for number, is_told in ((answers["hts10"], False), ("", True)):
        found = {remark.key for remark in remarks(case.petition, leaking | {"hts10": number}, case.at)}
        assert "product_description" in found
        assert ("hts10" in found) == is_told


def test_an_earlier_petition_counts_until_it_is_withdrawn(journey: Start) -> None:
    earlier, case = journey(), journey()

    def told() -> list[str]:
        facts = filing_facts(case.petition, case.petition.versions.get().answers, case.at)
        return [one.reference for one in facts.earlier]

    assert told() == ["a draft"]
    petition = earlier.take("submit")
    assert told() == [str(petition.reference)]
    earlier.take("withdraw")
    assert told() == []


def test_of_several_entries_the_last_one_made_is_the_latest(journey: Start) -> None:
    case = journey()
    petition = case.take(*PATHS[Status.LEGAL])
    for _ in range(2):
        case.prepare("clear_for_drafting")
    reviews = list(petition.legal_reviews.order_by("pk"))
    assert len(reviews) > 1
    assert latest(reviews) == latest(reviews[::-1]) == reviews[-1]
    assert latest([]) is None
