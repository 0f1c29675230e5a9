"""Staff without a second factor at every address of the site: all but a handful lead to where they set one up."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import User
from exclusions.views.core.middleware.second_factor import OPEN, SENTENCE
from exclusions.views.core.middleware.shared_reads import SHARED
from exclusions.workflow.roles import STAFF
from tests.depth import so_many
from tests.factories.addresses import addresses
from tests.factories.cast import SignedIn
from tests.factories.people import make_organization, make_person

# Each with the reason why a password alone may open it: one name more is one more thing that a stolen password does.
OPEN_BECAUSE = {
    "mfa_index": "the page to which everybody is led",
    "mfa_activate_totp": "sets up an authenticator app",
    "mfa_add_webauthn": "sets up a passkey or a security key",
    "account_reauthenticate": "setting either up asks for the password once more",
    "account_login": "leads whoever is signed in back to the start, and so to the second factor",
    "account_logout": "nobody is kept in",
    "session": "tells the page's script how long the session lasts, and nothing else",
    "health-live": "says nothing about anybody",
    "health-ready": "says nothing about anybody",
    "health-metrics": "counts, for an allowed network alone; says nothing about anybody",
}
STRANGERS = ["", "/nowhere/", "/accounts/", "/accounts/2fa", "/static", "/admin/exclusions/nothing/", "/api/nowhere/"]

pytestmark = pytest.mark.usefixtures("strict")


@pytest.fixture
def strict(settings: Any) -> None:
    """Ask staff for a second factor, as production does."""
    settings.STAFF_SECOND_FACTOR = True


def led_to_enrolment(response: HttpResponse) -> bool:
    """Whether the answer is nothing but the way to the second factor."""
    if response.status_code == 302:
        return bool(response["Location"] == reverse("mfa_index"))
    return response.status_code == 403 and SENTENCE in response.content.decode()


def walk(client: SignedIn, method: str, first: int) -> set[str]:
    """Ask for addresses; return the names of those that answered anything else than the way to enrolment.

    `make test` asks each role for what is open and every fourth address from its own on, so that three roles ask for
    each: asking for all of them took it 60 seconds of processor time.
    """
    let_in, step = set(), so_many(4, 1)
    with zeal_ignore():
        for number, address in enumerate(addresses(), start=first):
            if address.name == "account_logout":
                continue  # it would end the walk; the test below asks it by itself
            if number % step and address.name not in OPEN_BECAUSE:
                continue
            if not led_to_enrolment(getattr(client, method)(address.url)):
                let_in.add(address.name)
    return let_in


@pytest.mark.parametrize(("first", "role"), list(enumerate(sorted(map(str, STAFF)))))
def test_only_the_named_doors_open_to_a_password_alone(db: None, first: int, role: str) -> None:
    client = SignedIn(make_person("Wil Without", role=role))
    named = set(OPEN_BECAUSE) - {"account_logout"}
    # Of what all share nobody is asked who they are: it is answered as a stranger is.
    assert walk(client, "get", first) - SHARED == named
    assert walk(client, "post", first) == named
    assert [url for url in STRANGERS if not led_to_enrolment(client.get(url))] == []
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/docket/").status_code == 200, "signed out"


def test_a_name_is_opened_with_a_reason_and_no_reason_is_left_over() -> None:
    assert set(OPEN_BECAUSE) == OPEN
    assert {address.name for address in addresses()} >= OPEN, "a name that no address has"


def test_every_method_is_led_away_and_nothing_is_changed(db: None) -> None:
    firm = make_organization("Harbor and Vale LLP", kind="law_firm")
    client = SignedIn(make_person("Wil Without", role="intake"))
    url = reverse("staff-vet", args=[firm.pk])
    before = firm.vetted_at
    for method in ("get", "head", "post", "put", "patch", "delete", "options"):
        assert led_to_enrolment(getattr(client, method)(url)) or method == "head", method
    assert client.post(url, {"reason": "The register of the bar."}).status_code == 403
    firm.refresh_from_db()
    assert firm.vetted_at == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_who_need_none_are_led_nowhere(importer: User, method: str) -> None:
    client = SignedIn(importer)
    for name in ("organizations", "account_email", "mfa_index", "petitions"):
        assert not led_to_enrolment(getattr(client, method)(reverse(name))), name
