"""What is answered before any page is: too large, not ours, not there, gone; in words, or as a program expects it."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from exclusions.api.problems import exception_handler
from exclusions.errors import Conflict, Incomplete, NotPermitted
from exclusions.models import Petition, User
from exclusions.views.core.errors import bad_request, permission_denied, server_error
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn

pytestmark = pytest.mark.django_db
TOO_LARGE = {"CONTENT_LENGTH": str(2**31)}


def test_a_program_that_sends_too_much_gets_a_problem_and_a_person_a_page(client: Client) -> None:
    told = client.post("/api/v1/docket/", **TOO_LARGE)
    assert (told.status_code, told["Content-Type"]) == (413, "application/problem+json")
    assert told.json()["status"] == 413
    assert "so we kept none of it" in told.json()["detail"]
    page = client.post("/petitions/new/", **TOO_LARGE)
    assert (page.status_code, page["Content-Length"]) == (413, str(len(page.content)))


@pytest.mark.parametrize("announced", ["", "-1", "many", "²"])
def test_a_length_that_is_no_number_is_for_the_server_to_judge(client: Client, announced: str) -> None:
    assert client.get("/", CONTENT_LENGTH=announced).status_code == 200


def test_an_autosave_with_an_old_token_is_told_to_renew_it(importer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(importer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/petitions/new/", {"legal_name": "X"}, headers={"x-autosave": "1"})
    assert answer.status_code == 403
    assert answer.json()["renew"] is True
    assert "Open the page again" in answer.json()["reasons"][0]


def test_a_refusal_reaches_a_page_as_a_page_and_an_autosave_as_json(rf: RequestFactory) -> None:
    refused = PermissionDenied("Only staff may.", "")
    assert (
        permission_denied(rf.post("/", headers={"x-autosave": "1"}), refused).content
        == b'{"reasons": ["Only staff may."]}'
    )
    page = permission_denied(rf.get("/"), refused)
    assert (page.status_code, b"Only staff may." in page.content) == (403, True)


def test_what_went_wrong_inside_is_told_to_nobody(rf: RequestFactory) -> None:
    for page, status in ((bad_request(rf.get("/"), BadRequest("the secret")), 400), (server_error(rf.get("/")), 500)):
        assert (page.status_code, b"secret" in page.content) == (status, False)


def test_an_address_of_the_api_that_is_none_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/nothing/here/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "The schema at /api/v1/schema/" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing/he%0Are/",
        "/api/v1/rounds/D%C2%92/exclusions/a%0Ab%0D%C2%85%E2%80%A8/",
        "/api/%0A",
        "/api/v1/%0D/",
    ],
)
def test_an_address_of_the_api_with_the_end_of_a_line_in_it_is_answered_as_any_other(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("kind", [NotPermitted, Conflict])
def test_a_refusal_of_an_action_is_a_problem_with_its_sentences(kind: type[Exception]) -> None:
    refused = kind("Ask somebody else.", "Or wait.")
    answer = exception_handler(refused, {})
    assert answer is not None
    assert answer.status_code == refused.status  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/problem+json"


def test_fields_that_are_missing_are_named_in_the_problem() -> None:
    answer = exception_handler(Incomplete("Fill it in.", fields={"name": ["Enter the name."]}), {})
    assert answer is not None
    body = json.loads(answer.content)
    assert {(error["field"], error["message"]) for error in body["errors"]} >= {("name", "Enter the name.")}


def test_an_unknown_petition_is_not_there_for_its_owner_either(
    importer: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(importer)
    for name in ("petition", "petition-quarantine", "petition-record"):
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


def test_an_address_that_is_opened_though_it_takes_forms_alone_is_answered_in_a_sentence(
    client_of: type[SignedIn], importer: User, petition_in: Callable[[Status], Petition]
) -> None:
    """All of the page arrives: a server sends as many bytes as the answer announces."""
    answer = client_of(importer).get(reverse("petition-copy", args=[petition_in(Status.DRAFT).pk]))
    assert answer.status_code == 405
    assert "You cannot open this address directly." in answer.content.decode()
    assert int(answer["Content-Length"]) == len(answer.content) > 1000
