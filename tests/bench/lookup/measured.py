"""How often the right heading is found: for the frozen everyday queries, and for real names of petitions."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from django.db import transaction

from exclusions.gateways.tariff.shipped_schedule import shipped_words
from exclusions.goods.texts import affirmed
from exclusions.goods.words import terms
from exclusions.likeness.words import parse_name
from exclusions.models import Evidence, PublicPetition
from exclusions.queries.lookup.goods_search import find_goods

QUERIES = Path(__file__).with_name("queries.csv")
DAY = date(2026, 5, 1)  # of the edition that is shipped
FIRST = 5
ORGANIZATIONS, SEED = 400, 301


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent."""
        return 100 * self.hits / self.of

    def interval(self) -> tuple[float, float]:
        """Return the ends of the Wilson interval (95 percent) in percent."""
        z, n, p = 1.96, self.of, self.hits / self.of
        middle, wide = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return 100 * (middle - wide) / (1 + z * z / n), 100 * (middle + wide) / (1 + z * z / n)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.hits} of {self.of}, {self.percent:.1f}% [{low:.1f} to {high:.1f}]"


@dataclass(frozen=True)
class Query:
    """A frozen query and the headings that are right for it."""

    words: str
    right: frozenset[str]
    group: str


def queries() -> list[Query]:
    """Return the frozen queries."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [
            Query(row["query"], frozenset(row["acceptable_hs4"].split()), row["group"]) for row in csv.DictReader(file)
        ]


def listed() -> set[frozenset[str]]:
    """Return what the shipped lists of words hold, each phrase by its stems."""
    return {frozenset(terms(fact.phrase)) for fact in shipped_words()}


def everyday() -> dict[str, Share]:
    """Return the shares of the frozen queries on the database at hand, by what is measured."""
    known = listed()
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for query in queries():
        found = [heading.number for heading in find_goods(query.words, DAY).headings]
        in_five = bool(query.right.intersection(found[:FIRST]))
        hits["in the first five"].append(in_five)
        hits["first"].append(bool(query.right.intersection(found[:1])))
        if query.group == "misspelt":
            hits["misspelt, in the first five"].append(in_five)
        elif frozenset(terms(query.words)) not in known:
            hits["in neither list, in the first five"].append(in_five)
    return {name: Share(sum(found), len(found)) for name, found in hits.items()}


def real_names() -> Share:
    """Return how often the heading of a real product name is in the first five, one name each of 400 organizations.

    What that organization alone called its goods is left out of the evidence; names without a word are not drawn.
    """
    given: defaultdict[str, dict[str, str]] = defaultdict(dict)
    givers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    rows = PublicPetition.objects.filter(historical=True).exclude(hts10="").order_by("reference")
    for who, name, number in rows.values_list("organization_name", "product_name", "hts10"):
        taken_apart = parse_name(name)
        if not taken_apart.words or taken_apart.only_a_code:
            continue
        given[who.casefold()][name] = number
        givers[number[:6], " ".join(terms(affirmed(name)))].add(who.casefold())
    chance = random.Random(SEED)
    hits = []
    for who in chance.sample(sorted(given), ORGANIZATIONS):
        name = chance.choice(sorted(given[who]))
        own = {key for key, organizations in givers.items() if organizations == {who}}
        hits.append(_is_found(name, given[who][name][:4], own))
    return Share(sum(hits), len(hits))


def _is_found(name: str, heading: str, left_out: Iterable[tuple[str, str]]) -> bool:
    with transaction.atomic():
        for number, stems in left_out:
            Evidence.objects.filter(kind=Evidence.Kind.NAME, number=number, terms=stems).delete()
        found = [place.number for place in find_goods(name, DAY, headings=FIRST).headings]
        transaction.set_rollback(True)
    return heading in found
