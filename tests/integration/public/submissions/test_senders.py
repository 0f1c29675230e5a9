"""How many responses one sender may give: by his own address, whatever he invents and however many proxies are ours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from exclusions.models import Notification, Petition, Response
from exclusions.views.public import submissions as views
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.integration.public.submissions.test_responses import form_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(petition_in: Callable[[Status], Petition]) -> Petition:
    return petition_in(Status.POSTED)


def test_nobody_floods_the_docket_and_refused_attempts_count_for_nothing(
    posted: Petition, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_AN_HOUR", 2)
    settings.BEHIND_PROXY = 1
    clock.move_to(opened(posted))

    def codes(network: str, *forms: dict[str, Any]) -> list[int]:
        """Send each form from there; the sender writes addresses of his own before it, the proxy's is the last."""
        address = f"/docket/{posted.reference}/respond/"
        return [
            Client(headers={"x-forwarded-for": f"6.6.6.{place}, {network}"}).post(address, form).status_code
            for place, form in enumerate(forms)
        ]

    short, whole = {}, form_of(None)
    assert codes("198.51.100.1", *[short] * 25) == [422] * 25
    assert codes("198.51.100.1", whole, short, whole, short, whole) == [302, 422, 302, 429, 429]
    assert codes("198.51.100.2", whole) == [302], "another network"
    assert Response.objects.count() == Notification.objects.filter(template="confirm_response").count() == 3
    if not settings.REDIS_URL:  # there the span runs on the server's own clock
        clock.shift(minutes=61)
        assert codes("198.51.100.1", whole) == [302]


def test_behind_two_proxies_each_sender_has_an_allowance_of_his_own(
    posted: Petition, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_AN_HOUR", 1)
    settings.BEHIND_PROXY = 2
    clock.move_to(opened(posted))

    def code(network: str, invented: str = "") -> int:
        """Send a whole form: what the sender invents, the address that the first proxy saw, that the second one saw."""
        seen = f"{invented}{network}, 100.64.0.1"
        return Client(headers={"x-forwarded-for": seen}).post(address, form_of(None)).status_code

    address = f"/docket/{posted.reference}/respond/"
    assert [code(f"198.51.100.{sender}") for sender in range(3)] == [302] * 3
    assert [code("198.51.100.0", f"6.6.6.{place}, ") for place in range(3)] == [429] * 3, "inventing one is no help"
