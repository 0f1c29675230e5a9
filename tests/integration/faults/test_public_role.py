"""Every address that anybody may read, asked of a server whose public pages have a database role of their own.

The other role of that server may read next to nothing either, so that a page which goes round the public role breaks.
What is asked comes from the table of addresses, from the forms and links of the pages themselves, and from the API's
description: a new page, filter, export or parameter is asked without anybody adding it here.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.db import connection
from django.urls import Resolver404, resolve, reverse

from exclusions.actions.evidence import fill_evidence
from exclusions.queries.public.public_reads import PUBLIC_TABLES
from exclusions.views.core.middleware.public_reads import DOORS, door_of
from tests.factories.who_enters import EVERYBODY
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS
from tests.integration.faults.public_role import Server, public_role, role, serving, sign_in_as
from tests.integration.fuzz.forms import forms_of
from tests.unit.test_public_side import NO_READS
from tests.waiting import eventually

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

# What people type: words that are there, one that is misspelt, none, a number.
TYPED = ("slabs", "slbas", "bycicle", "6810.99.0010", "6810")
# What a public page may ask of the first role: who asks, and what is written. Nobody else's matter is among it.
OF_THE_FIRST = {
    "django_session": "SELECT",
    "exclusions_user": "SELECT",
    "django_migrations": "SELECT",
    "exclusions_publicdownload": "SELECT, INSERT",  # a fetched file is counted
}
HREF = re.compile(r'href="([^"#]+)')


def first_addresses(world: World) -> dict[str, int]:
    """Return the address of each page that reads, with the status that its row promises somebody without an account."""
    return {
        reverse(name, kwargs=row.arguments(world)): row.expected("anonymous")
        for name, row in ROWS.items()
        if row.inside == EVERYBODY and name not in NO_READS
    }


def on_a_page(address: str, html: str) -> Iterator[str]:
    """Yield where the forms and the links of a page lead that ask the same site something."""
    for form in forms_of(address, html):
        if form.method != "GET":
            continue
        fixed = [(name, value) for name, value in form.pairs if name != "q"]
        for typed in TYPED:
            yield f"{form.action}?{urlencode([*fixed, *((name, typed) for name in form.names if name == 'q')])}"
        for name in form.names:
            yield f"{form.action}?{urlencode([*form.pairs, (name, TYPED[0])])}"
    for choice in options(html):
        yield f"{address}?{urlencode([choice])}"
    for found in HREF.findall(html):
        link = urljoin(address, unescape(found))
        if not urlsplit(link).netloc and not urlsplit(link).scheme and ("?" in link or link.endswith(EXPORTS)):
            yield link


EXPORTS = (".csv", ".json", ".xlsx", ".txt", ".xml", "/feed/")
SELECT = re.compile(r'<select[^>]*name="(\w+)".*?</select>', re.DOTALL)


def options(html: str) -> Iterator[tuple[str, str]]:
    """Yield each choice of each list of choices, with the list's name."""
    for select in SELECT.finditer(html):
        for value in re.findall(r'<option value="([^"]+)"', select.group(0)):
            yield select.group(1), unescape(value)


def of_the_api(described: dict[str, Any], asked: dict[str, int]) -> Iterator[str]:
    """Yield each parameter of each list of the API with what it may be."""
    for path, verbs in described["paths"].items():
        if "{" in path or "get" not in verbs or path not in asked:
            continue
        for parameter in verbs["get"].get("parameters", ()):
            form = parameter["schema"]
            for value in form.get("enum") or form.get("items", {}).get("enum") or SENT.get(form.get("format"), TYPED):
                yield f"{path}?{urlencode({parameter['name']: value})}"


SENT: dict[str | None, tuple[str, ...]] = {"date": ("2019-09-01",), "date-time": ("2019-09-01T00:00:00Z",)}


def is_read(address: str) -> bool:
    """Whether a page reads and takes nothing in: it is made through the public role."""
    try:
        return door_of(resolve(urlsplit(address).path).func) in DOORS
    except Resolver404:
        return False


def wrong(server: Server, addresses: dict[str, int | None]) -> dict[str, int]:
    """Ask for each; return what was answered otherwise than it should be, where that is known, or with a fault."""
    found = {}
    for address, status in addresses.items():
        answer = server.ask(address)[0]
        if answer >= 500 or (status is not None and answer != status):
            found[address] = answer
    return found


def never_read() -> set[str]:
    """Return the tables of the list that no statement has looked at, of the two roles that may read them or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables WHERE relname = ANY(%s) AND seq_scan + coalesce(idx_scan, 0) = 0",
            [list(PUBLIC_TABLES)],
        )
        return {name for (name,) in cursor.fetchall()}


# What pages ask for that this walk does not come to, and when they do.
NEVER_READ = {
    **dict.fromkeys(("exclusions_madeform", "exclusions_madequestion"), "Where a round has a form made by hand."),
    "exclusions_publictermreopening": "Where a decision on a listed exclusion was signed.",
}


def test_every_public_address_is_made_of_what_the_public_role_may_read(world: World, tmp_path: Path) -> None:
    fill_evidence()
    first, log = first_addresses(world), tmp_path / "log"
    with public_role() as reader, role("first_of_all") as site:
        with connection.cursor() as cursor:
            for table, what in OF_THE_FIRST.items():
                cursor.execute(f"GRANT {what} ON {table} TO {site}")
            cursor.execute("SELECT pg_stat_reset()")
        with serving(reader, log, first=sign_in_as(site)) as (server,):
            assert wrong(server, dict(first)) == {}
            pages = {address: server.ask(address)[1] for address, status in first.items() if status == 200}
            further = {link for address, html in pages.items() for link in on_a_page(address, html)}
            described = json.loads(server.ask("/api/v1/schema/?format=json")[1])
            further = {link for link in further if is_read(link)} | set(of_the_api(described, first))
            assert len(further) > 150
            assert wrong(server, dict.fromkeys(sorted(further))) == {}
            for path in ("/api/v1/refunds/", "/api/v1/fit/"):
                assert server.ask(path, sent="{}")[0] < 500
        said = log.read_text()
        assert "permission denied" not in said, said
        eventually(lambda: never_read() == NEVER_READ.keys(), "each table of the list was read")
