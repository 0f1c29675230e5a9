"""Control characters in every address, parameter and form: 404 or 400 with a sentence, on both databases alike."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import DocketVersion, Organization, User
from exclusions.wording.unprintable import printable, unprintable
from tests.factories.addresses import addresses
from tests.factories.cast import SignedIn
from tests.factories.public import make_public
from tests.integration.fuzz.asking import Case, ask, fault
from tests.integration.fuzz.values import PARAMETERS

pytestmark = pytest.mark.both_databases("PostgreSQL refuses a null character, where SQLite compares it.")
HOSTILE = ("%00", "a%00b", "%01", "a%1Fb", "%7F", "a%0Ab", "a%C2%85b") * 2
IN_TEXT = ("%00", "pump%00", "%01", "a%1F", "%7F")


# Whoever is signed in sends a part: nobody's rights are looked at before the answer.
PART = {"anonymous": 1, "filer": 9, "reviewer1": 9, "admin": 9}
UNSEEN = ("/health/", "/metrics")  # probes are answered before anything is looked at


def changed(url: str) -> list[str]:
    """Return an address with a hostile word in the place of each of its words, and behind it."""
    words = [word for word in url.replace("?", "%3F").split("/") if word]
    return ["/" + "/".join([*words[:at], HOSTILE[at], *words[at + 1 :]]) + "/" for at in range(len(words) + 1)]


def wrong(client: Client, asked: Iterator[str], status: int) -> list[str]:
    client.raise_request_exception = False
    found = []
    with zeal_ignore():
        for case in (Case("GET", address, "a control character") for address in asked):
            answer = ask(client, case)
            if answer.status_code != status or fault(case, answer):
                found.append(f"{case}: {answer.status_code} {fault(case, answer)}")
    return found


@pytest.mark.parametrize("who", PART)
def test_no_address_holds_a_character_that_cannot_be_shown(cast: dict[str, User], who: str) -> None:
    client = SignedIn(cast[who]) if who in cast else Client()
    urls = [address.url for address in addresses()][:: PART[who]]
    asked = (path for url in urls for path in changed(url))
    assert wrong(client, asked, 404) == []


@pytest.mark.parametrize("who", PART)
def test_no_parameter_holds_one_either(cast: dict[str, User], who: str) -> None:
    """Each parameter at some addresses, in turn at the others."""
    client = SignedIn(cast[who]) if who in cast else Client()
    queries = [f"{name}=%00" for name in PARAMETERS] + [f"q={bad}" for bad in IN_TEXT] + ["%01=1", "a=1&a=%00"]
    urls = [address.url for address in addresses() if not address.url.startswith(UNSEEN)][:: PART[who]]
    asked = (f"{url}?{queries[number % len(queries)]}" for number, url in enumerate(urls))
    assert wrong(client, asked, 400) == []


@pytest.mark.django_db
def test_the_sentence_names_the_parameter_and_the_character() -> None:
    page = Client().get("/docket/?organization=a%01b").content.decode()
    assert "organization: delete the character that cannot be shown (U+0001), and ask again." in page
    problem = Client().get("/api/v1/docket/?q=%00")
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["detail"] == "q: delete the character that cannot be shown (U+0000), and ask again."


@pytest.mark.django_db
def test_line_ends_and_tabs_are_fine_in_words() -> None:
    assert Client().get("/search/?q=pump%09%0D%0Acast").status_code == 200


def test_a_form_is_taken_without_what_cannot_be_shown(nobody: User) -> None:
    sent = {"legal_name": "North\x00ern\x01 Forge", "kind": "company"}
    answer = SignedIn(nobody).post(reverse("organizations"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Organization.objects.filter(legal_name="Northern Forge").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("feed", ["/docket/feed/", "/rounds/feed/"])
def test_a_feed_of_rows_that_hold_one_can_be_read(feed: str) -> None:
    make_public(1, product_name="Breast\x01 pumps\x0c", organization_name="Meadow\x08lark")
    DocketVersion.advance()
    answer = Client().get(feed)
    assert answer.status_code == 200
    assert not unprintable(answer.content.decode())


def test_what_cannot_be_shown_has_a_name() -> None:
    assert unprintable("a\tb\r\nc") == ""
    assert [unprintable(text) for text in ("a\x00", "\x1f", "\x7f", "\x85", "\ud800")] == [
        "U+0000", "U+001F", "U+007F", "U+0085", "U+D800",
    ]  # fmt: skip
    assert printable("a\x00b\tc\ud800") == "ab\tc"
