"""A program files the petitions of its person: begun, filled in, checked, certified and withdrawn, as on the pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exclusions.actions.people.tokens import make_token
from exclusions.gateways.documents.object_store import delete_file
from exclusions.models import AccessLog, Organization, Petition, Round, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.files import pdf
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/petitions/"
ALL = ("petitions:read", "petitions:write", "petitions:certify")
Ask = Callable[..., Any]


def asks(user: User, clock: Clock, *scopes: str) -> Ask:
    """Return what asks with a token of a person: a method, an address (below that of petitions), a body, headers."""
    token = make_token(user, scopes=scopes or ALL, at=clock.now)

    def ask(method: str, address: str = "", body: Any = None, **headers: str) -> Any:
        given = {"Authorization": f"Bearer {token}", **headers}
        place = address if address.startswith("/") else f"{ADDRESS}{address}"
        if isinstance(body, dict) and any(isinstance(one, SimpleUploadedFile) for one in body.values()):
            return Client(enforce_csrf_checks=True).post(place, body, headers=given)
        sent = "" if body is None else json.dumps(body)
        return Client(enforce_csrf_checks=True, raise_request_exception=False).generic(
            method, place, sent, content_type="application/json", headers=given
        )

    return ask


@pytest.fixture
def ask(importer: User, list3: Round, clock: Clock) -> Ask:
    """Return what asks with the importer's token; the round of List 3 is open."""
    return asks(importer, clock)


def begin(ask: Ask, meadowlark: Organization, **answers: Any) -> dict[str, Any]:
    made = ask("POST", body={"round": "list-3", "organization": str(meadowlark.pk), "answers": answers})
    assert made.status_code == 201, made.content
    assert made["Location"] == f"{ADDRESS}{made.json()['id']}/"
    found: dict[str, Any] = made.json()
    return found


def filed_answers() -> dict[str, Any]:
    return {key: value for key, value in petition_answers().items() if key not in CERTIFIED}


@pytest.mark.both_databases("The same actions under locks, within the transaction of the kept answer.")
def test_a_petition_goes_from_its_first_answer_to_its_receipt_by_program(
    ask: Ask, meadowlark: Organization, importer: User
) -> None:
    draft = begin(ask, meadowlark, product_name="Quartz slab")
    one = f"{draft['id']}/"
    before = ask("POST", f"{one}check/").json()
    assert before["ready"] is False
    assert {"key", "cell", "message", "remedy"} == set(before["problems"][0])
    read = ask("GET", one)
    saved = ask("PATCH", one, {"answers": filed_answers()}, **{"If-Match": read["ETag"]})
    assert saved.status_code == 200, saved.content
    assert saved.json()["answers"]["product_name"] == petition_answers()["product_name"]
    check = ask("POST", f"{one}check/").json()
    assert (check["ready"], check["problems"]) == (True, [])
    said = [one["key"] for one in check["certifications"]]
    assert said == list(CERTIFIED)
    sent = {"digest": check["digest"], "certified": said}
    key = {"Idempotency-Key": "first-filing"}
    filed = ask("POST", f"{one}submit/", sent, **key)
    assert filed.status_code == 200, filed.content
    again = ask("POST", f"{one}submit/", sent, **key)
    assert (again.json(), again["Idempotent-Replayed"]) == (filed.json(), "true")
    petition = Petition.objects.get()
    version = petition.versions.get()
    assert petition.status == Status.SUBMITTED
    assert (filed.json()["reference"], filed.json()["sha256"]) == (petition.reference, version.sha256)
    assert version.sealed_by == importer
    receipt = ask("POST", f"{one}receipt/").json()
    assert [row["code"] for row in ask("GET", f"{one}letters/").json()["results"]] == [receipt["code"]]
    paper = ask("GET", f"{one}letters/{receipt['code']}/", Accept="application/pdf")
    assert (paper["Content-Type"], b"".join(paper.streaming_content)[:5]) == ("application/pdf", b"%PDF-")
    assert ask("GET", one).json()["answers"]["product_name"] == petition_answers()["product_name"]
    assert set(AccessLog.objects.values_list("what", flat=True)) == {
        f"letter {receipt['code']}",
        "record by program",
    }
    gone = ask("POST", f"{one}withdraw/", {"reason": "We found a source in Ohio."})
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")
    assert [row["id"] for row in ask("GET").json()["results"]] == [draft["id"]]
    assert list(breaks()) == []
    delete_file(petition.letters.get(code=receipt["code"]).storage_key)
    problem_of(ask("GET", f"{one}letters/{receipt['code']}/"), 503)


def test_documents_are_attached_once_listed_and_taken_away(ask: Ask, meadowlark: Organization) -> None:
    one = f"{begin(ask, meadowlark)['id']}/documents/"
    key = {"Idempotency-Key": "the-drawing"}

    def file() -> dict[str, Any]:
        return {"question": "product_documents", "file": SimpleUploadedFile("drawing.pdf", pdf("A slab"))}

    first = ask("POST", one, file(), **key)
    assert first.status_code == 201, first.content
    assert ask("POST", one, file(), **key).json() == first.json()
    assert "attached already" in problem_of(ask("POST", one, file()), 422)["detail"]
    other = {**file(), "file": SimpleUploadedFile("other.pdf", pdf("Another"))}
    problem_of(ask("POST", one, other, **key), 422)
    assert "takes files under" in problem_of(ask("POST", one, {**file(), "question": "product_name"}), 400)["detail"]
    exe = {**file(), "file": SimpleUploadedFile("drawing.pdf", b"MZ not a PDF")}
    assert problem_of(ask("POST", one, exe), 422)["errors"]
    assert [row["file_name"] for row in ask("GET", one).json()["results"]] == ["drawing.pdf"]
    assert ask("DELETE", f"{one}{first.json()['id']}/").status_code == 204
    problem_of(ask("DELETE", f"{one}{first.json()['id']}/"), 404)
    assert ask("GET", one).json()["results"] == []


