"""What the API answers when it does not do as asked: a problem body, a sentence, the right status and headers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted, WrongState
from exclusions.urls import core
from tests.factories.site import DECIDED, TAKEN_DOWN

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/v1/rounds/",
    "/api/v1/rounds/covid/",
    "/api/v1/questionnaires/petition-2019/",
    "/api/v1/tariff/lines/",
    "/api/v1/tariff/lines/8413/",
    "/api/v1/exclusions/",
    "/api/v1/exclusions/L1-REWORDED/",
    "/api/v1/docket/",
    f"/api/v1/docket/{DECIDED}/",
]
EVERYWHERE = pytest.mark.parametrize("address", ADDRESSES)


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """Return the problem body, whose form is always the same."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors"}
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert all(set(error) == {"field", "pointer", "code", "message"} for error in body["errors"])
    assert body["detail"].endswith(".")
    return body


@EVERYWHERE
def test_an_unknown_parameter_is_refused_by_name(client: Client, address: str) -> None:
    body = problem_of(client.get(address, {"colour": "red"}), 400)
    assert body["errors"][0]["field"] == "colour"
    assert "There is no parameter colour." in body["detail"]


def test_the_refusal_of_a_parameter_offers_those_there_are(client: Client) -> None:
    body = problem_of(client.get("/api/v1/exclusions/?HTS=8413&format=json"), 400)
    assert [error["field"] for error in body["errors"]] == ["HTS", "format"]
    assert "There are: q, hts, list, heading, as_of, standing, sort, cursor, page_size." in body["detail"]
    assert "This address takes none." in problem_of(client.get("/api/v1/rounds/covid/?q=1"), 400)["detail"]


def test_a_parameter_given_twice_is_refused_by_name(client: Client) -> None:
    body = problem_of(client.get("/api/v1/docket/?hts=84&hts=85"), 400)
    assert body["detail"] == "The parameter hts is given more than once. Give it once."


@pytest.mark.both_databases("PostgreSQL refuses a text with that character.")
@pytest.mark.parametrize(
    "address",
    ["docket/?q=%00", "docket/?organization=a%00b", "exclusions/?heading=%00", "exclusions/?list=%00", "rounds/?%00=1",
     "tariff/lines/?prefix=%00", "questionnaires/petition-2019/?periods=%00"],
)  # fmt: skip
def test_a_null_character_is_no_value(client: Client, address: str) -> None:
    problem_of(client.get(f"/api/v1/{address}"), 400)


@pytest.mark.both_databases("PostgreSQL refuses a text with that character.")
@pytest.mark.parametrize(
    "address", ["docket/USTR%00/", "exclusions/a%00/", "questionnaires/%00/", "tariff/lines/84%0013/"]
)
def test_nothing_has_a_null_character_in_its_name(client: Client, address: str) -> None:
    problem_of(client.get(f"/api/v1/{address}"), 404)


@pytest.mark.parametrize("words", ["100%", "%s %d", "{}"])
def test_what_was_typed_comes_back_as_it_was(client: Client, words: str) -> None:
    assert words in problem_of(client.get("/api/v1/docket/", {"hts": words}), 400)["detail"]


@pytest.mark.usefixtures("listed_site")
def test_what_was_taken_down_is_gone_and_what_never_was_is_not_found(client: Client) -> None:
    problem_of(client.get(f"/api/v1/docket/{TAKEN_DOWN}/"), 410)
    problem_of(client.get("/api/v1/docket/USTR-2019-0005-999999/"), 404)


@EVERYWHERE
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused_and_the_offered_ones_named(client: Client, address: str, method: str) -> None:
    answer = client.generic(method, address)
    problem_of(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/api/v1/schema/", "/api/docs/"])
def test_a_refusal_is_a_problem_in_json_where_the_view_sends_something_else(client: Client, address: str) -> None:
    problem_of(client.post(address), 405)
    assert client.options(address).status_code in {200, 405}
    assert client.head(address).status_code == 200


@pytest.mark.usefixtures("listed_site")
def test_head_is_get_without_a_body_and_options_names_the_methods(client: Client) -> None:
    for address in ADDRESSES:
        got, head, options = client.get(address), client.head(address), client.options(address)
        assert (got.status_code, head.status_code, options.status_code) == (200, 200, 200), address
        assert head["Content-Type"] == got["Content-Type"] == "application/json"
        assert head.content == b""
        assert options["Allow"] == "GET, HEAD, OPTIONS"


@EVERYWHERE
def test_whoever_accepts_no_json_is_told_so(client: Client, address: str) -> None:
    problem_of(client.get(address, headers={"Accept": "text/html"}), 406)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_does_not_exist_is_a_problem_and_no_page(method: str) -> None:
    problem_of(Client(enforce_csrf_checks=True).generic(method, "/api/v1/nonsense/"), 404)


@pytest.mark.both_databases("Redis counts here.")
def test_haste_is_told_how_long_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "1/min")
    assert client.get("/api/v1/rounds/").status_code == 200
    answer = client.get("/api/v1/rounds/")
    problem_of(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60


# ---- refusals of actions ---------------------------------------------------------------------------------------------
class Refusing(APIView):
    """A door whose action is refused, as those will be that write."""

    permission_classes = (AllowAny,)

    def get(self, request: Request, kind: str) -> Response:
        """Refuse."""
        raise REFUSALS[kind][0]


REFUSALS: dict[str, tuple[ActionRefused, int]] = {
    "permission": (NotPermitted("Only the filer may do this."), 403),
    "state": (WrongState("The petition was posted."), 409),
    "conflict": (Conflict("Somebody else decided it."), 409),
    "incomplete": (Incomplete("Two answers are missing.", fields={"hts10": ["Enter a number."]}), 422),
}
urlpatterns = [path("refused/<str:kind>/", Refusing.as_view()), *core.urlpatterns]


@pytest.fixture
def _refusing() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.usefixtures("_refusing")
@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_has_its_own_status_and_sentences(client: Client, kind: str) -> None:
    refusal, status = REFUSALS[kind]
    body = problem_of(client.get(f"/refused/{kind}/"), status)
    assert body["detail"] == refusal.reasons[0]
    assert body["errors"][0] == {
        "field": "",
        "pointer": "",
        "code": "refused",
        "message": refusal.reasons[0],
    }
    fields = {error["field"]: error["message"] for error in body["errors"][1:]}
    assert fields == {name: sentences[0] for name, sentences in refusal.fields.items()}
