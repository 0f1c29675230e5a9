"""What comes with the product so that the schedule can be searched in the first minute: one edition, everyday words.

`exclusions/data/README.md` says where they come from.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from exclusions.gateways.tariff.hts_edition import Edition, read_edition
from exclusions.goods.scoring import Said
from exclusions.goods.spanish import spanish_terms
from exclusions.goods.words import words_of

DATA = Path(__file__).resolve().parents[2] / "data"
EDITION_NAME, EDITION_START = "2026 Rev 6", date(2026, 4, 23)
EDITION_FILE = DATA / "hts_2026_rev_6.csv.gz"
OWN_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class WordFact:
    """An everyday word or phrase and the plain number, four or six digits, that it belongs to."""

    phrase: str
    number: str
    confidence: float


def shipped_edition() -> Edition:
    """Return the edition that is shipped, EDITION_NAME, which speaks from EDITION_START on."""
    return read_edition(EDITION_FILE, [])


@cache
def shipped_words() -> tuple[WordFact, ...]:
    """Return the everyday words of both shipped lists."""
    return (*_public_words(), *_american_words())


@cache
def shipped_notes() -> dict[str, str]:
    """Return, for the stem of a word that does not say enough, the sentence on what the place of such goods depends."""
    with (DATA / "notes_on_goods.csv").open(encoding="utf-8", newline="") as file:
        return {word: row["sentence"] for row in csv.DictReader(file) for word in row["words"].split()}


@cache
def shipped_spanish() -> dict[str, tuple[Said, ...]]:
    """Return, for each Spanish stem, the texts of the shipped list that have it, as evidence for their headings."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    with (DATA / "spanish_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["phrases"].split("; "):
                said = spanish_terms(words_of(phrase))
                text = (row["number"], row["number"], "word", phrase, " ".join(said), said[0], OWN_CONFIDENCE)
                for term in said:
                    found[term].append(text)
    return {term: tuple(texts) for term, texts in found.items()}


def _public_words() -> Iterator[WordFact]:
    with (DATA / "words_for_goods.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["phrases"].split("; "):
                yield WordFact(phrase, row["number"], float(row["confidence"]))


def _american_words() -> Iterator[WordFact]:
    with (DATA / "american_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["phrases"].split("; "):
                yield WordFact(phrase, row["number"], OWN_CONFIDENCE)
