"""The wings' addresses are looked for in order: each leads to its own page, and none is hidden by one before it."""

import pytest
from django.urls import Resolver404, resolve

from exclusions.urls import WINGS, urlpatterns
from tests.factories.addresses import addresses


def test_each_address_leads_to_its_own_page() -> None:
    ours = [found for found in addresses() if not found.route.startswith(("admin/", "accounts/"))]
    assert len(ours) > 150
    assert {found.url: resolve(found.url).route for found in ours} == {found.url: found.route for found in ours}


def test_every_address_of_each_wing_is_there_once() -> None:
    assert sum(len(group.url_patterns) for group in urlpatterns) == sum(len(wing.urlpatterns) for wing in WINGS)


@pytest.mark.parametrize("url", ["/reviews/", "/review", "/nobody/", "/docketing/1/", "/api"])
def test_what_only_begins_like_a_word_of_ours_is_no_address(url: str) -> None:
    with pytest.raises(Resolver404):
        resolve(url)


def test_an_address_of_no_word_of_its_own_is_found_behind_the_others() -> None:
    assert resolve("/docket.csv").kwargs == {"kind": "csv"}
    assert resolve("/").url_name == "home"
