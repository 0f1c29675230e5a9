"""What everybody reads out of the shared memory is the same, whatever a stranger asked for before.

The writes are read from the syntax trees and templates: a new one without a row fails, and so does a row without one.
Each is tried through its real door: first somebody asks with raw, foreign and hostile words, then everybody else reads.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.http import urlencode
from zeal import zeal_ignore

from exclusions.models import DocketVersion, PublicPetition, User
from tests.architecture.source import Source, product, snippet
from tests.conftest import PROJECT, Clock
from tests.factories.cast import SignedIn
from tests.factories.public import make_public
from tests.factories.world import World

WRITES = {"set", "add", "get_or_set", "set_many", "incr", "decr", "touch", "aset", "aadd", "aget_or_set", "aset_many"}
CACHES = ("django.core.cache.cache", "django.core.cache.caches", "exclusions.gateways.shared_cache.remembered")
# Django's own ways of keeping whole answers, whose keys are addresses as they came.
WHOLE = ("django.views.decorators.cache.cache_page", "django.middleware.cache")
FRAGMENT = re.compile(r"{%\s*cache\s+\d+\s+(\w+)([^%]*)%}")
NEXT = re.compile(r'href="([^"]+)" rel="next"')
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w-]+')


@dataclass(frozen=True)
class Door:
    """Where a write is met: what everybody reads there, and who reads it. `hostile` are further addresses to try."""

    read: Callable[[World], tuple[str, ...]]
    hostile: Callable[[World], tuple[str, ...]] = lambda world: ()
    who: str = ""


def docket(world: World) -> tuple[str, ...]:
    """The lists that everybody reads, in two orders, with filters and two pages deep."""
    return (
        "/docket/", "/docket/?page=2", "/docket/?page=3", "/docket/?sort=organization",
        "/docket/?sort=organization&page=2", "/docket/?sort=oldest&page_size=50", "/docket/?q=pumps",
        "/docket/?q=pumps&stage=denied", "/docket/?organization=works", "/docket/?hts=8413",
    )  # fmt: skip


def number(world: World) -> tuple[str, ...]:
    whole = "/tariff/6810.99.0010/"
    return whole, f"{whole}?as_of=2019-07-01", "/tariff/6810.99/", "/api/v1/tariff/lines/"


def odd_numbers(world: World) -> tuple[str, ...]:
    words = ("6810990010", "68109900", "6810.99.00.10", " 6810.99.0010", "\uff16810.99.0010", "6810.99.0010%20")
    queries = ("", "?as_of=2019-07-01", "?as_of=%202019-07-01x")
    return tuple(f"/tariff/{word}/{query}" for word in words for query in queries)


def petition(world: World) -> tuple[str, ...]:
    return f"/docket/{world.posted.reference}/", "/docket/USTR-2019-0005-000701/", "/docket/USTR-2019-0005-000702/"


def odd_petitions(world: World) -> tuple[str, ...]:
    words = ("ustr-2019-0005-000001", "USTR-2019-0005-000701%20", "USTR-2019-0005-000702&reference=x", "%20", "counted")
    return tuple(f"/docket/{word}/" for word in words)


def case(world: World) -> tuple[str, ...]:
    return (f"/review/{world.level1.reference}/",)


def search(world: World) -> tuple[str, ...]:
    return "/review/find/", "/review/find/?q=quartz"


LISTS, NUMBERS, PETITIONS = Door(docket), Door(number, odd_numbers), Door(petition, odd_petitions)
CASES, SEARCH = Door(case, who="reviewer1"), Door(search, who="reviewer1")
# Each write, by the function in which it stands or the name of the fragment, and its door; a sentence for one that
# strangers' words do not reach.
ROWS: Mapping[str, Door | str] = {
    "exclusions.queries.public.docket_pages.docket_page": LISTS,
    "exclusions.views.public.docket_list._counted": LISTS,
    "docket_rows": LISTS,
    "exclusions.queries.public.docket.dockets": LISTS,
    "exclusions.queries.public.docket._kept_petition": PETITIONS,
    "exclusions.facts.numbers.over_time": NUMBERS,
    "exclusions.queries.lookup.number.number_facts.number_facts": NUMBERS,
    "exclusions.facts.on_file.register": NUMBERS,
    "exclusions.facts.numbers.history_of": CASES,
    "exclusions.queries.casework.lists.search.dockets": SEARCH,
    "exclusions.actions.mirrors.dumps.dump_when_due": "One key with one value: the files of the docket are being made.",
    "exclusions.tasks._ask": "One key with one value: a delivery run was asked for.",
    "exclusions.gateways.observed.tasks.ended": "Counted numbers, by the name of one of our tasks.",
    "exclusions.views.core.rate_limit.count": "Counted numbers, by a digest of what is counted; test_two_releases.py.",
    "exclusions.gateways.shared_cache.SharedCache.responds": "One key with one value, to ask whether Redis answers.",
}


def writes(source: Source) -> Iterator[str]:
    """Yield the functions of a module that write to a cache, and whatever keeps whole answers."""
    yield from (f"{source.name}: {name}" for name in source.imports.values() if name.startswith(WHOLE))
    for inside, node in source.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            kept_in = node.func.value.value if isinstance(node.func.value, ast.Subscript) else node.func.value
            meaning = source.meaning(kept_in)
            if meaning.startswith(CACHES) or meaning.endswith("RedisCache"):
                yield f"{source.name}.{inside}"


def fragments() -> Iterator[tuple[str, str]]:
    """Yield the fragments that templates remember, by name, with what their keys are made of."""
    for file in sorted((PROJECT / "templates").rglob("*")):
        if file.is_file():
            yield from FRAGMENT.findall(file.read_text())


def test_every_write_to_the_shared_memory_has_a_row() -> None:
    found = {place for source in product() for place in writes(source)} | {name for name, _ in fragments()}
    assert found == set(ROWS)


def test_what_is_remembered_for_pages_is_never_in_the_cache_of_limits() -> None:
    """`default` is read by all releases, so that it may hold nothing but counts, and that something is under way."""
    users = {source.name for source in product() for name in source.imports.values() if name.startswith(CACHES[:2])}
    counting = {"exclusions.views.core.rate_limit", "exclusions.gateways.observed.tasks"}
    under_way = {"exclusions.tasks", "exclusions.actions.mirrors.dumps"}
    assert users == {*counting, *under_way, "exclusions.gateways.shared_cache"}
    assert [words for _, words in fragments() if 'using="remembered"' not in words] == []


@pytest.mark.parametrize(
    ("line", "finds"),
    [
        ("from django.core.cache import cache\ndef f():\n    cache.set('a', 1)", ["exclusions.any.f"]),
        ("from django.core.cache import cache as c\nc.add('a', 1)", ["exclusions.any."]),
        ("from django.core.cache import caches\ncaches['x'].get_or_set('a', 1)", ["exclusions.any."]),
        ("from exclusions.gateways.shared_cache import remembered\nremembered.set('a', 1)", ["exclusions.any."]),
        ("from django.core.cache import cache\ncache.get('a')", []),
        ("found = set()\nfound.add(1)", []),
    ],
)
def test_a_new_write_is_seen(line: str, finds: list[str]) -> None:
    assert list(writes(snippet(line, "exclusions.any"))) == finds


@pytest.fixture
def filled(world: World, clock: Clock) -> World:
    """Return the world, with a docket of some pages."""
    first = make_public(701, organization_name="Works 1")
    fields = {f.name: getattr(first, f.name) for f in PublicPetition._meta.fields if f.name not in {"id", "reference"}}
    for row in range(702, 771):
        fields |= {"organization_name": f"Works {row % 7}", "product_name": f"Pumps {row % 3}"}
        PublicPetition.objects.create(reference=f"USTR-2019-0005-{row:06}", **fields)
    DocketVersion.advance()
    return world


def forget() -> None:
    """Begin with an empty memory, as after a change of the docket."""
    caches["remembered"].key_prefix = uuid4().hex


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    return VARYING.sub("", answer.content.decode())


def hostile_queries(client: Client, read: tuple[str, ...]) -> Iterator[str]:
    """Yield queries of whoever wants others to read something else; cursors are those that lists gave out."""
    pages = [page(client, address) for address in read]
    places = {
        found.group(1).replace("&amp;", "&").rpartition("cursor=")[2].partition("&")[0]
        for found in map(NEXT.search, pages)
        if found
    }
    for place in sorted(places):
        for sort in ("", "organization", "oldest", "bogus"):
            yield from (
                f"sort={sort}&page={place}",
                f"sort={sort}&cursor={place}&page=1",
                f"sort={sort}&cursor={place}x",
            )
        yield f"cursor=x&cursor={place}&page=2"
        yield f"page_size=7&cursor={place}"
    words = [
        ("page", "01"), ("page", " 2"), ("page", "2 "), ("page", "٢"), ("page", "-1"), ("page", "9" * 9),
        ("page", "at:"), ("page", "page:2"), ("sort", "NEWEST"), ("sort", "bogus"), ("sort", "newest:25:page:2"),
        ("page_size", "025"), ("page_size", "25 "), ("page_size", "7"), ("page_size", "25:page:2"), ("q", " PUMPS "),
        ("q", "pumps&stage=denied"), ("q", "pumps&stage=granted"), ("stage", "DENIED"), ("stage", "bogus"),
        ("stage", "denied "), ("hts", "8413."), ("hts", "8413 "), ("organization", "works&page=2"),
        ("docket", "ustr-2019-0005"), ("docket", "USTR-2019-0005 "), ("posted_from", "2019-7-1"), ("counted", "1"),
        ("as_of", "2019-07-01"), ("as_of", "1.7.2019"), ("unknown", "x"),
    ]  # fmt: skip
    yield from (urlencode([pair]) for pair in words)
    yield "q=pumps&q=nothing"
    yield "page=3&page=2"
    yield "stage=granted&stage="


@pytest.mark.parametrize("door", [LISTS, NUMBERS, PETITIONS, CASES, SEARCH], ids=lambda door: door.read.__name__)
def test_what_everybody_reads_is_the_same_after_any_request(filled: World, cast: dict[str, User], door: Door) -> None:
    assert door in ROWS.values()
    client = SignedIn(cast[door.who]) if door.who else Client()
    read, right = door.read(filled), {}
    with zeal_ignore():
        for address in read:
            forget()
            right[address] = page(client, address)
        tried = [f"{read[0]}?{query}" for query in hostile_queries(client, read)]
        tried += [f"{address}&page=at:1&cursor=x" for address in read if "?" in address]
        for hostile in [*tried, *door.hostile(filled)]:
            forget()
            page(client, hostile)
            after = {address: page(client, address) for address in read}
            assert [address for address in read if after[address] != right[address]] == [], hostile
