"""Files of a case: who of the staff opens which, before and after it is posted; each reading that is one is logged."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.review.interests import declare
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import AccessLog, Document, Response, User
from exclusions.questionnaires import Kind
from exclusions.workflow.roles import STAFF
from tests.conftest import Clock
from tests.factories.answered import FileOf, answer_petition, bring, respond_with_files
from tests.factories.cast import CAST, SignedIn
from tests.factories.people import make_person
from tests.factories.who_enters import CASE_STAFF, CONFIDENTIAL, EVERYBODY, RECUSED
from tests.factories.world import World

pytestmark = pytest.mark.django_db
PUBLIC, SECRET = Document.Visibility.values
Status = Response.Status

# Which file is opened by whom. What is posted is opened by all who work on cases, what its author never confirmed by
# nobody, and the rest by those who read confidential matter.
WHO = {
    FileOf("petition", PUBLIC): CASE_STAFF,
    FileOf("petition", SECRET): CONFIDENTIAL,
    FileOf("reply", PUBLIC): CASE_STAFF,
    FileOf("response", PUBLIC, Status.UNCONFIRMED): frozenset(),
    FileOf("response", SECRET, Status.UNCONFIRMED): frozenset(),
    FileOf("response", PUBLIC, Status.SUBMITTED): CONFIDENTIAL,
    FileOf("response", SECRET, Status.SUBMITTED): CONFIDENTIAL,
    FileOf("response", PUBLIC, Status.POSTED): CASE_STAFF,
    FileOf("response", SECRET, Status.POSTED): CONFIDENTIAL,
    FileOf("response", PUBLIC, Status.REFUSED): CONFIDENTIAL,
    FileOf("response", SECRET, Status.REFUSED): CONFIDENTIAL,
    FileOf("response", PUBLIC, Status.WITHDRAWN): CONFIDENTIAL,
    FileOf("response", SECRET, Status.WITHDRAWN): CONFIDENTIAL,
}
ON_THE_DOCKET = {file for file, who in WHO.items() if who == CASE_STAFF}


@pytest.fixture
def files(world: World, cast: dict[str, User], clock: Clock) -> dict[FileOf, Document]:
    """Return every file of the posted petition."""
    return answer_petition(world.posted, cast, clock.now)


def test_the_table_names_every_kind_of_file(files: dict[FileOf, Document], world: World) -> None:
    homes = {
        "petition": petition_form(world.posted.round),
        "response": response_form(world.posted.round),
        "reply": reply_form(world.posted.round),
    }
    assert {field.name for field in Document._meta.get_fields() if field.many_to_one} == {*homes, "uploaded_by"}
    given = {
        FileOf(home, PUBLIC if question.is_public else SECRET, status)
        for home, form in homes.items()
        for question in form.questions
        if question.kind is Kind.FILES
        for status in (Status.values if home == "response" else [""])
    }
    assert set(WHO) == given == set(files)
    assert {"customs", "admin"} == {role.value for role in STAFF} - CASE_STAFF


@pytest.mark.parametrize("who", sorted({*EVERYBODY, RECUSED}))
def test_everybody_opens_exactly_the_files_that_the_table_says(
    files: dict[FileOf, Document], world: World, cast: dict[str, User], clock: Clock, who: str
) -> None:
    people = {**cast, RECUSED: make_person("Rhea Recused", role="reviewer1")}
    tied = people[RECUSED]
    declare(user=tied, name="submitted quarry", nature="Shares", by=tied, at=clock.now)
    client, wrong = SignedIn(people.get(who)), {}
    for file, document in files.items():
        known = AccessLog.objects.count()
        answer = client.get(reverse("case-document", args=[world.posted.reference, document.pk]))
        wanted = 200 if who in WHO[file] else 302 if who == "anonymous" else 403 if who == RECUSED else 404
        logged = AccessLog.objects.count() - known
        if answer.streaming:
            b"".join(answer)
        if answer.status_code != wanted or logged != (wanted == 200 and file not in ON_THE_DOCKET):
            wrong[str(file)] = f"{answer.status_code} instead of {wanted}, {logged} readings logged"
    assert wrong == {}
    assert {entry.what for entry in AccessLog.objects.all()} <= {f"document {file.pk}" for file in files.values()}


def test_no_other_address_gives_a_responders_file_away(
    files: dict[FileOf, Document], world: World, cast: dict[str, User]
) -> None:
    for document in (file for kind, file in files.items() if kind.home == "response" and kind not in ON_THE_DOCKET):
        for who in (None, *CAST):
            client = SignedIn(cast[who] if who else None)
            theirs = reverse("petition-document", args=[world.posted.pk, document.pk])
            public = reverse("docket-document", args=[world.posted.reference, document.pk])
            other = reverse("case-document", args=[world.level1.reference, document.pk])
            statuses = [client.get(address).status_code for address in (theirs, public, other)]
            assert set(statuses) <= {302, 404}, (who, document.file_name, statuses)


def test_intake_opens_the_files_of_a_response_before_posting_it(
    files: dict[FileOf, Document], world: World, intake: User, client_of: Callable
) -> None:
    client, page = client_of(intake), client_of(intake).get(reverse("review-responses")).content.decode()
    for kind, document in files.items():
        waits = kind.home == "response" and kind.status == Status.SUBMITTED
        address = reverse("case-document", args=[world.posted.reference, document.pk])
        assert (address in page) == waits, kind
        if waits:
            assert b"".join(client.get(address)).startswith(b"%PDF")
    assert "submitted-confidential.pdf" in page
    assert "(a PDF, " in page
    assert "not virus-scanned)" in page
    assert "Business confidential" in page


def test_the_case_page_lists_the_files_of_responses_and_replies(
    files: dict[FileOf, Document], world: World, cast: dict[str, User], client_of: Callable
) -> None:
    for who in ("reviewer1", "drafter"):
        page = client_of(cast[who]).get(reverse("case-evidence", args=[world.posted.reference])).content.decode()
        for kind, document in files.items():
            address = reverse("case-document", args=[world.posted.reference, document.pk])
            assert (address in page) == (who in WHO[kind]), (who, kind)
            assert (document.file_name in page) == (who in WHO[kind]), (who, kind)
            assert who in WHO[kind] or str(document.pk) not in page, (who, kind)


def test_more_files_cost_no_more_statements(
    files: dict[FileOf, Document], world: World, cast: dict[str, User], client_of: Callable, clock: Clock
) -> None:
    def statements() -> list[int]:
        counts = []
        for who, address in (("intake", "/review/responses/"), ("legal", f"/review/{world.posted.reference}/")):
            client = client_of(cast[who])
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            counts.append(len(captured))
        return counts

    before = statements()
    for name in ("another", "third", "fourth"):
        bring(respond_with_files(world.posted, name, clock.now), Status.SUBMITTED, cast["intake"], clock.now)
    assert statements() == before
