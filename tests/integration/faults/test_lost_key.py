"""The site's key was changed and the old one is gone: sentences and a way back, at every place that decrypts."""

import ast
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from exclusions.models import Event, Notification, User
from exclusions.views.core.errors import LOST
from tests.conftest import PROJECT
from tests.factories.people import PASSWORD
from tests.integration.core.test_second_factor import code_of, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD_KEY = site.SECRET_KEY
# Whoever decrypts meets a lost key. Pages and forms of second factors: below; the other two say what becomes of theirs.
DECRYPTING = {
    "exclusions.actions.once": "tests/integration/api/test_idempotency.py",
    "exclusions.actions.people.lost_factors": __name__,
    "exclusions.actions.webhooks": "tests/integration/api/test_webhooks.py",
    "exclusions.views.core.sign_on": __name__,
}


def decrypting() -> set[str]:
    """The modules of the product that name what decrypts."""
    found = set()
    for path in (PROJECT / "exclusions").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asks = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
        if any("secret_text" in ast.unparse(node) for node in asks):
            found.add(".".join(path.relative_to(PROJECT).with_suffix("").parts))
    return found


def test_every_place_that_decrypts_knows_of_a_lost_key() -> None:
    assert decrypting() == set(DECRYPTING)
    for name in decrypting():
        text = (PROJECT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert "except Unreadable" in text or "except secret_text.Unreadable" in text, name


@pytest.fixture
def lost(settings: Any, admin: User, signatory: User) -> dict[str, str]:
    """Two members of staff, an administrator among them, whose factors were set up under a key that is gone."""
    settings.STAFF_SECOND_FACTOR = True
    secrets = {user.email: with_app(user) for user in (admin, signatory)}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "quite another key " * 3, []
    return secrets


def test_the_code_is_answered_with_what_helps(lost: dict[str, str], admin: User) -> None:
    client, _ = sign_in(admin)
    for code in (code_of(lost[admin.email]), "000000"):
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == 200
        assert LOST in answer.content.decode()
    assert client.get("/review/").status_code == 302, "nobody is let in without a second factor"


def test_no_page_of_second_factors_fails(lost: dict[str, str], admin: User) -> None:
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("mfa_")]
    assert len(names) > 8
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert page.status_code == 409
    assert LOST in page.content.decode()
    seen = {}
    for name in names:
        arguments = [1] if "webauthn" in name and name.endswith(("edit_webauthn", "remove_webauthn")) else []
        path = reverse(name, args=arguments)
        seen[name] = [client.get(path).status_code, client.post(path, {"code": "000000"}).status_code]
    assert {name: codes for name, codes in seen.items() if max(codes) >= 500} == {}


def test_the_shell_ends_what_no_key_opens_and_everybody_sets_up_new_ones(
    lost: dict[str, str], admin: User, signatory: User, importer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = with_app(importer)
    call_command("unreadable_factors")
    listed = capsys.readouterr().out
    assert listed.splitlines()[:2] == sorted([admin.email, signatory.email], key=[admin.email, signatory.email].index)
    assert "name it in SECRET_KEY_FALLBACKS" in listed
    assert Authenticator.objects.filter(user=admin).count() == 2, "an app and recovery codes: to list ends nothing"

    call_command("unreadable_factors", "--end")

    assert "Second factors of 2 were ended" in capsys.readouterr().out
    assert {kept.user_id for kept in Authenticator.objects.all()} == {importer.pk}
    assert Event.objects.filter(kind="ended_unreadable_factors").count() == 2
    assert set(Notification.objects.values_list("to", flat=True)) == {admin.email, signatory.email}
    client, _ = sign_in(admin)
    assert client.get("/admin/")["Location"] == reverse("mfa_index"), "signed in, and led to set one up"
    known, _ = sign_in(importer)
    assert known.post(reverse("mfa_authenticate"), {"code": code_of(fresh)}).status_code == 302
    call_command("unreadable_factors")
    assert "Every second factor can be read" in capsys.readouterr().out


def test_with_the_old_key_named_nothing_is_lost(lost: dict[str, str], admin: User, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [OLD_KEY]
    client, _ = sign_in(admin)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(lost[admin.email])}).status_code == 302
