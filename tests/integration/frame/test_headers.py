"""The headers that every answer carries, whoever asks and whatever became of it."""

import pytest
from django.test import Client

from exclusions.models import User
from tests.factories.cast import SignedIn

PATHS = ["/", "/docket/", "/nowhere/", "/accounts/login/", "/api/v1/rounds/", "/api/nowhere/", "/health/live"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_page_may_use_what_none_needs(path: str) -> None:
    policy = Client().get(path)["Permissions-Policy"]
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in policy
    assert "publickey-credentials" not in policy, "passkeys are in use"


def test_nor_a_page_of_somebody_who_is_signed_in(importer: User) -> None:
    assert "camera=()" in SignedIn(importer).get("/petitions/")["Permissions-Policy"]
