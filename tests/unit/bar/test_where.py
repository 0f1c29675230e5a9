"""The table of where each rule is decided: every place is there, and each question is asked once."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROW = re.compile(r"^\| (?P<question>.+\?) \| `(?P<file>[^`]+)` \| `(?P<name>[^`]+)` \|$", re.MULTILINE)
PLACES = [match.groupdict() for match in ROW.finditer((ROOT / "docs" / "where.md").read_text(encoding="utf-8"))]


def names_in(path: Path) -> set[str]:
    """Return what a module defines: functions, methods, classes, constants at its top; imported names do not count."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = [node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body]
    for node in [*tree.body, *methods]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_every_row_of_the_table_is_read() -> None:
    rows = [line for line in (ROOT / "docs" / "where.md").read_text(encoding="utf-8").splitlines() if "| `" in line]
    assert len(PLACES) == len(rows) >= 40


def test_each_place_is_where_the_table_says() -> None:
    gone = [
        f"{place['file']}: {place['name']}" for place in PLACES if place["name"] not in names_in(ROOT / place["file"])
    ]
    assert gone == []


def test_a_question_is_asked_once() -> None:
    asked = [place["question"] for place in PLACES]
    assert sorted(asked) == sorted(set(asked))
