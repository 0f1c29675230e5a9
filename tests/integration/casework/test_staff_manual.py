"""The staff manual: who reads it, that each staff page leads to its part, and that its words are those of the pages."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from exclusions.criteria import CODED_REASONS
from exclusions.models import User
from exclusions.permissions.case_entries import CASE_ENTRIES
from exclusions.queries.casework.manual_pages import PAGES, ManualPage, manual_of
from exclusions.queries.casework.manual_tables import TABLES, tables_of
from exclusions.wording.letter_kinds import KINDS
from exclusions.workflow.targets import DEFAULT_DAYS
from exclusions.workflow.two_persons import ACTS
from tests.factories.cast import SignedIn
from tests.factories.who_enters import OUTSIDE
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
STRONG = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
# Pages of staff that are files, or the manual itself.
NO_PAGE = {"notice-draft-file", "case-document", "case-letter", "review-access-export", "staff_manual",
           "staff_manual_page"}  # fmt: skip
# What is set in bold in the manual and is a name for a step of the reader, not a word of a page.
NAMED = {"List.", "Lines.", "Form.", "Round."}


def staff_pages() -> list[str]:
    """Return the name of each address that answers staff alone with a page, by the table of who enters where."""
    outside = OUTSIDE | {"anonymous"}
    return [
        name for name, row in ROWS.items()
        if row.inside and not row.inside & outside and row.status == 200 and name not in NO_PAGE
    ]  # fmt: skip


def test_each_page_of_the_staff_and_each_entry_has_its_part_of_the_manual() -> None:
    without = [name for name in staff_pages() if name != "case-entry" and manual_of(name) is None]
    assert without == []
    assert [kind for kind in CASE_ENTRIES if manual_of("case-entry", kind) is None] == []


def test_the_manual_names_no_page_that_there_is_not() -> None:
    assert {route.partition(":")[0] for page in PAGES for route in page.of} <= ROWS.keys()


def test_staff_pages_lead_to_their_part_of_the_manual_and_others_read_no_link(
    world: World, cast: dict[str, User]
) -> None:
    for who, name, arguments in (
        ("reviewer1", "review", []),
        ("reviewer1", "case", [world.level1.reference]),
        ("reviewer1", "clusters", []),
        ("legal", "letter-templates", []),
        ("publisher", "notices", []),
        ("signatory", "terms", []),
        ("legal", "case-text", [world.level1.reference]),
    ):
        page = SignedIn(cast[who]).get(reverse(name, args=arguments)).content.decode()
        part = manual_of(name)
        assert part is not None
        assert f'<a href="{part.address}">{part.asked}</a>' in page, name
    for client in (SignedIn(None), SignedIn(cast["importer"])):
        assert "tc-howto" not in client.get(reverse("docket")).content.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_of_the_manual_opens_for_staff_with_its_tables(cast: dict[str, User], page: ManualPage) -> None:
    found = SignedIn(cast["customs"]).get(page.address)
    text = unescape(found.content.decode())
    assert page.about in text
    for table in tables_of(page.slug).values():
        assert all(words in text for row in table.rows for words in row)
    assert SignedIn(cast["importer"]).get(page.address).status_code == 404


def test_the_tables_are_whole() -> None:
    codes = {row[0] for name in ("codes", "narrowing") for row in TABLES["reason-codes"][name]().rows}
    assert codes == set(CODED_REASONS)
    assert len(TABLES["two-persons"]["acts"]().rows) == len(ACTS)
    assert len(TABLES["letters"]["letters"]().rows) == len(KINDS)
    assert len(TABLES["first-day"]["statuses"]().rows) == len(DEFAULT_DAYS)


def test_the_words_of_pages_that_the_manual_quotes_stand_on_pages() -> None:
    sources = [*ROOT.joinpath("exclusions").rglob("*.py"), *ROOT.joinpath("templates").rglob("*.html")]
    product = " ".join(
        " ".join(file.read_text().split()) for file in sources if "casework/manual" not in file.as_posix()
    )
    for page in PAGES:
        written = ROOT.joinpath("templates", page.template).read_text()
        quoted = {unescape(" ".join(words.split())) for words in STRONG.findall(written)} - NAMED
        assert [words for words in quoted if words not in product] == [], page.slug


def test_an_unknown_page_of_the_manual_is_not_found(cast: dict[str, User]) -> None:
    client = SignedIn(cast["reviewer1"])
    assert client.get(reverse("staff_manual_page", args=["nonsense"])).status_code == 404
    index = client.get(reverse("staff_manual")).content.decode()
    assert all(page.address in index for page in PAGES)
