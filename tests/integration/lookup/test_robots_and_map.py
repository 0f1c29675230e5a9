"""What programs ask every site for: robots.txt, the icon, and a map that names public pages alone."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import Petition
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup import site_map
from exclusions.workflow.states import Status

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def body(client: Client, address: str) -> str:
    """Return what an address answers, streamed or not."""
    response: Any = client.get(address)
    assert response.status_code == 200
    return (b"".join(response) if response.streaming else response.content).decode()


def places(xml: str) -> list[str]:
    """Return the paths that a map or its index names."""
    found = [one.text or "" for one in ET.fromstring(xml).findall(".//s:loc", SPACE)]
    return [one.split("/", 3)[3] for one in found]


@pytest.mark.django_db
def test_robots_are_kept_from_pages_of_people_and_told_where_the_map_is(client: Client) -> None:
    said = body(client, "/robots.txt").splitlines()
    assert "Disallow: /petitions/" in said
    assert "Disallow: /review/" in said
    assert any(line.startswith("Sitemap: ") and line.endswith("/sitemap.xml") for line in said)


@pytest.mark.django_db
def test_the_icon_is_one(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.content[:4] == b"\x00\x00\x01\x00"
    assert response["Content-Type"] == "image/x-icon"


def test_every_address_of_the_map_opens_for_anybody(client: Client, petition_in: Callable[[Status], Petition]) -> None:
    petition, draft = petition_in(Status.POSTED), petition_in(Status.DRAFT)
    index = places(body(client, "/sitemap.xml"))
    named = [path for part in index for path in places(body(client, f"/{part}"))]
    assert f"docket/{petition.reference}/" in named
    assert "help/availability/" in named
    assert str(draft.pk) not in " ".join(named)
    assert {client.get(f"/{path}").status_code for path in named} == {200}


def test_a_petition_in_the_map_says_when_it_last_changed(
    client: Client, petition_in: Callable[[Status], Petition]
) -> None:
    petition_in(Status.POSTED)
    changed = PublicPetition.objects.get().updated_at
    xml = body(client, reverse("sitemap-part", args=["petitions-1"]))
    assert f"<lastmod>{changed:%Y-%m-%dT}" in xml


def test_parts_hold_a_range_of_keys_each_and_miss_none(
    client: Client, petition_in: Callable[[Status], Petition], monkeypatch: pytest.MonkeyPatch
) -> None:
    petition_in(Status.POSTED)
    petition_in(Status.DENIED)
    monkeypatch.setattr(site_map, "MOST", 1)
    parts = [part for part in places(body(client, "/sitemap.xml")) if "petitions" in part]
    each = [places(body(client, f"/{part}")) for part in parts]
    assert max(len(one) for one in each) == 1
    assert sum(len(one) for one in each) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nonsense", "petitions-0", "petitions-x", "petitions-²", "petitions-99999999999"])
def test_a_part_that_does_not_exist_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
