"""How hard pages, mails and letters are to read: the Flesch-Kincaid grade of each.

At most 9 for the public, who read mails and letters too, and 11 for staff. `python -m tests.integration.plain` prints
all of them with their worst sentences.
"""

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exclusions.models import Organization, Petition, Round, User
from tests.factories.cast import SignedIn
from tests.factories.world import World
from tests.integration.plain.addresses import Page, pages
from tests.integration.plain.frozen import frozen_texts, is_frozen
from tests.integration.plain.sentences import MOST_BY_PAGE, MOST_FOR_STAFF, grade, of_mail, of_page, twice, worst
from tests.integration.plain.sources import mails, words_of

KEPT_IN = os.environ.get("GRADES", "")  # a file to which the table is added (tests/integration/plain/__main__.py)
# Pages that are still harder: being rewritten.
STILL_ABOVE: set[str] = set()
# What may stand twice: what it is said of is there twice.
EACH_ITS_OWN = {
    "Business confidential The agency does not publish": "the badge of a group of questions",
    "If this is another one, say in the description": "what to do about each like petition of the same company",
    "Published with": "the hint of a field, which a form has for each finding",
    "Only staff see it": "the hint of a field, which a form has for each finding",
    "Enter figures, names and documents": "the hint of a field, which a form has for each finding",
    "Do not include confidential matter": "the hint of a field, which a form has for each finding",
    "Published and printed": "the hint of a field, in the form of each outcome",
    "Say why all the findings together": "the hint of a field, in the form of each outcome",
    "Say what in the record leads": "the hint of a field, in the form of each outcome",
    "Say what the goods are made for": "the rule that each bad example breaks",
    "Name one product": "the rule that each bad example breaks",
}


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


def names_on_file() -> list[str]:
    """Return what people, products and rounds are called, the longest first: a name is one plain word."""
    found = {
        *Organization.objects.values_list("legal_name", flat=True),
        *Petition.objects.exclude(product_name="").values_list("product_name", flat=True),
        *Round.objects.values_list("title", flat=True),
    }
    return sorted(found, key=len, reverse=True)


def said_on(page: Page, reader: User | None, frozen: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what each address of the page says, with a name for it; an address of a file says nothing."""
    names = re.compile("|".join(map(re.escape, names_on_file())))
    for address in page.addresses:
        response = SignedIn(reader).get(address)
        if response.streaming:
            b"".join(response)
            continue
        if "html" in response["Content-Type"] and response.text.strip():
            yield address, [one for one in of_page(names.sub("Acme", response.text)) if not is_frozen(one, frozen)]


def test_no_page_asks_more_of_its_readers_than_it_may_or_says_a_sentence_twice(
    world: World, cast: dict[str, User]
) -> None:
    frozen, wrong, repeated = frozen_texts(), dict[str, str](), dict[str, list[str]]()
    for page in pages(world):
        most = MOST_FOR_STAFF if page.of_staff else MOST_BY_PAGE
        kind = "staff" if page.of_staff else "public"
        said = dict[str, list[str]]()
        for address, sentences in said_on(page, cast.get(page.reader), frozen):
            name = f"{page.name} {address}" if page.name == "help-page" else page.name
            said.setdefault(name, []).extend(sentences)
            if found := [one for one in twice(sentences) if not one.startswith(tuple(EACH_ITS_OWN))]:
                repeated[address] = found
        for name, sentences in said.items():
            if sentences:
                wrong |= keep(kind, name, list(dict.fromkeys(sentences)), most)
    assert wrong == {}
    assert repeated == {}


@pytest.mark.parametrize("name", mails())
def test_no_mail_or_letter_asks_more_of_its_readers_than_it_may(name: str) -> None:
    assert keep("mail", name, of_mail(words_of(mails()[name])), MOST_BY_PAGE) == {}
