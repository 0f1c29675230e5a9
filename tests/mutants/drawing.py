"""Which faults are judged, and which of those that lived have a reason in survivors.toml."""

import json
import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

SURVIVORS = Path(__file__).with_name("survivors.toml")
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """One fault by what no other edit moves: no line number, nor mutmut's count."""

    module: str  # its path within the project
    place: str  # the function, class or table
    change: str

    @property
    def name(self) -> str:
        """Return it in one line."""
        return f"{self.module} {self.place}: {self.change}"


def draw(faults: Sequence[T], sample: int, seed: int) -> list[T]:
    """Return all of them, or that many drawn with the seed."""
    return random.Random(seed).sample(faults, min(sample, len(faults))) if sample else list(faults)


def from_mutmut(name: str, shown: str) -> Fault:
    """Return the fault of a name of mutmut's, a.x_f__mutmut_1 or a.xǁClassǁf__mutmut_1, and of what it shows of it."""
    place = name.rpartition(".")[2].rpartition("__mutmut_")[0].removeprefix("x").strip("ǁ").replace("ǁ", ".")
    lines = shown.splitlines()
    module = next(line.removeprefix("--- ") for line in lines if line.startswith("--- "))
    changed = [line for line in lines if not line.startswith(("--- ", "+++ "))]
    was, now = (" ".join(line[1:].strip() for line in changed if line.startswith(sign)) for sign in "-+")
    return Fault(module, place if "." in place else place.removeprefix("_"), f"{was} -> {now}")


def reasons(file: Path = SURVIVORS) -> list[Fault]:
    """Return what may live: the rows of the file, each of which has to say why."""
    rows = tomllib.loads(file.read_text()).get("survivor", [])
    given = [(Fault(row["module"], row["place"], row["change"]), row["reason"].strip()) for row in rows]
    if bare := [fault.name for fault, reason in given if not reason]:
        raise SystemExit(f"{file.name}: no reason is given for {bare[0]}")
    return [fault for fault, _ in given]


def fits(row: Fault, fault: Fault) -> bool:
    """Whether a row of the file speaks of a fault: its “…” stands for anything."""
    change = ".*".join(re.escape(part) for part in row.change.split("…"))
    return (row.module, row.place) == (fault.module, fault.place) and bool(re.fullmatch(change, fault.change))


def unexplained(lived: Sequence[Fault], file: Path = SURVIVORS, *, whole: bool = False) -> int:
    """Print those without a reason as rows of the file, and after a whole run the rows that fit none; count both."""
    given = reasons(file)
    bare = [fault for fault in lived if not any(fits(row, fault) for row in given)]
    idle = [row for row in given if whole and not any(fits(row, fault) for fault in lived)]
    for fault in bare:
        print("\n[[survivor]]")
        for field in ("module", "place", "change"):
            print(f"{field} = {json.dumps(getattr(fault, field), ensure_ascii=False)}")
        print('reason = ""')
    for row in idle:
        print(f"\n{file.name} gives a reason for what does not live: {row.name}")
    return len(bare) + len(idle)
