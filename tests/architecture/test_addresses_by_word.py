"""Addresses are looked for among those of the same shape: each leads where it would among all of them."""

import random
import re
from collections.abc import Callable

import pytest
from django.urls import Resolver404, ResolverMatch, URLResolver, resolve
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


def test_any_path_of_words_of_ours_leads_where_it_would_if_all_were_looked_at() -> None:
    chance = random.Random(1)
    routes = [str(entry.pattern).strip("^$").replace("\\", "") for wing in WINGS for entry in wing.urlpatterns]
    words = sorted({word for route in routes for word in route.split("/") if "<" not in word})
    words += ["USTR-2026-9001-000001", "17", "6f0e4f2a-8f6b-4a39-9d68-0a36f3a1b0c4", "a b", "x.csv"]
    filled = [re.sub("<[^>]*>", lambda _: chance.choice(words), route) for route in routes for _ in range(10)]
    mixed = ["/".join(chance.choices(words, k=chance.randint(1, 5))) for _ in range(2000)]
    asked = [f"/{path}{end}" for path in (*filled, *mixed) for end in ("", "/")]
    found = {url: where(resolve, url) for url in asked if not url.startswith(("/admin", "/accounts"))}
    assert found == {url: where(ALL.resolve, url) for url in found}
    assert len([route for route in found.values() if route]) > 800


def where(ask: Callable[[str], ResolverMatch], url: str) -> str:
    try:
        match = ask(url)
    except Resolver404:
        return ""
    return f"{match.route} {match.kwargs}"


@pytest.mark.parametrize("url", ["/reviews/", "/review", "/nobody/", "/docketing/1/", "/api"])
def test_what_only_begins_like_a_word_of_ours_is_no_address(url: str) -> None:
    with pytest.raises(Resolver404):
        resolve(url)


def test_an_address_of_no_word_of_its_own_is_found_behind_the_others() -> None:
    assert resolve("/docket.csv").kwargs == {"kind": "csv"}
    assert resolve("/").url_name == "home"
