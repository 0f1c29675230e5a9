"""The product as syntax trees: every module, the functions in it, and what a name in it stands for."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.conftest import PROJECT

PACKAGE = PROJECT / "exclusions"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: its dotted name and its text."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> dict[str, str]:
        """What each imported name stands for: `timezone` for `django.utils.timezone`."""
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                names |= {
                    alias.asname or alias.name.partition(".")[0]: alias.name
                    if alias.asname
                    else alias.name.partition(".")[0]
                    for alias in node.names
                }
        return names

    def walk(self) -> Iterator[tuple[str, ast.AST]]:
        """Yield every node with the function (or class) it stands in; the module's own have an empty name."""
        yield from _walk(self.tree, "")

    def meaning(self, node: ast.AST) -> str:
        """Return the dotted name that an expression stands for, imports resolved; empty when it is no name."""
        dotted = dotted_name(node)
        first, _, rest = dotted.partition(".")
        return ".".join(filter(None, [self.imports.get(first, first), rest]))


def _walk(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        yield inside, child
        named = isinstance(child, Function | ast.ClassDef)
        yield from _walk(child, f"{inside}.{child.name}".lstrip(".") if named else inside)


def dotted_name(node: ast.AST) -> str:
    """Return `a.b.c` for such an expression, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted_name(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def chain(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of a chain such as `Petition.objects.filter(…).order_by(…).last()`, the last one first."""
    while True:
        if isinstance(node, ast.Call):
            yield node
            node = node.func
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        else:
            return


def root(node: ast.AST) -> str:
    """Return the name that a chain begins with: `Petition` of `Petition.objects.filter(…)`."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def method(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else dotted_name(call.func)


def literals(node: ast.AST) -> set[str]:
    """Return the texts that stand literally in an expression."""
    return {found.value for found in ast.walk(node) if isinstance(found, ast.Constant) and isinstance(found.value, str)}


def texts(source: Source) -> Iterator[tuple[int, str]]:
    """Yield every text of a module with its line, the parts of f-strings too; docstrings are left out."""
    docs = docstrings(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def whole_texts(source: Source, gap: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield every text of a module with its node: an f-string as one text, with `gap` for each value; no docstrings.

    Bytes are among them.
    """
    passed = docstrings(source)
    for node in ast.walk(source.tree):  # from the outside to the inside
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
            parts = [str(part.value) if isinstance(part, ast.Constant) else gap for part in node.values]
            yield node, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node, node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value


def docstrings(source: Source) -> set[int]:
    """Return the ids of the nodes that are docstrings."""
    return {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body and isinstance(node.body[0], ast.Expr)
    }


@cache
def whole_product() -> tuple[Source, ...]:
    """Return every module of the product but its migrations, its settings, and what gunicorn reads."""
    around = [*sorted((PROJECT / "tradecases").rglob("*.py")), PROJECT / "gunicorn.conf.py"]
    return (*product(), *(Source(_dotted(path), path.read_text()) for path in around))


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


@cache
def product() -> tuple[Source, ...]:
    """Return every module of the product but its migrations."""
    return tuple(
        Source(_dotted(path), path.read_text())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.relative_to(PACKAGE).parts
    )


def snippet(text: str, name: str = "exclusions.views.casework.case") -> Source:
    """Return a piece of source as if it were a module of that name."""
    return Source(name, text)
