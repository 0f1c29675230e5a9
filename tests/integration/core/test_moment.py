"""A request happens at one moment, whatever the clock does while it is answered; accounts are dated by the doors."""

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory

from exclusions.actions.people import proposals
from exclusions.models import User
from exclusions.views.core.clock import moment
from tests.conftest import Clock

PASSWORD = "correct horse battery"


def test_a_request_happens_at_the_moment_of_the_first_asking(clock: Clock) -> None:
    request, begun = RequestFactory().get("/"), clock.now
    assert moment(request) == begun
    later = clock.shift(hours=1)
    assert moment(request) == begun
    assert moment(RequestFactory().get("/")) == later


@pytest.mark.django_db
def test_an_administrator_made_by_the_command_is_dated(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="root@example.test", verbosity=0)
    made = User.objects.get(email="root@example.test")
    assert (made.date_joined, made.is_superuser) == (clock.now, True)


def test_an_account_that_two_administrators_made_is_dated_when_it_was_confirmed(
    admin: User, second_admin: User, clock: Clock
) -> None:
    facts = {"email": "nell@example.test", "full_name": "Nell Newly", "role": "intake"}
    entered = proposals.propose("new_staff", admin.pk, by=admin, at=clock.now, reason="Joins intake.", facts=facts)
    begun = clock.shift(hours=1)
    proposals.confirm(entered, by=second_admin, at=begun)
    assert User.objects.get(email="nell@example.test").date_joined == begun


@pytest.mark.django_db
def test_whoever_signs_up_is_dated(client: Client, clock: Clock) -> None:
    form = {"full_name": "Ines Iron", "email": "ines@example.test", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert User.objects.get(email="ines@example.test").date_joined == clock.now
