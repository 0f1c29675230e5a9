"""The names that the installed libraries keep for themselves, gathered from their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = ("django", "rest_framework", "allauth", "psycopg", "psycopg_binary", "gunicorn", "csp")
# Names that Django documents, or that everybody uses who uses Django.
FREE = frozenset({"_", "_meta", "_state", "_default_manager", "_base_manager"})
LEFT_OUT = frozenset({"tests", "migrations", "locale", "gis"})  # parts of libraries that the product does not load
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def is_private(name: str) -> bool:
    """Say whether a name begins with a single underscore and is not one of those that are free."""
    return name.startswith("_") and not name.startswith("__") and name not in FREE


@cache
def private_names() -> frozenset[str]:
    """Return every private name that a library defines: of a module, a class, an object or a file."""
    return frozenset(name for path, tree in _modules() for name in (*path, *defined(tree)) if is_private(name))


def defined(tree: ast.AST, local: bool = False) -> Iterator[str]:
    """Yield the names that a tree defines and others can reach; the variables of its functions are none of them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not local:
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and not local:
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        yield from defined(node, local or isinstance(node, _Function))


def _modules() -> Iterator[tuple[tuple[str, ...], ast.Module]]:
    for library in LIBRARIES:
        spec = find_spec(library)
        if spec is None or spec.origin is None:  # the C library of psycopg is not on every machine
            continue
        folder = Path(spec.origin).parent
        for file in folder.rglob("*.py"):
            path = file.relative_to(folder.parent).with_suffix("").parts
            if LEFT_OUT.isdisjoint(path):
                yield path, ast.parse(file.read_text())
