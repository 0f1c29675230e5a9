"""The real items of U.S. note 20: taken apart, written again, and remarked on."""

import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

import pytest

from exclusions.wording import Description, Kind, Known, generate, lint, parse
from exclusions.wording.finding import loose_figures
from exclusions.wording.fit import Verdict, fits, meet
from exclusions.wording.named_numbers import is_whole_number, named_codes
from exclusions.wording.said import Goods

DELETED = ("[Deleted.]", "[Exclusion deleted.]", "[Text deleted. See 85 F.R. 42970.]")


@pytest.fixture(scope="module")
def items(shared_data: Path) -> list[dict[str, str]]:
    with gzip.open(shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz", "rt", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def understood(description: Description) -> bool:
    """Whether noun, limits and units were told apart: no figure is left over that is no name of anything."""
    nouns = [clause for clause in description.clauses if clause.kind is Kind.NOUN]
    return (
        bool(nouns and description.noun)
        and len(description.noun.split()) <= 8
        and not loose_figures(description.body, description.limits)
        and all(limit.unit for limit in description.limits)
    )


def test_numbers_form_and_text_of_the_real_items(items: list[dict[str, str]]) -> None:
    right = [
        item
        for item in items
        if is_whole_number(item["text"]) is (item["whole_statistical_number"] == "Y")
        and set(filter(None, item["hts10"].split(";"))) <= set(named_codes(item["text"]))
        and generate(parse(item["text"])) == " ".join(item["text"].split())
    ]
    assert len(items) == 2490
    assert len(right) / len(items) >= 0.95, len(right)


def test_noun_limits_and_units_are_told_apart_and_written_back_word_by_word(items: list[dict[str, str]]) -> None:
    parsed = [(item["text"], parse(item["text"])) for item in items if not is_whole_number(item["text"])]
    told = [(text, description) for text, description in parsed if understood(description)]
    sys.stdout.write(f"{len(told):,} of {len(parsed):,} descriptions\n")
    assert len(told) / len(items) >= 0.7
    assert [text for text, description in told if generate(description) != " ".join(text.split())] == []
    assert sum(bool(d.limits) for _, d in told) > 1000
    assert sum(not d.tail for _, d in told) / len(told) > 0.98, "the end with the numbers is written from its parts"


def test_the_linter_remarks_on_few_of_the_real_texts(items: list[dict[str, str]]) -> None:
    counted: Counter[str] = Counter()
    touched = errors = 0
    for item in items:
        remarks = lint(item["text"], Known(annex=True))
        counted.update({remark.rule for remark in remarks})
        touched += bool(remarks)
        errors += any(remark.severity == "error" for remark in remarks)
    sys.stdout.write(f"{touched:,} of {len(items):,} texts ({touched / len(items):.1%}): {counted.most_common()}\n")
    assert touched / len(items) <= 0.05
    different = {item["text"] for item in items}
    assert sum(bool(lint(text, Known(annex=True))) for text in different) / len(different) <= 0.05
    assert errors == 0


def test_goods_described_in_the_words_of_a_real_text_satisfy_it(items: list[dict[str, str]]) -> None:
    texts = {item["text"] for item in items if not is_whole_number(item["text"])}
    parsed = [parse(text) for text in texts]
    assert [text.body for text in parsed if fits(text, Goods(text.body)).verdict is not Verdict.YES] == []
    assert [text.body for text in parsed if meet(text, text).verdict is not Verdict.YES] == []
