"""The list of public modules in pyproject.toml is complete: it is held against the URL table and that of the cast."""

import tomllib
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from exclusions.views.core.middleware.public_reads import DOORS, door_of
from tests.conftest import PROJECT
from tests.factories.who_enters import EVERYBODY
from tests.integration.core.test_every_url_every_role import ROWS

# Anybody may ask for these, but they take something in, and so they are no public reads; or they read no table at all.
# Figures are for an allowed network alone: they count rows of every table and hold nothing of any.
NO_READS = {"docket-respond", "docket-respond-confirm", "docket-respond-replace", "docket-respond-take-down",
            "docket-respond-sent", "docket-respond-many-confirm",
            "mail-stop", "watch", "watch-sent", "watch-confirm", "watch-stop",
            "listed-comment", "listed-comment-confirm", "listed-comment-sent",
            "session", "health-live", "health-ready", "health-metrics", "security-txt", "security-policy",
            "api-schema", "api-docs", "api-not-found"}  # fmt: skip


def public_modules() -> set[str]:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return set(next(found for found in contracts if found["id"] == "public-reads")["source_modules"])


def addresses(found: list[URLPattern | URLResolver]) -> dict[str, Any]:
    views: dict[str, Any] = {}
    for item in found:
        if isinstance(item, URLResolver):
            views |= addresses(item.url_patterns)
        elif item.name in ROWS:
            views[item.name] = item.callback
    return views


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.inside == EVERYBODY))
def test_what_everybody_may_read_comes_from_a_module_that_reaches_no_private_table(name: str) -> None:
    if name not in NO_READS:
        assert door_of(addresses(get_resolver().url_patterns)[name]) in public_modules()


def test_what_is_no_read_is_still_an_address_for_everybody() -> None:
    assert all(ROWS[name].inside == EVERYBODY for name in NO_READS)


def test_the_doors_that_read_through_the_public_role_are_those_of_the_contract() -> None:
    doors = {name for name in public_modules() if name.startswith(("exclusions.views.", "exclusions.api."))}
    assert doors == DOORS
