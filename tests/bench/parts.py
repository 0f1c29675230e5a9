"""The parts of the benchmark, each of which runs in a process of its own, so that none keeps another's memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench import agreement, hostile, matching, page_figures
from tests.bench.answers import goods, lists, refunds, weights
from tests.bench.desk import clusters, likeness
from tests.bench.desk import pages as desk
from tests.bench.filing import filing_figures
from tests.bench.goals import Figure
from tests.bench.register import notices
from tests.bench.server import PROJECT, environment


def tell(text: str) -> None:
    """Tell the person at the terminal; the figures have the standard output for themselves."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Part:
    """`measure` takes the database's URL, the folder of public data and whom to tell of progress.

    `loaded`: whether it needs a whole edition and the real docket, or but the shipped facts; `live`: whether it is
    measured on a site of its own, with both real dockets and many live cases; `alone`: on one that it fills by itself.
    """

    measure: Callable[[str, Path, Callable[[str], None]], list[Figure]]
    loaded: bool = True
    live: bool = False
    alone: bool = False


PARTS = {
    "pages": Part(page_figures.measure),
    "filing": Part(filing_figures),
    "likeness": Part(likeness.measure),
    "matching": Part(matching.measure, loaded=False),
    "hostile": Part(hostile.measure, loaded=False),
    "desk": Part(desk.measure, live=True),
    "cluster": Part(clusters.measure, live=True),
    "notice": Part(notices.measure, loaded=False),
    "goods": Part(goods.measure, loaded=False),
    "agreement": Part(agreement.measure, loaded=False),
    "weights": Part(weights.measure),
    "refunds": Part(refunds.measure, loaded=False),
    "lists": Part(lists.measure, loaded=False, alone=True),
}


def in_process(name: str, url: str, data: Path) -> list[Figure]:
    """Return the figures of a part, measured in a process of its own. RuntimeError: it failed, and has said why."""
    command = [sys.executable, "-m", "tests.bench.parts", name, url, str(data)]
    done = subprocess.run(command, cwd=PROJECT, env=environment(url), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The part “{name}” of the benchmark failed; its message is above.")
    return [Figure(**json.loads(line)) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    _, chosen, database, folder = sys.argv
    for found in PARTS[chosen].measure(database, Path(folder), tell):
        print(json.dumps(asdict(found)))
