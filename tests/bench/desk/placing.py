"""How long the proposal for a new case takes: `python -m tests.bench.desk.placing NUMBER`, milliseconds, one a line.

The cases of the number are read from the store and parsed anew each time, as a process does that has just started.
"""

import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402

from exclusions.likeness import Group, Row, place, words  # noqa: E402
from exclusions.queries.desk.clusters.stored import likeness_rows  # noqa: E402

NAMES = ("410-52568", "Starter motor", "Starter motors for engines", "Permanent magnet starter, 12 V", "")


def main(number: str) -> None:
    """Place each name among the cases of the number, each of which is a group of its own: the most to compare."""
    connection.ensure_connection()
    for name in NAMES:
        words.said.cache_clear()
        begun = time.perf_counter()
        groups = [Group((row,)) for row in likeness_rows(hts10=number)]
        place(Row("NEW", number, name, requester="A new importer"), groups)
        print((time.perf_counter() - begun) * 1000)


if __name__ == "__main__":
    main(sys.argv[1])
