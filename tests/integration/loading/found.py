"""Every petition of a docket on file is among what its number, its organization, and a word of its product find; and
the search shows all of them, page after page.
"""

import re
from collections import defaultdict
from collections.abc import Callable

from django.db import connection

from exclusions.goods.asked import read_asked
from exclusions.hts import dotted
from exclusions.models import PublicPetition
from exclusions.queries.lookup.search.other_hits import petition_hits

WORD = re.compile(r"[^\W_]+")
# The longest words of some products in List 3 that PostgreSQL's English dictionary leaves out.
LEFT_OUT: dict[str, set[str]] = {"sqlite": set(), "postgresql": {"between", "has", "other", "through"}}


def missing(asked: dict[str, set[int]]) -> list[str]:
    """Return the queries that do not find all the petitions they should."""
    return [
        query for query, keys in asked.items()
        if not keys <= set(PublicPetition.objects.matching(query).values_list("pk", flat=True))
    ]  # fmt: skip


def by(key: Callable[[PublicPetition], str]) -> dict[str, set[int]]:
    asked: dict[str, set[int]] = defaultdict(set)
    for row in PublicPetition.objects.only("hts10", "organization_name", "product_name"):
        if said := key(row):
            asked[said].add(row.pk)
    return asked


def longest_word(row: PublicPetition) -> str:
    return max(WORD.findall(row.product_name), key=len, default="")


def assert_every_row_is_found() -> None:
    """Ask for each row by each of them."""
    assert missing(by(lambda row: dotted(row.hts10))) == []
    assert missing(by(lambda row: row.hts10)) == []
    assert missing(by(lambda row: row.organization_name)) == []
    assert {word.lower() for word in missing(by(longest_word))} <= LEFT_OUT[connection.vendor]

    asked = read_asked("pump")
    expected = set(PublicPetition.objects.matching("pump").values_list("reference", flat=True))
    shown = [
        hit.number for start in range(0, len(expected), 25) for hit in petition_hits(asked, start, 25, frozenset())
    ]
    assert len(shown) == len(set(shown))
    assert set(shown) == expected
