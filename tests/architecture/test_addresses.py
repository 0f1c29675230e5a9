"""Routes have names: no page, message or letter spells an address of the site, so that a route can move.

tests/unit/test_template_form.py holds the templates to the same. The wings' addresses are looked for in order: each
leads to its own page, and none is hidden by one before it.
"""

import re

import pytest
from django.urls import Resolver404, resolve

from exclusions.urls import WINGS, urlpatterns
from tests.architecture.source import Source, product, snippet, texts
from tests.factories.addresses import addresses

# A text that begins like a path of the site, or has one in an attribute: "/docket/", 'href="/docket/{}/"'.
PATH = re.compile(r"""^/[a-z][\w-]*(/|$)|\b(href|action|src|hx-\w+|data-url)=["']?/[a-z]""")
# The beginnings of addresses, which are no routes: what may be opened first, and where an answer is JSON.
BEGINNINGS = {
    "exclusions.views.core.middleware.no_store": {"/accounts/", "/admin/"},
    "exclusions.views.core.middleware.second_factor": {"/api/"},
    "exclusions.views.core.middleware.unprintable": {"/api/"},
    "exclusions.views.core.unavailable": {"/api/"},
    "exclusions.views.core.upload_limit": {"/api/"},
}


def breaches(source: Source) -> list[str]:
    """Return the addresses that a module spells out; the URL tables are where they are given."""
    if source.name.startswith("exclusions.urls"):
        return []
    allowed = BEGINNINGS.get(source.name, set())
    return [
        f"{source.name}:{line} spells {text!r}"
        for line, text in texts(source)
        if PATH.search(text) and text not in allowed
    ]


def test_no_module_spells_an_address() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


def test_the_beginnings_that_are_named_are_used() -> None:
    used = {source.name: {text for _, text in texts(source)} for source in product() if source.name in BEGINNINGS}
    assert all(beginnings <= used[name] for name, beginnings in BEGINNINGS.items())


@pytest.mark.parametrize(
    "text",
    [
        'def start(): return redirect("/docket/")',
        'def start(number): return redirect(f"/tariff/{number}/")',
        'def mail(key): return f"{settings.BASE_URL}/petitions/{key}/"',
        """ROW = '<a href="/docket/{}/">{}</a>'""",
        'LINKS = [("/rounds", "Rounds")]',
    ],
)
def test_the_check_sees_an_address(text: str) -> None:
    assert breaches(snippet(text))


@pytest.mark.parametrize(
    "text",
    ['"""/docket/ is the docket."""', 'KIND = "application/json"', 'def day(): return "3/4"', 'HALF = " / "'],
)
def test_the_check_takes_nothing_else_for_one(text: str) -> None:
    assert breaches(snippet(text)) == []


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
