"""Words go out compressed to whoever takes that, but for what belongs to a session."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import Petition, User
from exclusions.workflow.states import Status
from tests.factories.cast import SignedIn

TAKES = {"Accept-Encoding": "gzip, br"}


def whole(response: Any) -> bytes:
    """Return the body, streamed or not."""
    body: bytes = b"".join(response) if response.streaming else response.content
    return body


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "help", "docket", "api-schema", "sitemap", "docket-feed"])
def test_what_a_stranger_reads_is_compressed_and_the_same(client: Client, name: str) -> None:
    plain, sent = client.get(reverse(name)), client.get(reverse(name), headers=TAKES)
    if len(whole(plain)) >= 200:  # Django sends shorter ones as they are
        assert sent["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in sent["Vary"]
        assert gzip.decompress(whole(sent))[:100] == whole(client.get(reverse(name)))[:100]


def test_an_export_is_compressed_as_it_streams(client: Client, petition_in: Callable[[Status], Petition]) -> None:
    petition = petition_in(Status.POSTED)
    sent = client.get(reverse("docket-export", args=["csv"]), headers=TAKES)
    assert sent["Content-Encoding"] == "gzip"
    assert str(petition.reference) in gzip.decompress(whole(sent)).decode()


def test_what_belongs_to_a_session_goes_out_as_it_is(importer: User) -> None:
    for name in ("petitions", "docket"):
        sent = SignedIn(importer).get(reverse(name), headers=TAKES)
        assert sent.status_code == 200
        assert "Content-Encoding" not in sent


@pytest.mark.django_db
def test_a_file_that_is_compressed_in_itself_is_not_compressed_again(client: Client) -> None:
    assert "Content-Encoding" not in client.get(reverse("favicon"), headers=TAKES)
    assert "Content-Encoding" not in client.get(reverse("docket-export", args=["xlsx"]), headers=TAKES)
