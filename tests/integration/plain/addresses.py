"""Every page that people read, with who reads it, from the tables that the tests of addresses are held to.

A page is public where everybody is let in or where an importer is; it is the staff's where staff alone are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from exclusions.actions.record.notifications import deliver
from exclusions.queries.lookup.help_pages import PAGES as HELP
from tests.factories.who_enters import OUTSIDE, Row
from tests.factories.world import World
from tests.functional.lookup.public_pages import ASKED
from tests.integration.core.test_every_url_every_role import ROWS

# Who reads a page, where several may: the first of these that is let in.
READERS = ("anonymous", "importer", "reviewer1", "legal", "intake", "publisher", "signatory", "admin")


@dataclass(frozen=True)
class Page:
    """One name of the URL table: the addresses under which it is read, by whom, and whether staff alone read it."""

    name: str
    addresses: tuple[str, ...]
    reader: str
    of_staff: bool


def pages(world: World) -> Iterator[Page]:
    """Yield every page but those that are no HTML; what has to stand there is made, and its mail is sent."""
    for name, row in sorted(ROWS.items()):
        if row.status == 200 and row.inside and not name.startswith(("api-", "health-")):
            address = reverse(name, kwargs=row.arguments(world))
            deliver(at=timezone.now())
            more = [f"{address}{asked}" for asked in ASKED.get(name, ()) if asked]
            yield Page(name, (address, *more, *_others(name)), reader(row), not row.inside & OUTSIDE)


def reader(row: Row) -> str:
    """Return the member of the cast who reads the page."""
    return next((name for name in READERS if name in row.inside), min(row.inside - {"anonymous"}, default="anonymous"))


def _others(name: str) -> Iterator[str]:
    if name == "help-page":
        yield from (reverse("help-page", args=[page.slug]) for page in HELP)
