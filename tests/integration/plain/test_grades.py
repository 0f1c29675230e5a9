"""How hard pages, mails and letters are to read: the Flesch-Kincaid grade of each.

At most 9 for the public, who read mails and letters too, and 11 for staff. `python -m tests.integration.plain` prints
all of them with their worst sentences.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from exclusions.models import User
from tests.factories.cast import SignedIn
from tests.factories.world import World
from tests.integration.plain.addresses import Page, pages
from tests.integration.plain.frozen import frozen_texts, is_frozen
from tests.integration.plain.sentences import MOST_BY_PAGE, MOST_FOR_STAFF, grade, of_mail, of_page, worst
from tests.integration.plain.sources import mails, words_of

KEPT_IN = os.environ.get("GRADES", "")  # a file to which the table is added (tests/integration/plain/__main__.py)
# Pages that are still harder: being rewritten.
STILL_ABOVE = {"case-text", "petition-accesses", "petition-delete", "petitions", "search"}


def keep(kind: str, name: str, sentences: list[str], most: float) -> dict[str, str]:
    """Note the grade for the table; return it as wrong where it is above what is allowed."""
    found = grade(sentences)
    if KEPT_IN:
        with Path(KEPT_IN).open("a", newline="") as out:
            hard = " | ".join(f"{one:.1f} {said}" for one, said in worst(sentences))
            csv.writer(out).writerow([kind, name, most, f"{found:.1f}", len(sentences), hard])
    if found <= most or name in STILL_ABOVE:
        return {}
    return {name: f"{found:.1f} of at most {most:.0f}: " + "; ".join(said for _, said in worst(sentences, 3))}


def said_on(page: Page, reader: User | None, frozen: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what each address of the page says, with a name for it; an address of a file says nothing."""
    for address in page.addresses:
        response = SignedIn(reader).get(address)
        if response.streaming:
            b"".join(response)
            continue
        if "html" in response["Content-Type"] and response.text.strip():
            yield address, [one for one in of_page(response.text) if not is_frozen(one, frozen)]


def test_no_page_asks_more_of_its_readers_than_it_may(world: World, cast: dict[str, User]) -> None:
    frozen, wrong = frozen_texts(), dict[str, str]()
    for page in pages(world):
        most = MOST_FOR_STAFF if page.of_staff else MOST_BY_PAGE
        kind = "staff" if page.of_staff else "public"
        said = dict[str, list[str]]()
        for address, sentences in said_on(page, cast.get(page.reader), frozen):
            name = f"{page.name} {address}" if page.name == "help-page" else page.name
            said.setdefault(name, []).extend(sentences)
        for name, sentences in said.items():
            if sentences:
                wrong |= keep(kind, name, list(dict.fromkeys(sentences)), most)
    assert wrong == {}


@pytest.mark.parametrize("name", mails())
def test_no_mail_or_letter_asks_more_of_its_readers_than_it_may(name: str) -> None:
    assert keep("mail", name, of_mail(words_of(mails()[name])), MOST_BY_PAGE) == {}
