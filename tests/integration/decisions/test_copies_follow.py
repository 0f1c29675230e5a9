"""What is kept beside the record follows it: the caller's own petition, the public copy, what a decision stands on."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import documents
from exclusions.actions.filing.documents import Upload
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.scans import _note
from exclusions.actions.record.supersession import write_numbers
from exclusions.actions.record.transition import move
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.scanner import ScanStatus
from exclusions.models import (
    CommitteeAssessment,
    ConsistencyReview,
    Document,
    Event,
    ExclusionNumber,
    ExclusionText,
    Finding,
    LegalReview,
    Petition,
    ProductDraft,
    PublicDocument,
    Recommendation,
    Response,
    User,
)
from exclusions.permissions.agreement import basis
from exclusions.permissions.leaks import FilesChanged, judge_files, still_judged
from exclusions.workflow.transitions import TRANSITIONS
from tests.factories.casework.ways import ACTORS, PATHS, TO_SIGNATURE
from tests.factories.petitions import Journey
from tests.factories.world import pdf

pytestmark = pytest.mark.django_db
FOLLOW = ("status", "status_since", "updated_at", "in_part")


@pytest.mark.parametrize("name", ["grant", "grant_in_part", "deny", "recommend"])
def test_the_callers_own_petition_follows(journey: Callable[..., Journey], name: str) -> None:
    case = journey("deny" if name == "deny" else "grant")
    source = min(TRANSITIONS[name].sources, key=lambda status: len(PATHS[status]))
    case.take(*PATHS[source])
    case.prepare(name)
    own, by = case.petition, case.cast[ACTORS[name]]
    move(own, name, by=by, at=case.at, reason="The record says so.", data=case.entered(name))
    now = Petition.objects.get(pk=own.pk)
    assert [getattr(own, field) for field in FOLLOW] == [getattr(now, field) for field in FOLLOW]
    assert (now.status, now.in_part) == (TRANSITIONS[name].target, name == "grant_in_part")


def test_a_decision_stands_on_the_last_row_of_each_kind(journey: Callable[..., Journey]) -> None:
    case, seen = journey(), set()
    kinds = (Finding, Recommendation, ConsistencyReview, LegalReview, CommitteeAssessment, ProductDraft)
    for name in TO_SIGNATURE:
        case.take(name)
        of = [kind.objects.filter(petition=case.petition).order_by("-pk").first() for kind in kinds]
        assert basis(case.petition) == ".".join(str(row.pk if row else 0) for row in of)
        seen.add(basis(case.petition))
    assert "0" not in basis(case.petition).split(".")
    assert len(seen) > len(kinds)


def with_file(case: Journey, name: str = "plan") -> Document:
    """Return a public file of a petition that is about to be filed."""
    upload = Upload(f"{name}.pdf", pdf(name))
    return documents.attach(case.petition, "public_documents", upload, by=case.cast["importer"], at=case.at)


@pytest.mark.parametrize("status", [ScanStatus.CLEAN, ScanStatus.INFECTED])
def test_what_a_scan_finds_is_at_once_in_the_public_copy(journey: Callable[..., Journey], status: ScanStatus) -> None:
    case = journey()
    file, other = with_file(case), with_file(case, "other")
    case.take("submit", "post")
    before = PublicDocument.objects.get(key=other.pk).scan
    _note(Document.objects.get(pk=file.pk), status, case.at)
    assert list(PublicDocument.objects.filter(key=file.pk).values_list("scan", flat=True)) == (
        [] if status is ScanStatus.INFECTED else [status.value]
    )
    assert PublicDocument.objects.get(key=other.pk).scan == before
    file.refresh_from_db()
    assert (file.scan, file.removed_at) == (status.value, case.at if status is ScanStatus.INFECTED else None)
    told = [event.data for event in Event.objects.filter(kind="infected")]
    assert told == ([{"document": str(file.pk)}] if status is ScanStatus.INFECTED else [])


@pytest.mark.parametrize(("whole", "unread"), [(True, ""), (False, ""), (True, "word/odd.bin")])
def test_a_file_that_nobody_has_read_whole_is_in_no_copy_but_stays_where_it_was(
    journey: Callable[..., Journey], whole: bool, unread: str
) -> None:
    case = journey()
    files = [with_file(case, name) for name in ("plan", "other")]
    Document.objects.filter(pk=files[0].pk).update(text_whole=whole, unread_parts=unread)
    hidden = with_file(case, "prices")
    Document.objects.filter(pk=hidden.pk).update(visibility=Document.Visibility.CONFIDENTIAL)
    petition = case.take("submit", "post")
    public = {files[1].pk} if unread or not whole else {file.pk for file in files}
    assert set(PublicDocument.objects.values_list("key", flat=True)) == public
    Document.objects.filter(pk=files[1].pk).update(text_whole=whole, unread_parts=unread)
    publish_petition(petition, at=case.at)
    assert set(PublicDocument.objects.values_list("key", flat=True)) == public


@pytest.mark.parametrize("fact", ["file_name", "scan", "size"])
def test_a_fact_of_a_file_that_is_another_now_is_written_anew(journey: Callable[..., Journey], fact: str) -> None:
    case = journey()
    file = with_file(case)
    petition = case.take("submit", "post")
    value = {"file_name": "design.pdf", "scan": ScanStatus.CLEAN.value, "size": 7}[fact]
    Document.objects.filter(pk=file.pk).update(**{fact: value})
    publish_petition(petition, at=case.at)
    assert getattr(PublicDocument.objects.get(key=file.pk), fact) == value


def test_what_was_not_posted_has_no_public_copy(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    case = journey()
    for name in ("submit", "withdraw"):
        petition = case.take(name)
        with pytest.raises(ValueError, match="Only a posted petition"):
            publish_petition(petition, at=case.at)
    with pytest.raises(ValueError, match="Only a posted response"):
        publish_response(Response(petition=petition), at=case.at)


@pytest.mark.parametrize("fact", ["pk", "question_key", "file_name", "text_key", "visibility"])
def test_what_was_found_in_files_is_of_those_files(journey: Callable[..., Journey], fact: str) -> None:
    case = journey()
    file = with_file(case)
    form, answers = petition_form(case.petition.round), case.petition.versions.get().answers
    judged = judge_files(form, answers, [file])
    assert still_judged(form, answers, [file], judged) is judged
    other = Document.objects.get(pk=file.pk)
    setattr(other, fact, "confidential" if fact == "visibility" else "another")
    if fact == "visibility":
        assert still_judged(form, answers, [other], judged).basis is None  # nothing public is left to judge
        return
    with pytest.raises(FilesChanged):
        still_judged(form, answers, [other], judged)


def test_a_text_names_its_numbers_for_as_long_as_it_says(published: ExclusionText) -> None:
    published.text = (
        "Slabs (described in statistical reporting number 6810.99.0010 prior to January 1, 2020; "
        "6810.99.0080 effective January 1, 2020)"
    )
    write_numbers([published])
    found = ExclusionNumber.objects.filter(text=published).order_by("pk")
    assert [(row.number, str(row.valid_from), str(row.valid_to)) for row in found][-2:] == [
        ("6810990010", "None", "2019-12-31"),
        ("6810990080", "2020-01-01", "None"),
    ]


@pytest.fixture
def published(published_once: Journey) -> ExclusionText:
    """Return the text of an exclusion that was published."""
    return ExclusionText.objects.get()
