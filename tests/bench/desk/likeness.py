"""Clusters on the real dockets: how long they take, and which opposite answers lie within one."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from exclusions.gateways.docket_table import read_docket_table
from exclusions.likeness import Group, Row, propose
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage, module

DOCKETS = {
    "USTR-2018-0032": "petitions/ustr_2018_0032_list2_requests.csv.gz",
    "USTR-2019-0005": "petitions/ustr_2019_0005_list3_requests.csv.gz",
}


# With 3,647 petitions, most of them but a part number.
FULLEST = "8511400000"


@dataclass(frozen=True)
class Decided(Row):
    """A row of a docket with its answer."""

    outcome: str = ""


def real_rows(data: Path | None = None) -> dict[str, list[Decided]]:
    """Return the petitions of each docket; `data` is the folder of public data."""
    folder = data or Path(os.environ["SHARED_DATA"])
    return {
        docket: [
            Decided(row.reference, row.hts10, row.product, requester=row.organization, outcome=row.stage)
            for row in read_docket_table(folder / file, docket).rows
        ]
        for docket, file in DOCKETS.items()
    }


def opposite(rows: Iterable[Decided]) -> list[list[Decided]]:
    """Return the cases of one number and name, letters and digits alike, of several requesters, with unlike answers."""
    named: defaultdict[tuple[str, str], list[Decided]] = defaultdict(list)
    for row in rows:
        if letters := "".join(filter(str.isalnum, row.product.casefold())):
            named[row.hts10, letters].append(row)
    return [
        cases
        for cases in named.values()
        if len({row.requester for row in cases}) > 1 and len({row.outcome for row in cases}) > 1
    ]


def within_one(cases: Iterable[Row], groups: Iterable[Group]) -> bool:
    """Whether the cases are all in one group."""
    wanted = {row.reference for row in cases}
    return any(wanted.issubset(row.reference for row in group.members) for group in groups)


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return how long the clusters of both real dockets take, and the placing of a new case on the fullest number."""
    say("  proposing clusters of both dockets …")
    manage(url, "load_docket", str(data / DOCKETS["USTR-2018-0032"]), "--docket", "USTR-2018-0032")
    seconds, memory = manage(url, "propose_clusters", "--out", os.devnull)
    say("  placing new cases among 3,647 of one number …")
    took = [float(line) for line in module(url, "tests.bench.desk.placing", FULLEST).split()]
    note = f"median {median(took):.1f} ms"
    return [
        Figure("all proposals, both dockets", seconds, "s", goals.PROPOSALS_SECONDS),
        Figure("all proposals, peak memory", memory, "MiB", goals.PROPOSALS_MIB),
        Figure("a new case among 3,647 of a number", max(took), "ms", goals.PLACING_MILLISECONDS, note),
        *_unseen(real_rows(data)),
    ]


def _unseen(rows: dict[str, list[Decided]]) -> list[Figure]:
    """Return how many opposite answers to one name and number lie in several groups, where no gate looks."""
    figures = []
    for docket, decided in rows.items():
        groups, answers = propose(decided), opposite(decided)
        apart = sum(not within_one(cases, groups) for cases in answers)
        name = f"opposite answers apart, of {len(answers)} in {docket}"
        figures.append(Figure(name, apart, "groups", goals.OPPOSITE_APART))
    return figures
