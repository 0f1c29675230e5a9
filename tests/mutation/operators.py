"""The faults: each is one small change of a syntax tree, with the words for it.

Left out, since no test should pin them: sentences (a text with a blank in it), docstrings, annotations, decorators, and
the arguments of what is raised.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "filter": "exclude", "exclude": "filter"}


class Fault(NamedTuple):
    """What an operator offers; `line` is 0 where it is the line of the node."""

    was: str
    becomes: str
    apply: Callable[[], None]
    line: int = 0


@dataclass(frozen=True)
class Mutation:
    """One fault: where it is, what stood there and what stands there now; `apply` makes it in the tree it came from."""

    place: str  # the qualified name of the function, class or table, and the first word of the row: _ROWS[submit]
    line: int
    was: str
    becomes: str
    apply: Callable[[], None]

    @property
    def words(self) -> str:
        """Return the change in one line, without the place and whatever may move it."""
        return f"{self.was} -> {self.becomes}"


def mutations(tree: ast.Module) -> list[Mutation]:
    """Return every fault that can be made in the tree, in the order of the text; the same for the same text."""
    return list(_Finder().of(tree, ""))


def short(node: ast.AST | list[Any] | None) -> str:
    """Return the text of a node on one line."""
    return " ".join(ast.unparse(node).split())[:100] if isinstance(node, ast.AST) else "nothing"


class _Finder:
    def of(self, node: ast.AST, place: str, *, in_function: bool = False) -> Iterator[Mutation]:
        """Yield the faults in a node and below it."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            place = f"{place}.{node.name}".lstrip(".")
            in_function = in_function or not isinstance(node, ast.ClassDef)
        elif not in_function:
            place += _row(node, place)
        for fault in self._here(node):
            yield Mutation(place, fault.line or getattr(node, "lineno", 0), fault.was, fault.becomes, fault.apply)
        for child in self._below(node):
            yield from self.of(child, place, in_function=in_function)

    def _here(self, node: ast.AST) -> Iterator[Fault]:
        if _is_for_types(node):
            return
        for kind, find in FINDERS:
            if isinstance(node, kind):
                yield from find(node)

    def _below(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the children that are mutated at all."""
        if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr) or _is_for_types(node):
            return
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "type_params"}:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_docstring(child) and not _is_entry(node, name, child):
                    yield child


def _row(node: ast.AST, place: str) -> str:
    """Return what a table or a row of it adds to the place: the name it is given, the first word of the row."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name):
        return f".{target.id}" if place else target.id
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        return f"[{node.args[0].value}]"
    return ""


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_entry(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Whether this is a word in a table: it is left out there, which is fault enough."""
    in_table = isinstance(parent, ast.Tuple | ast.List | ast.Set) or (isinstance(parent, ast.Dict) and field == "keys")
    return in_table and isinstance(child, ast.Constant) and isinstance(child.value, str)


def _is_for_types(node: ast.AST) -> bool:
    """Whether this is for the type checker alone: `if TYPE_CHECKING`, `Gate = Callable[[Petition], list[str]]`."""
    if isinstance(node, ast.If):
        return short(node.test) == "TYPE_CHECKING"
    if not isinstance(node, ast.Assign):
        return False
    name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    return name != name.upper() and name[:1].isupper() and isinstance(node.value, ast.Subscript | ast.BinOp)


def _setter(node: ast.AST, field: str, value: Any) -> Callable[[], None]:
    return lambda: setattr(node, field, value)


def _changed(node: ast.AST, field: str, value: Any) -> Fault:
    """Return a fault that puts another value into a field of a node."""
    was, old = short(node), getattr(node, field)
    setattr(node, field, value)
    becomes = short(node)
    setattr(node, field, old)
    return Fault(was, becomes, _setter(node, field, value))


def _compare(node: ast.Compare) -> Iterator[Fault]:
    for index, op in enumerate(node.ops):
        other = [*node.ops[:index], COMPARED[type(op)](), *node.ops[index + 1 :]]
        yield _changed(node, "ops", other)


def _bool_op(node: ast.BoolOp) -> Iterator[Fault]:
    yield _changed(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _bin_op(node: ast.BinOp) -> Iterator[Fault]:
    if type(node.op) in COMPUTED:
        yield _changed(node, "op", COMPUTED[type(node.op)]())


def _condition(node: ast.If | ast.While | ast.IfExp) -> Iterator[Fault]:
    """A condition the other way round; comparisons and the like are turned by their own operators."""
    if isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
        turned: ast.expr = node.test.operand
    elif isinstance(node.test, ast.Compare | ast.BoolOp):
        return
    else:
        turned = ast.UnaryOp(ast.Not(), node.test)
    yield Fault(f"if {short(node.test)}", f"if {short(turned)}", _setter(node, "test", turned))


def _filters(node: ast.comprehension) -> Iterator[Fault]:
    for index, test in enumerate(node.ifs):
        rest = [*node.ifs[:index], *node.ifs[index + 1 :]]
        yield Fault(f"… if {short(test)}", "… without it", _setter(node, "ifs", rest), test.lineno)


def _constant(node: ast.Constant) -> Iterator[Fault]:
    value = node.value
    if isinstance(value, bool):
        yield _changed(node, "value", not value)
    elif isinstance(value, int):
        yield _changed(node, "value", value + 1)
    elif isinstance(value, str) and value and " " not in value:
        yield _changed(node, "value", f"{value}X")
    elif value == "":
        yield _changed(node, "value", "X")


def _return(node: ast.Return) -> Iterator[Fault]:
    # That False becomes nothing is no other answer to a question of yes or no; that it becomes True is tried besides.
    plain = node.value.value if isinstance(node.value, ast.Constant) else node
    if node.value is not None and plain is not None and plain is not False:
        yield _changed(node, "value", ast.Constant(None))


def _called(node: ast.Call) -> Iterator[Fault]:
    """The opposite function; a call without one of its keywords, or without a word in the row of a table."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in CALLED:
        field = "id" if isinstance(node.func, ast.Name) else "attr"
        yield Fault(short(node), f"{CALLED[name]}(…)", _setter(node.func, field, CALLED[name]))
    for index, keyword in enumerate(node.keywords):
        rest: list[Any] = [*node.keywords[:index], *node.keywords[index + 1 :]]
        words = f"{short(node.func)}(… {short(keyword)})"
        yield Fault(words, "left out", _setter(node, "keywords", rest), keyword.lineno)
    for index, argument in enumerate(node.args if len(node.args) > 2 else ()):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            rest = [*node.args[:index], *node.args[index + 1 :]]
            words = f"{short(node.func)}({short(node.args[0])}, … {short(argument)})"
            yield Fault(words, "left out", _setter(node, "args", rest), argument.lineno)


def _entries(node: ast.Tuple | ast.List | ast.Set) -> Iterator[Fault]:
    """A row or a word taken out of a table."""
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return
    for index, entry in enumerate(node.elts):
        if isinstance(entry, ast.Constant) and isinstance(entry.value, str) and " " in entry.value:
            continue  # a sentence among several
        rest: Any = [*node.elts[:index], *node.elts[index + 1 :]]
        if isinstance(node, ast.Set) and not rest:
            rest = [ast.Starred(ast.Tuple([], ast.Load()), ast.Load())]
        yield Fault(f"entry {short(entry)}", "left out", _setter(node, "elts", rest), entry.lineno)


def _pairs(node: ast.Dict) -> Iterator[Fault]:
    for index, key in enumerate(node.keys):
        keys, values = list(node.keys), list(node.values)
        del keys[index], values[index]

        def apply(node: ast.Dict = node, keys: Any = keys, values: Any = values) -> None:
            node.keys, node.values = keys, values

        words = short(key) if key else f"**{short(node.values[index])}"
        yield Fault(f"entry {words}", "left out", apply, node.values[index].lineno)


def _statements(node: Any) -> Iterator[Fault]:
    """A statement that does not happen: a call for what it does, a raise, a value put somewhere."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        for index, statement in enumerate(block if isinstance(block, list) else ()):
            if not _can_go(statement):
                continue
            rest = [*block[:index], ast.copy_location(ast.Pass(), statement), *block[index + 1 :]]
            yield Fault(short(statement), "left out", _setter(node, field, rest), statement.lineno)


def _can_go(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant | ast.Yield | ast.YieldFrom)
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Attribute | ast.Subscript) for target in statement.targets)
    return isinstance(statement, ast.Raise | ast.AugAssign | ast.Continue | ast.Break)


FINDERS: tuple[tuple[Any, Callable[[Any], Iterator[Fault]]], ...] = (
    (ast.Compare, _compare),
    (ast.BoolOp, _bool_op),
    (ast.BinOp, _bin_op),
    ((ast.If, ast.While, ast.IfExp), _condition),
    (ast.comprehension, _filters),
    (ast.Constant, _constant),
    (ast.Return, _return),
    (ast.Call, _called),
    ((ast.Tuple, ast.List, ast.Set), _entries),
    (ast.Dict, _pairs),
    ((ast.stmt, ast.Module, ast.ExceptHandler), _statements),
)
