"""What lived, with the reason where somebody gave one, and the score."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.judging import Mutant
from tests.mutation.targets import GOAL

SURVIVORS = Path(__file__).with_name("survivors.toml")


class Verdicts:
    """The verdicts so far, one a line in a file, so that a run can go on where it was stopped."""

    def __init__(self, file: Path, *, fresh: bool = False) -> None:
        self.file = file
        if fresh:
            file.unlink(missing_ok=True)
        lines = file.read_text().splitlines() if file.exists() else []
        self.known: dict[str, str] = dict(json.loads(line) for line in lines)

    def add(self, mutant: Mutant, verdict: str) -> None:
        """Keep a verdict at once."""
        self.known[mutant.key] = verdict
        with self.file.open("a") as file:
            file.write(json.dumps([mutant.key, verdict]) + "\n")


@dataclass(frozen=True)
class Reason:
    """Why a fault may live: where, what change, and the words of whoever looked at it."""

    module: str
    place: str
    change: str
    reason: str

    def fits(self, mutant: Mutant) -> bool:
        """Whether this speaks of that mutant; a line number would move with every edit, so there is none."""
        return (self.module, self.place, self.change) == (mutant.module, mutant.place, mutant.words)


def reasons() -> list[Reason]:
    """Return the reasons on file; a row that is not whole is a fault of the file."""
    rows = tomllib.loads(SURVIVORS.read_text()).get("survivor", [])
    found = [Reason(**row) for row in rows]
    empty = [row for row in found if not row.reason.strip()]
    if empty:
        raise SystemExit(
            f"{SURVIVORS.name}: no reason is given for {empty[0].module} {empty[0].place} {empty[0].change}"
        )
    return found


def report(mutants: list[Mutant], verdicts: Verdicts, *, whole: bool) -> int:
    """Print the score of each module, the survivors and the rows that fit nothing; return the exit status."""
    given = reasons()
    judged = [(mutant, verdicts.known[mutant.key]) for mutant in mutants if mutant.key in verdicts.known]
    counts: dict[str, Counter[str]] = {}
    for mutant, verdict in judged:
        counts.setdefault(mutant.module, Counter())[verdict] += 1
    print(f"\n{'Module':52} {'Mutants':>8} {'Killed':>8} {'Score':>7}")
    for module, count in counts.items():
        print(f"{module:52} {count.total():8} {count['killed']:8} {100 * count['killed'] / count.total():6.1f}%")
    lived = [(mutant, verdict) for mutant, verdict in judged if verdict != "killed"]
    score = 100 * (len(judged) - len(lived)) / max(1, len(judged))
    unexplained = [each for each in lived if not any(row.fits(each[0]) for row in given)]
    print(f"{'All':52} {len(judged):8} {len(judged) - len(lived):8} {score:6.1f}%")
    print(f"{len(lived)} lived, {len(lived) - len(unexplained)} of them with a reason in {SURVIVORS.name}.")
    for mutant, verdict in unexplained:
        print(f"\n[[survivor]]  # {verdict}, line {mutant.line}, {len(mutant.tests)} tests run it")
        for name, value in (("module", mutant.module), ("place", mutant.place), ("change", mutant.words)):
            print(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        print('reason = ""')
    idle = [row for row in given if whole and not any(row.fits(mutant) for mutant, _ in lived)]
    for row in idle:
        print(f"\n{SURVIVORS.name} gives a reason for what does not live: {row.module} {row.place}: {row.change}")
    if whole and score < GOAL:
        print(f"\nThe goal is {GOAL}%.")
    return int(bool(unexplained or idle) or (whole and score < GOAL))