def test_a_change_says_which_version_it_changes(ask: Ask, meadowlark: Organization) -> None:
    one = f"{begin(ask, meadowlark)['id']}/"
    tag = ask("GET", one)["ETag"]
    problem_of(ask("PATCH", one, {"answers": {"product_name": "Slab"}}), 428)
    assert ask("PATCH", one, {"answers": {"product_name": "Slab"}}, **{"If-Match": tag}).status_code == 200
    stale = problem_of(ask("PATCH", one, {"answers": {"product_name": "Pump"}}, **{"If-Match": tag}), 412)
    assert "Read it again" in stale["detail"]
    assert ask("GET", one).json()["answers"]["product_name"] == "Slab"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"no_such_question": "x"}, "asks nothing called no_such_question"),
        ({"purchases": [1, 2]}, "Nothing of this can be read"),
        ({"purchases": {"no_origin": {"2017": {"value": "1"}}}}, "Nothing of this can be read"),
        ({"product_name": {"x": 1}}, "Nothing of this can be read"),
        ({"certify_complete": "yes"}, "Certify when you submit"),
        ({"product_documents": []}, "petition’s documents"),
    ],
)
def test_what_is_no_answer_of_the_form_is_refused_by_its_key(
    answers: dict[str, Any], says: str, ask: Ask, meadowlark: Organization
) -> None:
    one = begin(ask, meadowlark)
    tag = {"If-Match": f'"{one["revision"]}"'}
    refused = problem_of(ask("PATCH", f"{one['id']}/", {"answers": answers}, **tag), 400)
    assert says in refused["detail"]
    (error,) = refused["errors"]
    assert error["pointer"] == f"/answers/{next(iter(answers))}"


def test_what_was_changed_after_the_check_is_not_certified(ask: Ask, meadowlark: Organization) -> None:
    draft = begin(ask, meadowlark, **filed_answers())
    one = f"{draft['id']}/"
    check = ask("POST", f"{one}check/").json()
    sent = {"digest": check["digest"], "certified": list(CERTIFIED)}
    few = problem_of(ask("POST", f"{one}submit/", {**sent, "certified": ["certify_complete"]}), 422)
    assert few["errors"][-1]["pointer"] == "/certified"
    ask("PATCH", one, {"answers": {"product_name": "Pump"}}, **{"If-Match": f'"{draft["revision"]}"'})
    assert "Check again" in problem_of(ask("POST", f"{one}submit/", sent), 409)["detail"]
    assert Petition.objects.get().status == Status.DRAFT


def test_nobody_else_finds_it_and_each_scope_opens_what_it_says(
    ask: Ask, meadowlark: Organization, rival: User, filer: User, reviewer1: User, importer: User, clock: Clock
) -> None:
    one = f"{begin(ask, meadowlark)['id']}/"
    for other in (rival, filer, reviewer1):
        theirs = asks(other, clock)
        for method, address in (("GET", one), ("PATCH", one), ("DELETE", one), ("POST", f"{one}check/"),
                                ("POST", f"{one}submit/"), ("POST", f"{one}withdraw/"), ("GET", f"{one}documents/"),
                                ("GET", f"{one}letters/"), ("POST", f"{one}receipt/")):  # fmt: skip
            assert theirs(method, address, {}).status_code == 404, (other, method, address)
        assert theirs("GET").json()["results"] == []
    body = {"round": "list-3", "organization": str(meadowlark.pk)}
    refused = problem_of(asks(rival, clock)("POST", body=body), 400)
    assert "may not file for this organization" in refused["detail"]
    reads = asks(importer, clock, "petitions:read")
    assert reads("GET", one).status_code == 200
    assert "lacks the scope petitions:write" in problem_of(reads("DELETE", one), 403)["detail"]
    assert "petitions:certify" in problem_of(asks(importer, clock, *ALL[:2])("POST", f"{one}submit/"), 403)["detail"]


def test_a_closed_round_and_a_filed_petition_say_so(ask: Ask, meadowlark: Organization, clock: Clock, at: Any) -> None:
    draft = begin(ask, meadowlark, **filed_answers())
    one = f"{draft['id']}/"
    check = ask("POST", f"{one}check/").json()
    ask("POST", f"{one}submit/", {"digest": check["digest"], "certified": list(CERTIFIED)})
    tag = {"If-Match": ask("GET", one)["ETag"]}
    refused = problem_of(ask("PATCH", one, {"answers": {"product_name": "X"}}, **tag), 409)
    assert "has been submitted" in refused["detail"]
    for method, address in (("POST", f"{one}check/"), ("POST", f"{one}submit/"), ("DELETE", one)):
        body = {"digest": "x", "certified": []} if "submit" in address else None
        problem_of(ask(method, address, body), 409)
    clock.move_to(at.replace(month=12))
    refused = problem_of(ask("POST", body={"round": "list-3", "organization": str(meadowlark.pk)}), 400)
    assert "No round of this name is open" in refused["detail"]
