"""A program responds to petitions of the docket, and replies to responses to its person's own, as on the pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.throttling import SimpleRateThrottle

from exclusions.actions.filing import responses
from exclusions.actions.people.tokens import make_token
from exclusions.models import Document, Reply, Response, User
from exclusions.queries.record.record_check import breaks
from tests.conftest import Clock
from tests.factories.answered import REPLY, WITH_FILES
from tests.factories.cast import Responder, SignedIn
from tests.factories.files import pdf
from tests.factories.world import World, response_answers, token_of
from tests.integration.api.test_own_work import shown
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
SCOPE = "responses:write"
Ask = Callable[..., Any]


def sends(user: User, clock: Clock, scope: str = SCOPE) -> Ask:
    """Return what posts with a token of a person: an address, a body, as parts where it holds files, headers."""
    token = make_token(user, scopes=[scope], at=clock.now)

    def send(address: str, body: Any, **headers: str) -> Any:
        client, given = Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {token}", **headers}
        if "files" in body:
            return client.post(address, {**body, "answers": json.dumps(body["answers"])}, headers=given)
        return client.post(address, body, content_type="application/json", headers=given)

    return send


def responses_to(world: World) -> str:
    return reverse("api-docket-responses", args=[world.posted.reference])


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_response_is_sent_once_with_its_files_and_waits_for_the_link(
    world: World, cast: dict[str, User], clock: Clock
) -> None:
    send, before = sends(cast["rival"], clock), Response.objects.count()

    def body() -> dict[str, Any]:
        return {
            "answers": response_answers(Responder(), **WITH_FILES),
            "questions": ["public_documents", "confidential_documents"],
            "files": [SimpleUploadedFile(name, pdf(name)) for name in ("open.pdf", "closed.pdf")],
        }

    key = {"Idempotency-Key": "our-opposition"}
    first = send(responses_to(world), body(), **key)
    assert first.status_code == 201, first.content
    again = send(responses_to(world), body(), **key)
    assert (again.json(), again["Idempotent-Replayed"]) == (first.json(), "true")
    made = Response.objects.get(user=cast["rival"])
    assert Response.objects.count() == before + 1
    assert first.json() | {"created_at": "", "confirm_by": ""} == {
        "receipt": made.receipt, "petition": world.posted.reference, "position": "oppose", "email": made.email,
        "status": "unconfirmed", "created_at": "", "confirm_by": "",
    }  # fmt: skip
    assert dict(made.documents.values_list("file_name", "visibility")) == {
        "open.pdf": "public",
        "closed.pdf": "confidential",
    }
    assert responses.confirm_response(token=token_of(made), at=clock.now).status == Response.Status.SUBMITTED
    other = {**body(), "files": [SimpleUploadedFile(name, pdf("else")) for name in ("open.pdf", "closed.pdf")]}
    problem_of(send(responses_to(world), other, **key), 422)
    assert list(breaks()) == []


def test_page_and_program_are_refused_a_response_by_the_same_sentences(
    world: World, cast: dict[str, User], clock: Clock
) -> None:
    send, page = sends(cast["rival"], clock), reverse("docket-respond", args=[world.posted.reference])
    before, files = Response.objects.count(), Document.objects.count()
    lacking = response_answers(Responder(), explanation="", responder_email="nobody")
    refused = problem_of(send(responses_to(world), {"answers": lacking}), 422)
    page_says = shown(SignedIn(cast["rival"]).post(page, lacking))
    assert {error["pointer"] for error in refused["errors"]} >= {"/answers/explanation", "/answers/responder_email"}
    assert [error["message"] for error in refused["errors"] if error["message"] not in page_says] == []
    for answers, says in (
        ({"no_such": "x"}, "asks nothing called no_such"),
        ({"public_documents": ["x"]}, "under “files”"),
    ):
        assert says in problem_of(send(responses_to(world), {"answers": answers}), 400)["detail"]
    assert "an object" in problem_of(send(responses_to(world), {"answers": ["x"]}), 400)["detail"]
    file = SimpleUploadedFile("a.pdf", pdf("a"))
    unnamed = {"answers": response_answers(Responder()), "files": [file]}
    assert "one by one" in problem_of(send(responses_to(world), unnamed), 400)["detail"]
    wrong = {**unnamed, "questions": ["explanation"], "files": [SimpleUploadedFile("a.pdf", pdf("a"))]}
    assert "takes files under" in problem_of(send(responses_to(world), wrong), 400)["detail"]
    bad = {**unnamed, "questions": ["public_documents"], "files": [SimpleUploadedFile("a.pdf", b"MZ no PDF")]}
    assert problem_of(send(responses_to(world), bad), 422)["errors"]
    nowhere = reverse("api-docket-responses", args=[world.submitted.reference])
    unknown = reverse("api-docket-responses", args=["USTR-2019-0005-999999"])
    told = [problem_of(send(address, {"answers": {}}), 404)["detail"] for address in (nowhere, unknown)]
    assert told[0] == told[1], "nobody learns which petitions are filed"
    clock.move_to(clock.now.replace(year=clock.now.year + 1))
    late = problem_of(sends(cast["rival"], clock)(responses_to(world), {"answers": response_answers(Responder())}), 409)
    assert "closed on" in late["detail"]
    assert (Response.objects.count(), Document.objects.count()) == (before, files)


def test_a_value_of_ones_own_is_stated_to_be_public_by_its_code(
    world: World, cast: dict[str, User], clock: Clock
) -> None:
    send = sends(cast["rival"], clock)
    answers = response_answers(Responder(), responder_phone="+1 207-555-0199")
    answers["explanation"] = "Call +1 207-555-0199 and see the slabs."
    refused = problem_of(send(responses_to(world), {"answers": answers}), 422)
    asked = [error for error in refused["errors"] if error["field"] == "stated_public"]
    assert [error["pointer"] for error in asked] == ["/stated_public"]
    assert "I state that this is public" in asked[0]["message"]
    stated = {"answers": answers, "stated_public": [error["code"] for error in asked]}
    assert send(responses_to(world), stated).status_code == 201


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_the_requester_replies_once_and_nobody_else(world: World, cast: dict[str, User], clock: Clock) -> None:
    address = reverse("api-response-reply", args=[world.response.reference])
    page = reverse("docket-reply", args=[world.posted.reference, world.response.reference])
    rival = problem_of(sends(cast["rival"], clock)(address, {"answers": REPLY}), 403)
    assert rival["detail"] in shown(SignedIn(cast["rival"]).get(page))
    send = sends(cast["filer"], clock)
    empty = problem_of(send(address, {"answers": {"text": ""}}), 422)
    assert "/answers/text" in {error["pointer"] for error in empty["errors"]}

    def with_file() -> dict[str, Any]:
        file = SimpleUploadedFile("r.pdf", pdf("r"))
        return {"answers": REPLY, "questions": ["public_documents"], "files": [file]}

    done = send(address, with_file(), **{"Idempotency-Key": "our-reply"})
    assert done.status_code == 201, done.content
    again = send(address, with_file(), **{"Idempotency-Key": "our-reply"})
    assert (again.json(), again["Idempotent-Replayed"]) == (done.json(), "true")
    reply = Reply.objects.get()
    assert (done.json()["response"], done.json()["attempt"]) == (world.response.reference, 1)
    assert (reply.submitted_by, reply.documents.count()) == (cast["filer"], 1)
    twice = problem_of(send(address, {"answers": REPLY}), 409)["detail"]
    assert twice in shown(SignedIn(cast["filer"]).get(page))
    missing = reverse("api-response-reply", args=[f"{world.posted.reference}-R999"])
    assert "No posted response" in problem_of(send(missing, {"answers": REPLY}), 404)["detail"]


def test_another_scope_opens_neither(world: World, cast: dict[str, User], clock: Clock) -> None:
    send = sends(cast["filer"], clock, "petitions:write")
    reply = reverse("api-response-reply", args=[world.response.reference])
    for address in (responses_to(world), reply):
        assert "lacks the scope responses:write" in problem_of(send(address, {"answers": {}}), 403)["detail"]


def test_so_many_are_taken_in_an_hour_and_what_was_refused_does_not_count(
    world: World, cast: dict[str, User], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "responses", "1/hour")
    send = sends(cast["rival"], clock)
    for _ in range(2):
        problem_of(send(responses_to(world), {"answers": {}}), 422)
    assert send(responses_to(world), {"answers": response_answers(Responder())}).status_code == 201
    refused = send(responses_to(world), {"answers": response_answers(Responder())})
    assert "too many responses this hour" in problem_of(refused, 429)["detail"]
    assert int(refused["Retry-After"]) > 3000
