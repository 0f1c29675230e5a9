"""Random look-ups, each held against what a public source says: `python -m tests.bench.agreement_asked FOLDER`.

Prints how many were asked; then one row a kind of failure: its name, how many, and the first ones.
"""

import random
import sys
from pathlib import Path

import django

django.setup()

from exclusions.hts import parse  # noqa: E402
from exclusions.queries.tariff.number_facts import number_facts  # noqa: E402
from tests.bench.tariff_sources import Said, all_said  # noqa: E402

ASKED, SEED, SHOWN = 2_000, 301, 5


def main(folder: Path) -> None:
    """Ask as the page of a number does."""
    said = random.Random(SEED).sample(all_said(folder), ASKED)
    differ, silent = [], []
    for one in said:
        facts = number_facts(parse(one.number), one.day)
        if one.heading not in {item.heading for item in facts.coverage}:
            differ.append(one)
        if not facts.has_answer:
            silent.append(one)
    print(len(said))
    for name, found in (("look-ups that differ", differ), ("without an answer", silent)):
        print(name, len(found), shown(found), sep="\t")


def shown(found: list[Said]) -> str:
    """Return the first of those that failed."""
    return "; ".join(f"{one.number} {one.day} {one.heading} ({one.source})" for one in found[:SHOWN])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
