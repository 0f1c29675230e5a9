"""A request happens at one moment, whatever the clock does while it is answered; accounts are dated by the doors."""

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory

from exclusions.models import User
from exclusions.views.frame.moment import moment
from tests.conftest import Clock
from tests.factories.people import LONG_AGO

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


@pytest.mark.django_db
def test_a_person_entered_in_the_admin_is_dated_once(client: Client, clock: Clock) -> None:
    client.force_login(User.objects.create_superuser("root@example.test", PASSWORD, date_joined=LONG_AGO))
    entered = {"email": "nell@example.test", "full_name": "Nell Newly", "role": "intake"}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    words = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/admin/exclusions/user/add/", {**entered, **words, **inline}).status_code == 302
    made, begun = User.objects.get(email="nell@example.test"), clock.now
    assert made.date_joined == begun
    clock.shift(hours=1)
    changed = {**entered, "full_name": "Nell Newly-Wed", "is_active": "on"}
    assert client.post(f"/admin/exclusions/user/{made.pk}/change/", {**changed, **inline}).status_code == 302
    made.refresh_from_db()
    assert (made.full_name, made.date_joined) == ("Nell Newly-Wed", begun)


@pytest.mark.django_db
def test_whoever_signs_up_is_dated(client: Client, clock: Clock) -> None:
    form = {"full_name": "Ines Iron", "email": "ines@example.test", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert User.objects.get(email="ines@example.test").date_joined == clock.now
