"""Draws docs/rooms.md from the code: which folder holds what, and which imports which.

    .venv/bin/python .ci/rooms.py           writes it
    .venv/bin/python .ci/rooms.py --check   exits 1 when it is not as the code is

A room is a folder (or a lone module) of `exclusions`; its sentence is the first line of its docstring; an arrow is an
import. Nothing of it is kept by hand.
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

import grimp

PROJECT = Path(__file__).resolve().parent.parent
OUT = PROJECT / "docs" / "rooms.md"
APP = "exclusions"
FLOORS = (
    ("urls",),
    ("views", "api", "admin", "management", "tasks", "templatetags"),
    ("forms",),
    ("actions",),
    ("queries",),
    ("permissions",),
    ("facts",),
    ("models",),
    ("duties",),
    ("workflow", "questionnaires", "checks", "criteria", "likeness", "gateways"),
    ("wording", "goods", "charts"),
    ("errors", "hts", "days"),
)
INTRODUCTION = """# The rooms

Drawn from the code (`.venv/bin/python .ci/rooms.py`); the bar fails when it is out of date. A module imports only what
lies on a lower floor, or beside it in its own room; the doors of the second floor do not import one another.
"""


def sentence(path: Path) -> str:
    """Return the first line of a module's or package's docstring."""
    source = path / "__init__.py" if path.is_dir() else path
    text = ast.get_docstring(ast.parse(source.read_text())) or ""
    return text.partition("\n")[0]


def room_of(module: str) -> str:
    """Return the floor's room that a module of the app belongs to: exclusions.views.public.docket -> views."""
    return module.split(".")[1] if "." in module else ""


def arrows() -> dict[tuple[str, str], int]:
    """Return how many imports lead from one room to another."""
    graph = grimp.build_graph(APP)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = (room_of(module), room_of(imported))
            if all(pair) and pair[0] != pair[1] and not {"migrations", "apps"} & set(pair):
                found[pair] += 1
    return found


def folders(path: Path) -> list[Path]:
    """Return the folders of code below a room, itself first."""
    inside = sorted(
        p for p in path.rglob("*") if p.is_dir() and (p / "__init__.py").exists() and "__pycache__" not in p.parts
    )
    return [path, *inside]


def rows(room: str) -> list[str]:
    """Return the table rows of a room: its folders, or the lone module."""
    path = PROJECT / APP / room
    if not path.is_dir():
        return [f"| `{room}.py` | | {sentence(path.with_suffix('.py'))} |"]
    lines = []
    for folder in folders(path):
        modules = [p for p in folder.glob("*.py") if p.name != "__init__.py"]
        lines.append(f"| `{folder.relative_to(PROJECT / APP)}` | {len(modules) or ''} | {sentence(folder)} |")
    return lines


def picture() -> str:
    """Return the whole page."""
    graph = ["```mermaid", "flowchart TB"]
    for number, floor in enumerate(FLOORS):
        graph += [
            f"    subgraph floor{number} [ ]",
            "        direction LR",
            *(f"        {room}" for room in floor),
            "    end",
        ]
    graph += [f"    {start} --> {end}" for start, end in sorted(arrows())]
    graph.append("```")
    table = [
        "| room | modules | what it holds |",
        "|---|---|---|",
        *(row for floor in FLOORS for room in floor for row in rows(room)),
    ]
    return "\n".join([INTRODUCTION, *graph, "", *table, ""])


def main() -> None:
    """Write the page, or check it."""
    drawn = picture()
    if "--check" not in sys.argv[1:]:
        OUT.write_text(drawn)
        return
    if OUT.read_text() != drawn:
        sys.exit("docs/rooms.md is not as the code is. Run: .venv/bin/python .ci/rooms.py")
    sys.stdout.write("docs/rooms.md is as the code is.\n")


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    main()
