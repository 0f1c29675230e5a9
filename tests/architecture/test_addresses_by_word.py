"""Addresses are looked for among those that begin with the same word: each leads where it would among all of them."""

import pytest
from django.urls import Resolver404, URLResolver, resolve
from django.urls.resolvers import RegexPattern

from exclusions.urls import WINGS, urlpatterns
from tests.factories.addresses import addresses

ALL = URLResolver(RegexPattern(r"^/"), [entry for wing in WINGS for entry in wing.urlpatterns])


def test_each_address_leads_where_it_would_if_all_were_looked_at() -> None:
    ours = [found.url for found in addresses() if not found.route.startswith(("admin/", "accounts/"))]
    assert len(ours) > 150
    assert {url: resolve(url).route for url in ours} == {url: ALL.resolve(url).route for url in ours}


def test_every_address_of_each_wing_is_there_once() -> None:
    assert sum(len(group.url_patterns) for group in urlpatterns) == sum(len(wing.urlpatterns) for wing in WINGS)


@pytest.mark.parametrize("url", ["/reviews/", "/review", "/nobody/", "/docketing/1/", "/api"])
def test_what_only_begins_like_a_word_of_ours_is_no_address(url: str) -> None:
    with pytest.raises(Resolver404):
        resolve(url)


def test_an_address_of_no_word_of_its_own_is_found_behind_the_others() -> None:
    assert resolve("/docket.csv").kwargs == {"kind": "csv"}
    assert resolve("/").url_name == "home"
