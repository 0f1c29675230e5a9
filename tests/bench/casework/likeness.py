"""The petitions of the real dockets, and which opposite answers to one product lie within one cluster."""

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exclusions.gateways.docket_table import read_docket_table
from exclusions.likeness import Group, Row

DOCKETS = {
    "USTR-2018-0032": "petitions/ustr_2018_0032_list2_requests.csv.gz",
    "USTR-2019-0005": "petitions/ustr_2019_0005_list3_requests.csv.gz",
}
# With 3,647 petitions, most of them but a part number.
FULLEST = "8511400000"


@dataclass(frozen=True)
class Decided(Row):
    """A row of a docket with its answer, and the day of its posting."""

    outcome: str = ""
    posted: date = date.min


def real_rows(data: Path | None = None) -> dict[str, list[Decided]]:
    """Return the petitions of each docket; `data` is the folder of public data."""
    folder = data or Path(os.environ["SHARED_DATA"])
    return {
        docket: [
            Decided(
                row.reference,
                row.hts10,
                row.product,
                requester=row.organization,
                outcome=row.stage,
                posted=row.posted_on,
            )
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
