"""Faults of the tables, which stand outside of functions: an entry or a row's field is left out, a value is another.

Left alone: functions, annotations, decorators, and sentences (a text with a blank in it), which no test should pin.
"""

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any

from tests.mutants.drawing import Fault

TABLES = (ast.Tuple, ast.List, ast.Set, ast.Dict)
LEFT_ALONE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.JoinedStr, ast.If)
Change = tuple[str, str, Callable[[], None]]  # what stood there, what stands there now, and how to put it there


def builders(code: str) -> set[str]:
    """Return the functions that build tables at import, when mutmut's faults are not there yet: not for it to judge."""
    statements = [node for node in ast.parse(code).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    calls = (getattr(node, "func", None) for statement in statements for node in ast.walk(statement))
    return {call.id for call in calls if isinstance(call, ast.Name)}


def faults(module: str, code: str) -> list[Fault]:
    """Return each fault of a module's tables, in the order of the text."""
    return list(dict.fromkeys(Fault(module, row[0], f"{row[1]} -> {row[2]}") for row in _changes(ast.parse(code), "")))


def with_fault(fault: Fault, code: str) -> str:
    """Return the text of the fault's module with the fault in it."""
    tree = ast.parse(code)
    for place, was, now, apply in _changes(tree, ""):
        if (place, f"{was} -> {now}") == (fault.place, fault.change):
            apply()
            return ast.unparse(ast.fix_missing_locations(tree))
    raise LookupError(fault.name)


def _changes(node: ast.AST, place: str) -> Iterator[tuple[str, str, str, Callable[[], None]]]:
    name = _name(node)
    typed = name[:1].isupper() and name != name.upper()  # for the type checker alone: Gate = Callable[[Petition], bool]
    if (isinstance(node, LEFT_ALONE) and not hasattr(node, "builds")) or (
        typed and isinstance(getattr(node, "value", 0), ast.Subscript | ast.BinOp)
    ):
        return
    first = next(iter(node.args), None) if isinstance(node, ast.Call) else None
    row = f"[{_short(first)}]" if isinstance(first, ast.Constant | ast.Attribute) else ""
    place = ".".join(filter(None, (place, name))) + row
    for find in (find for kind, find in FINDERS if isinstance(node, kind)):
        yield from ((place, *change) for change in find(node))
    for child, below in _below(node, place):
        yield from _changes(child, below)


def _below(node: ast.AST, place: str) -> Iterator[tuple[ast.AST, str]]:
    apart = [getattr(node, "annotation", None), *getattr(node, "decorator_list", ())]
    children = [(child, place) for child in ast.iter_child_nodes(node) if child not in apart]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        children = [(value, f"{place}[{_short(key)}]" if key else place) for key, value in pairs]
    words = isinstance(node, (ast.Expr, *TABLES))  # a docstring; a word is left out of its table, which is fault enough
    yield from (each for each in children if not (words and isinstance(getattr(each[0], "value", None), str)))


def _name(node: ast.AST) -> str:
    target = getattr(node, "target", None) or next(iter(getattr(node, "targets", ())), None)
    return _short(target) if target else getattr(node, "name", "")


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


def _entries(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[Change]:
    fields = ("keys", "values") if isinstance(node, ast.Dict) else ("elts",)
    for index, entry in enumerate(getattr(node, fields[0])):
        if not (isinstance(entry, ast.Constant) and " " in str(entry.value)):
            yield _without(node, dict.fromkeys(fields, index), entry or getattr(node, fields[-1])[index])


def _fields(node: ast.Call) -> Iterator[Change]:
    for index, keyword in enumerate(node.keywords):
        yield _without(node, {"keywords": index}, keyword)
    if len(node.args) > 2:
        yield _without(node, {"args": len(node.args) - 1}, node.args[-1])


def _values(node: ast.Constant) -> Iterator[Change]:
    more: dict[type, Callable[[Any], Any]] = {bool: operator.not_, int: lambda n: n + 1, str: lambda word: f"{word}X"}
    if type(node.value) in more and " " not in str(node.value):
        other = more[type(node.value)](node.value)
        yield _short(node), repr(other), lambda: setattr(node, "value", other)


def _without(node: ast.AST, indices: dict[str, int], entry: ast.AST) -> Change:
    def apply() -> None:
        for field, index in indices.items():
            del getattr(node, field)[index]
        if isinstance(node, ast.Set) and not node.elts:  # {} would be a table of another kind
            node.elts.append(ast.Starred(ast.Tuple([], ast.Load()), ast.Load()))

    return _short(entry), "left out", apply


FINDERS: tuple[Any, ...] = ((TABLES, _entries), (ast.Call, _fields), (ast.Constant, _values))
