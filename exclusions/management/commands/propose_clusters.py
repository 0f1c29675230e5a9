"""Draw the cases of one product together, and print the clusters as CSV, one row a case."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.likeness import Group, propose
from exclusions.queries.casework.clusters.stored import likeness_rows, outcomes
from exclusions.workflow.outcomes import GRANTS, CaseOutcome

HEADER = ("reference", "cluster", "basis", "outcome", "mixed")


class Command(BaseCommand):
    """Reads the case store, live and historical, and changes nothing. What it proposes, reviewers accept or split."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--docket", default="", help="only the cases of this docket, for example USTR-2019-0005")
        parser.add_argument("--out", type=Path, metavar="CSV", help="the file to write (default: standard output)")

    def handle(self, *, docket: str, out: Path | None, **_: Any) -> None:
        """Propose, print the rows, and say in numbers what was found."""
        answers = outcomes(docket=docket)
        if not answers:
            raise CommandError(
                f"The store has no case of docket “{docket}”. Check the number, or load it with load_docket."
                if docket
                else "The store has no case. File petitions, or load a docket with load_docket."
            )
        self.stderr.write(f"Comparing {len(answers):,} cases …")
        groups = propose(likeness_rows(docket=docket))
        try:
            with out.open("w", encoding="utf-8", newline="") if out else nullcontext(self.stdout) as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(HEADER)
                writer.writerows(_rows(groups, answers))
        except OSError as error:
            raise CommandError(
                f"{out} cannot be written ({error.strerror}). Name a file in a folder that may be written to."
            ) from error
        self.stderr.write(_summary(groups, answers))


def _rows(groups: Sequence[Group], answers: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows; a cluster is called by the reference of its head."""
    for group in groups:
        mixed = "yes" if is_mixed(group, answers) else "no"
        head, *_ = group.members
        for row, basis in zip(group.members, group.why or (f"alone: {group.apart}",), strict=True):
            yield row.reference, head.reference, basis, answers[row.reference], mixed


def is_mixed(group: Group, answers: Mapping[str, str]) -> bool:
    """Whether a group holds cases that were granted and cases that were denied."""
    found = {answers[row.reference] for row in group.members}
    return CaseOutcome.DENIED in found and bool(GRANTS & found)


def _summary(groups: Sequence[Group], answers: Mapping[str, str]) -> str:
    several = [group for group in groups if len(group.members) > 1]
    mixed = [group for group in several if is_mixed(group, answers)]
    return (
        f"Clusters: {len(several):,} with {_cases(several):,} cases, {max(map(_size, groups)):,} in the largest. "
        f"Alone: {len(groups) - len(several):,}. With unlike outcomes: {len(mixed):,} with {_cases(mixed):,} cases."
    )


def _size(group: Group) -> int:
    return len(group.members)


def _cases(groups: Sequence[Group]) -> int:
    return sum(map(_size, groups))
