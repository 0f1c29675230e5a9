"""What the run mutates, and by whose tests a mutant outside of any function is judged."""

from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# A module that a pattern names twice is mutated once.
TARGETS = (
    "exclusions/workflow/*.py",
    "exclusions/permissions/*.py",
    "exclusions/actions/record/*.py",  # the only writer of a status, the events, the public copy
)
GOAL = 90  # per cent of the mutants


def modules(only: str = "", project: Path = PROJECT) -> list[Path]:
    """Return the modules to mutate, those alone whose path contains `only`; a pattern that finds nothing is a fault."""
    found: set[Path] = set()
    for pattern in TARGETS:
        here = [path for path in project.glob(pattern) if path.read_text().strip()]
        if not here:
            raise SystemExit(f"Nothing is called {pattern} any more: correct TARGETS in tests/mutation/targets.py.")
        found.update(here)
    return sorted(path for path in found if only in path.relative_to(project).as_posix())


def dotted(path: Path, project: Path = PROJECT) -> str:
    """Return the name under which a module is imported."""
    parts = path.relative_to(project).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def importers(name: str, project: Path = PROJECT, *, folder: str = "exclusions") -> Iterator[Path]:
    """Yield the files of the product, or of another folder, whose text imports that module."""
    parent, _, last = name.rpartition(".")
    for path in sorted((project / folder).rglob("*.py")):
        text = path.read_text()
        if f"from {name} import" in text or f"import {name}" in text or _imports(text, parent, last):
            yield path


def _imports(text: str, parent: str, last: str) -> bool:
    for line in text.splitlines():
        if line.startswith(f"from {parent} import") and last in line.replace(",", " ").split():
            return True
    return False
