"""The parts of the benchmark, each of which runs in a process of its own, so that none keeps another's memory."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from tests.bench.goals import Figure
from tests.bench.server import PROJECT, environment


@dataclass(frozen=True)
class Part:
    """A module of this package with `measure(url, data, say)`, which returns figures.

    `whole`: whether it is measured on the site with both real dockets and many live cases, or on one of shipped facts.
    """

    module: str
    whole: bool = False


PARTS = {
    "pages": Part("pages", whole=True),
    "drafts": Part("drafts", whole=True),
    "filing": Part("filing", whole=True),
    "desk": Part("casework.pages", whole=True),
    "cluster": Part("casework.cluster", whole=True),
    "programs": Part("programs", whole=True),
    "mirrors": Part("mirrors", whole=True),
    "weights": Part("lookup.weights", whole=True),
    "lists": Part("lookup.lists", whole=True),  # the last one there: it makes the docket a million rows long
    "sheet": Part("sheet"),
    "matching": Part("matching"),
    "hostile": Part("hostile"),
    "notice": Part("notices.notice"),
    "refunds": Part("lookup.refunds"),
    "watchers": Part("watchers"),
    "goods": Part("lookup.goods"),
    "agreement": Part("agreement"),  # the last one there: it loads other editions
}


def in_process(url: str, data: Path, module: str, function: str = "measure") -> list[Figure]:
    """Return the figures of a module, measured in a process of its own. RuntimeError: it failed, and has said why."""
    command = [sys.executable, "-m", "tests.bench.parts", module, function, url, str(data)]
    ended = subprocess.run(command, cwd=PROJECT, env=environment(url), stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"“{module}” of the benchmark failed; its message is above.")
    return [Figure(**json.loads(line)) for line in ended.stdout.splitlines()]


def tell(text: str) -> None:
    """Tell the person at the terminal; the figures have the standard output for themselves."""
    print(text, file=sys.stderr, flush=True)


def main(module: str, function: str, url: str, data: str) -> None:
    """Measure, and print a line of JSON a figure."""
    import django  # noqa: PLC0415

    django.setup()  # before the modules, which import the product's tables
    measure = getattr(import_module(f"tests.bench.{module}"), function)
    for figure in measure(url, Path(data), tell):
        print(json.dumps(asdict(figure)))


if __name__ == "__main__":
    main(*sys.argv[1:])
