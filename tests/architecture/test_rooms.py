"""Rooms stay small, and each view keeps to the templates of its own wing and noun."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, Function, Source, product, snippet
from tests.conftest import PROJECT

MOST_MODULES, MOST_LINES, MOST_IN_FUNCTION = 20, 300, 50
# Django finds commands in this one folder, and in none below it.
MORE_MODULES = {"exclusions/management/commands": 29}
# Question lists are data, and read as one list; so are the answers to a whole form.
LONG = {
    ("exclusions/questionnaires/product.py", "composition"),
    ("exclusions/questionnaires/trade.py", "purchase_questions"),
    ("exclusions/questionnaires/response_2019.py", "_own_product"),
    ("tests/unit/questionnaires/questionnaire_answers.py", "complete_petition"),
}
# Templates whose names a library or Django fixes.
FIXED = re.compile(r"(400|403|404|500)\.html|core/[\w/]+\.html")
TEMPLATE = re.compile(r"[\w./-]+\.html")


def modules(folder: Path) -> list[Path]:
    """Return the modules below a folder, without migrations."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


ALL = [*modules(PACKAGE), *modules(PROJECT / "tests")]


def rooms_on_disk() -> set[str]:
    """Return the rooms of the app as docs/rooms.md names them: the packages, and the modules that stand alone."""
    packages = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")}
    alone = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "apps.py"}
    return {room for room in packages | alone if room != "." and room.partition("/")[0] != "migrations"}


def too_long(source: Source) -> list[str]:
    """Return the functions of a module that do not fit on a page."""
    return [
        f"{source.name}.{inside}.{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for inside, node in source.walk()
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= MOST_IN_FUNCTION
        if (source.name, node.name) not in LONG
    ]


def foreign(source: Source) -> list[str]:
    """Return the templates that a view names though they are another's: `<wing>/<module>.html` or below that folder."""
    package, _, rest = source.name.partition("exclusions.views.")
    if package or not rest or "." not in rest:
        return []
    own = rest.replace(".", "/")
    named = {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TEMPLATE.fullmatch(node.value)
    }
    return sorted(
        f"{source.name} renders {name}"
        for name in named
        if name != f"{own}.html" and not name.startswith(f"{own}/") and not FIXED.fullmatch(name)
    )


def test_the_map_names_every_room_once_with_what_it_holds() -> None:
    written = re.findall(r"^\| \d+ \| `([\w/.]+)` \| \S.* \|$", (PROJECT / "docs" / "rooms.md").read_text(), re.M)
    assert sorted(written) == sorted(rooms_on_disk())


def test_no_folder_is_crowded() -> None:
    counted = Counter(path.parent.relative_to(PROJECT).as_posix() for path in ALL if path.name != "__init__.py")
    assert {folder: n for folder, n in counted.items() if n > MORE_MODULES.get(folder, MOST_MODULES)} == {}


def test_no_module_is_long() -> None:
    lines = {path.relative_to(PROJECT).as_posix(): len(path.read_text().splitlines()) for path in ALL}
    assert {name: n for name, n in lines.items() if n > MOST_LINES} == {}


def test_no_function_is_long() -> None:
    sources = [Source(path.relative_to(PROJECT).as_posix(), path.read_text()) for path in ALL]
    assert [found for source in sources for found in too_long(source)] == []


def test_each_view_renders_its_own_templates() -> None:
    assert [found for source in product() for found in foreign(source)] == []


def test_the_check_sees_a_long_function() -> None:
    body = "\n".join("    x = 1" for _ in range(MOST_IN_FUNCTION))
    assert too_long(snippet(f"def long():\n{body}"))
    assert not too_long(snippet(f"def short():\n{body[:100]}"))


@pytest.mark.parametrize("name", ["casework/sign/case.html", "public/case/case.html", "casework/case_records/x.html"])
def test_the_check_sees_the_template_of_another(name: str) -> None:
    assert foreign(snippet(f'def case(request): return render(request, "{name}")', "exclusions.views.casework.case"))


@pytest.mark.parametrize("name", ["casework/case/case.html", "casework/case.html", "core/resubmit.html", "404.html"])
def test_the_check_leaves_its_own_alone(name: str) -> None:
    assert not foreign(
        snippet(f'def case(request): return render(request, "{name}")', "exclusions.views.casework.case")
    )
