"""Wrong passwords stop whoever tries them and nobody else; signing up tells nobody who has an account."""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from exclusions.models import Organization, User
from exclusions.views.core import sign_in
from exclusions.views.core.sign_in import FREE_FAILURES, LONGEST_WAIT, wait_after
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Redis counts here.")]
HERE, ELSEWHERE = "198.51.100.1", "203.0.113.9"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return what each try had to wait, without waiting."""
    told: list[float] = []
    monkeypatch.setattr(sign_in, "pause", told.append)
    return told


def try_password(user: User, password: str, network: str, **headers: str) -> Any:
    form = {"login": user.email, "password": password}
    return Client(REMOTE_ADDR=network, headers=headers).post(reverse("account_login"), form)


def test_five_wrong_passwords_stop_their_network_and_no_other(importer: User, waits: list[float]) -> None:
    for _ in range(5):
        assert try_password(importer, "wrong", HERE).status_code == 200
    stopped = try_password(importer, PASSWORD, HERE)
    assert "Too many failed login attempts" in stopped.content.decode()
    assert try_password(importer, PASSWORD, ELSEWHERE).status_code == 302
    assert "Too many" in try_password(importer, PASSWORD, HERE).content.decode(), "that opened nothing to the first"


def test_a_reset_password_opens_the_account_again_to_the_network_that_failed_at_it(
    importer: User, rival: User, waits: list[float]
) -> None:
    for user in (importer, rival):
        for _ in range(5):
            try_password(user, "wrong", HERE)
    client = Client(REMOTE_ADDR=HERE)
    client.post(reverse("account_reset_password"), {"email": importer.email})
    [link] = re.findall(r"https?://\S+", str(mail.outbox[-1].body))
    page = client.get(urlsplit(link).path)  # the key goes into the session, out of the address
    chosen = "quiet lantern over water"
    client.post(page["Location"], {"password1": chosen, "password2": chosen})
    assert try_password(importer, chosen, HERE).status_code == 302
    assert "Too many" in try_password(rival, PASSWORD, HERE).content.decode()


def test_who_changes_a_password_of_their_own_does_not_let_their_network_guess_on(
    importer: User, filer: User, rival: User, client_of: Callable[[User], Client], waits: list[float]
) -> None:
    for user in (importer, filer):  # ten: no network fails more often within a minute
        for _ in range(5):
            try_password(user, "wrong", HERE)
    client, chosen = client_of(rival), "quiet lantern over water"
    client.defaults["REMOTE_ADDR"] = HERE
    form = {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert "Too many" in try_password(rival, chosen, HERE).content.decode()


def test_a_network_is_told_by_the_proxy_and_not_by_the_sender(
    importer: User, settings: Any, waits: list[float]
) -> None:
    settings.BEHIND_PROXY = 1
    for place in range(5):
        try_password(importer, "wrong", "10.0.0.9", **{"x-forwarded-for": f"6.6.6.{place}, {HERE}"})
    lied = try_password(importer, PASSWORD, "10.0.0.9", **{"x-forwarded-for": f"7.7.7.7, {HERE}"})
    assert "Too many" in lied.content.decode()
    other = try_password(importer, PASSWORD, "10.0.0.9", **{"x-forwarded-for": f"{HERE}, {ELSEWHERE}"})
    assert other.status_code == 302


def test_an_account_that_many_networks_guess_at_becomes_slower_and_never_closes(
    importer: User, rival: User, waits: list[float]
) -> None:
    for place in range(12):
        try_password(importer, "wrong", f"198.51.100.{place}")
    assert waits == [wait_after(failures) for failures in range(12)]
    assert try_password(importer, PASSWORD, ELSEWHERE).status_code == 302
    assert waits.pop() == LONGEST_WAIT
    assert try_password(rival, PASSWORD, ELSEWHERE).status_code == 302
    assert waits.pop() == 0, "another's account is as quick as ever"


def test_the_wait_grows_and_ends_at_two_seconds() -> None:
    waits = [wait_after(failures) for failures in range(60)]
    assert waits[:FREE_FAILURES] == [0.0] * 5
    assert waits[5:9] == [0.25, 0.5, 1.0, 2.0]
    assert set(waits[9:]) == {2.0}


def test_no_more_than_two_requests_of_a_process_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    asleep: list[float] = []

    def sleep(seconds: float) -> None:
        asleep.append(seconds)
        if len(asleep) < 5:
            sign_in.pause(seconds)  # as if another request came meanwhile

    monkeypatch.setattr(time, "sleep", sleep)
    sign_in.pause(1.0)
    assert asleep == [1.0, 1.0]
    asleep.clear()
    sign_in.pause(1.0)
    assert asleep == [1.0, 1.0], "both places are free again"


def test_the_passkey_is_asked_for_however_many_passwords_were_wrong(importer: User, waits: list[float]) -> None:
    for _ in range(6):
        try_password(importer, "wrong", HERE)
    challenge = Client(REMOTE_ADDR=HERE).get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert challenge.status_code == 200
    assert challenge.json()["request_options"]


class Counted(MD5PasswordHasher):
    """Counts what it hashes: hashing is what takes the time."""

    algorithm = "counted"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        """Hash, and count it."""
        Counted.hashed += 1
        return super().encode(password, salt)


def sign_up(email: str, password: str = "quiet lantern over water", name: str = "Al Fox") -> Any:
    form = {"full_name": name, "email": email, "password1": password, "password2": password}
    return Client().post(reverse("account_signup"), form)


def test_signing_up_hashes_as_much_for_a_known_address_as_for_a_new_one(importer: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted", *configured.PASSWORD_HASHERS]
    answers, work = [], []
    for email in ("new.person@example.test", importer.email, importer.email):
        Counted.hashed = 0
        answers.append(sign_up(email))
        work.append(Counted.hashed)
    assert work == [1, 1, 1], "the last although its owner is written to but once in a while"
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_email_verification_sent"))
    ] * 3
    assert len(mail.outbox) == 2
    assert importer.email in mail.outbox[-1].to


@pytest.mark.parametrize(
    "password",
    ["tradecases forever 9", "my-TARIFF-is-zero", "petitioner42-lantern", "Ta.ri.ff in my garden", "vivian likes pears",
     "w1nter calloway sun", "thornbury in the rain"],
)  # fmt: skip
def test_a_password_with_a_name_in_it_is_refused(password: str) -> None:
    answer = sign_up("v.calloway@thornbury.example", password, "Vivian Stone")
    assert answer.status_code == 200
    assert "which others can guess" in str(answer.context["form"].errors["password1"])
    assert not User.objects.filter(email="v.calloway@thornbury.example").exists()


def test_a_password_with_the_name_of_the_firm_is_refused_when_it_is_changed(
    importer: User, meadowlark: Organization, client_of: Callable[[User], Client]
) -> None:
    client = client_of(importer)
    for password, taken in (("meadowlark at dawn", False), ("company of quiet pears", True)):
        form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
        answer = client.post(reverse("account_change_password"), form)
        assert (answer.status_code == 302) is taken, password
