"""Whoever signs in and follows the links meets only pages that axe accepts and that fit a telephone.

A crawl from the doors of each person, once for each kind of page; files to download are left out. Each page is measured
at both widths; axe looks at both, or in `make test` at one of them in turn, so that what several persons meet is looked
at at either. With SHOTS=FOLDER the pages are kept as pictures, to be looked at.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from exclusions.models import Petition, User
from exclusions.workflow.states import Status
from tests.functional.accessible import WIDTHS, in_turn

DOORS = {
    "": [
        "/",
        "/docket/",
        "/exclusions/",
        "/tariff/",
        "/tariff/?q=slabs",
        "/tariff/6810.99.00/",
        "/tariff/6810.99.0010/?value=1000",
        "/exclusions/?standing=any",
        "/rounds/",
        "/context/",
        "/search/?q=slabs",
        "/search/?q=unicorns",
        "/statistics/",
        "/verify/",
        "/fit/",
        "/refunds/",
        "/fit/?hts=6810.99.0010&text=Slabs",
        "/watch/",
    ],
    "responder": [],
    "importer": ["/petitions/"],
    "filer": ["/petitions/"],
    "intake": ["/review/"],
    "reviewer1": ["/review/"],
    "reviewer2": ["/review/"],
    "second_reviewer2": ["/review/"],
    "legal": ["/review/", "/legal/"],
    "drafter": ["/review/"],
    "customs": ["/customs/", "/help/staff/", "/help/staff/reason-codes/", "/help/staff/first-day/"],
    "committee": ["/review/"],
    "signatory": ["/review/", "/sign/"],
    "publisher": ["/notices/"],
    "auditor": ["/review/"],
}
# What stands where in each person's world; the other states are reached from the same worklists.
STATES = {
    "": [Status.POSTED, Status.DENIED, Status.PUBLISHED],
    "responder": [Status.POSTED],
    "importer": [Status.DRAFT, Status.RETURNED, Status.POSTED, Status.DENIED],
    "filer": [],
    "intake": [Status.SUBMITTED, Status.RETURNED],
    "reviewer1": [Status.LEVEL1],
    "reviewer2": [Status.LEVEL2],
    "second_reviewer2": [Status.CONSISTENCY],
    "legal": [Status.LEGAL],
    "drafter": [Status.DRAFTING],
    "customs": [Status.CUSTOMS],
    "committee": [Status.COMMITTEE],
    "signatory": [Status.SIGNATURE],
    "publisher": [Status.GRANTED],
    "auditor": [Status.DENIED],
}
# The public's pages are crawled once, for anybody; a person who signs in is followed through these only.
BEHIND_SIGN_IN = ("/petitions/", "/review/", "/legal/", "/customs/", "/sign/", "/notices/")
WITHIN = {"": ("/",), "responder": ("/docket/",)}
DOWNLOADS = re.compile(
    r"\.(csv|xlsx|json|txt|ics|docx|pdf)$|/feed/$|/documents/|/letters/|^/(admin|api|health|static|accounts)/"
)
KINDS = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "ID"),
    (re.compile(r"USTR-\d{4}-\d{4}-\d+(-R\d+)?"), "REFERENCE"),
    (re.compile(r"/tariff/[0-9.]+/"), "/tariff/NUMBER/"),
    (re.compile(r"/exclusions/[^/]+/"), "/exclusions/REFERENCE/"),
    (re.compile(r"/rounds/[^/]+/"), "/rounds/ROUND/"),
    (re.compile(r"/help/[^/]+/"), "/help/PAGE/"),
    (re.compile(r"/findings/[^/]+/"), "/findings/CRITERION/"),
    (re.compile(r"/\d+/"), "/NUMBER/"),
]
# A list that is cards on a telephone must not be cut off within its own box either.
CUT_OFF = """() => [...document.querySelectorAll('.usa-table--stacked')].filter(t => innerWidth < 640
  && t.parentElement.scrollWidth > t.parentElement.clientWidth + 1).map(t => t.parentElement.ariaLabel)"""
LINKS = "() => [...document.querySelectorAll('main a[href]')].map(a => a.href)"


def kind_of(address: str) -> str:
    """Return what two pages of one kind have in common: the path without what names the one thing it shows."""
    path = urlsplit(address).path
    for pattern, word in KINDS:
        path = pattern.sub(word, path)
    return path


def crawl(page: Page, home: str, doors: list[str], only: tuple[str, ...], look: Callable[[str], None]) -> set[str]:
    """Let `look` judge each door, then each further kind of page that links lead to; return the kinds."""
    waiting, known = [urljoin(home, door) for door in doors], set[str]()
    unopened = len(doors)
    while waiting:
        address = waiting.pop(0)
        path, kind = urlsplit(address).path, kind_of(address)
        foreign = not address.startswith(home) or DOWNLOADS.search(path) or not path.startswith(only)
        if unopened <= 0 and (foreign or kind in known):
            continue
        unopened -= 1
        known.add(kind)
        look(address)
        waiting += page.evaluate(LINKS)
    return known


@pytest.mark.parametrize("who", list(DOORS))
def test_whoever_follows_the_links_meets_only_sound_pages(
    page: Page,
    live_server: Any,
    clock: Any,
    who: str,
    cast: dict[str, User],
    petition_in: Callable[[Status], Petition],
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    doors = list(DOORS[who])
    for status in STATES[who]:
        petition = petition_in(status)
        clock.move_to(max(clock.now, petition.updated_at))
        if who == "importer":
            doors.append(f"/petitions/{petition.pk}/")
        elif who in {"", "responder"}:
            doors.append(f"/docket/{petition.reference}/")
    if who in cast:
        sign_in(cast[who])
    looked_at = in_turn(list(DOORS).index(who))

    def look(address: str) -> None:
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, f"{who or 'anybody'} follows a link to {address}: {answer.status}"
        assert page.locator("h1").count() == 1, f"{address} needs one h1"
        by_axe = next(looked_at)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than {width} px"
            assert page.evaluate(CUT_OFF) == [], f"{address} hides part of a table at {width} px"
            if width in by_axe:
                assert_accessible(page)
            if shots := os.environ.get("SHOTS"):
                name = f"{who or 'anybody'}{urlsplit(address).path.replace('/', '-')[-60:]}{width}.png"
                page.screenshot(path=Path(shots) / name, full_page=True)

    assert crawl(page, live_server.url, doors, WITHIN.get(who, BEHIND_SIGN_IN), look)
