"""Spanish words for goods: what makes them comparable, when they count, and the queries that measure them."""

import csv
import hashlib
from pathlib import Path

import pytest

from exclusions.gateways.tariff.shipped_schedule import shipped_edition, shipped_spanish
from exclusions.goods.spanish import read_in_spanish, spanish_stem, spanish_terms
from exclusions.goods.words import words_of

QUERIES = Path("tests/bench/lookup/spanish_queries.csv")
FROZEN = "5ea6182ada459657bef55791445fac26c1fdcbad95056ac3a9cf27a4951abda1"


def asked() -> list[dict[str, str]]:
    return list(csv.DictReader(QUERIES.read_text(encoding="utf-8").splitlines()))


def test_the_queries_are_the_hundred_that_were_frozen_before_the_list_was_written() -> None:
    assert hashlib.sha256(QUERIES.read_bytes()).hexdigest() == FROZEN
    assert len({row["query"] for row in asked()}) == 100


def test_no_query_is_in_the_list_as_such() -> None:
    listed = {frozenset(text[4].split()) for texts in shipped_spanish().values() for text in texts}
    assert [row["query"] for row in asked() if frozenset(spanish_terms(words_of(row["query"]))) in listed] == []


def test_the_list_has_six_hundred_words_at_least_and_headings_that_stand() -> None:
    there = {line.number[:4] for line in shipped_edition().lines}
    assert len(shipped_spanish()) >= 600
    assert {text[0] for texts in shipped_spanish().values() for text in texts} - there == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sartén", "sartenes"),
        ("luz", "luces"),
        ("cable", "cables"),
        ("tornillo", "Tornillos"),
        ("camión", "camiones"),
        ("lápiz", "lápices"),
        ("eléctrico", "eléctricas"),
        ("reloj", "relojes"),
    ],
)
def test_plurals_and_the_gender_of_adjectives_are_one_word(one: str, other: str) -> None:
    assert [spanish_stem(word) for word in words_of(one)] == [spanish_stem(word) for word in words_of(other)]


@pytest.mark.parametrize(("one", "other"), [("plato", "plata"), ("foco", "foca"), ("lima", "limo")])
def test_what_differs_by_more_stays_two_words(one: str, other: str) -> None:
    assert spanish_stem(one) != spanish_stem(other)


def test_spanish_counts_only_where_english_does_not_know_a_word() -> None:
    spanish = shipped_spanish()
    assert read_in_spanish(["tornillos"], {}, spanish) == ["~tornillo"]
    assert read_in_spanish(["cables"], {"cable": 1}, spanish) == []
    assert read_in_spanish(["cables", "de", "acero"], {"cable": 1, "de": 1}, spanish) == ["~cabl", "~acero"]
    assert read_in_spanish(["xyzzy"], {}, spanish) == []
