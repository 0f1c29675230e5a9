"""How deep the tests go.

`make test` goes as deep as fits into a quarter of an hour on two cores: a few tests that take
long and have a quicker kin are left out there (mark `deep`), and what is tried many times at random is tried less often
(`so_many`). Some try at each door, form or page a part of what the next one is tried with, so that each thing is tried
somewhere: the written forms of a value (`forms_at`), the answers of several forms (`tried_elsewhere`), the widths at
which axe looks (`in_turn`). `make test DEEP=1` and whoever names tests to pytest go
all the way.
"""

import os

DEEP = os.environ.get("DEEP", "1") not in {"", "0"}


def so_many(quick: int, deep: int) -> int:
    """Return how often something is tried: the first number in `make test`, else the second."""
    return deep if DEEP else quick
