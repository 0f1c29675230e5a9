"""Which lines of the product the tests run, noted by the product itself: what `make mutants` asks after each test.

The modules of the product are compiled with probes: before each statement, and at the start of each way out of a
branch, one byte is set. What is noted can be read and forgotten between two tests, which the tool of coverage
does not allow.

    python -m pytest -p tests.mutation.probes …
"""

import ast
import hashlib
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGE, LEFT_OUT = "exclusions", "exclusions.migrations"
SEEN = "_seen_"  # the module's bytes, by this name among its globals
LINE, TAKEN, PASSED = range(3)  # a line ran; its branch was taken; it was passed by
KINDS = 3
# A change of the probes makes other code, which is kept beside that of earlier ones.
KEPT = PROJECT / "var" / "probed" / hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]

seen: dict[str, bytearray] = {}  # by the module's file


def size(source: bytes) -> int:
    """Return by how many bytes the kinds of a module lie apart: one for each line, and those that do not exist."""
    return source.count(b"\n") + 2


def size_of(found: bytes | bytearray) -> int:
    """Return the same of a module's bytes."""
    return len(found) // KINDS


def start(node: ast.stmt) -> int:
    """Return the line on which coverage lets a statement begin."""
    decorators = getattr(node, "decorator_list", None)
    return int(decorators[0].lineno) if decorators else node.lineno


def is_irrefutable(case: ast.match_case) -> bool:
    """Whether nothing gets past this case."""
    pattern = case.pattern
    while isinstance(pattern, ast.MatchOr):
        pattern = pattern.patterns[-1]
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None


class Prober(ast.NodeTransformer):
    """Puts the probes into a module's syntax tree; lines stay as they are."""

    def __init__(self, apart: int) -> None:
        self.apart = apart

    def mark(self, kind: int, line: int, at: ast.AST) -> ast.stmt:
        """Return the statement that notes it: `_seen_[place] = 1`."""
        place = ast.Subscript(ast.Name(SEEN, ast.Load()), ast.Constant(kind * self.apart + line), ast.Store())
        return self._placed(ast.Assign([place], ast.Constant(1)), at)

    def ask(self, notes: Sequence[tuple[int, int]], at: ast.AST) -> list[ast.expr]:
        """Return expressions that note it and are None: `_seen_.__setitem__(place, 1)`."""
        asked = []
        for kind, line in notes:
            method = ast.Attribute(ast.Name(SEEN, ast.Load()), "__setitem__", ast.Load())
            call = ast.Call(method, [ast.Constant(kind * self.apart + line), ast.Constant(1)], [])
            asked.append(self._placed(call, at))
        return asked

    @staticmethod
    def _placed(node: Any, at: ast.AST) -> Any:
        for part in ast.walk(node):
            if isinstance(part, ast.expr | ast.stmt):
                ast.copy_location(part, at)
        return node

    def block(self, body: list[ast.stmt], *marks: ast.stmt) -> list[ast.stmt]:
        """Return statements, each with its probe before it, after these marks."""
        made: list[ast.stmt] = list(marks)
        for statement in body:
            for line in {decorator.lineno for decorator in getattr(statement, "decorator_list", ())}:
                made.append(self.mark(LINE, line, statement))
            made += [self.mark(LINE, statement.lineno, statement), self.visit(statement)]
        return made

    def _led(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """A block that may begin with its docstring, or with what has to stand first."""
        begin = 0
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            begin = 1
        marks = []
        while begin < len(body) and getattr(body[begin], "module", None) == "__future__":
            marks.append(self.mark(LINE, body[begin].lineno, body[begin]))
            begin += 1
        return [*body[:begin], *self.block(body[begin:], *marks)]

    def visit_Module(self, node: Any) -> Any:
        node.body = self._led(node.body)
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Module  # names of ast's

    def visit_With(self, node: Any) -> Any:
        node.body = self.block(node.body)
        return node

    visit_AsyncWith = visit_With

    def visit_If(self, node: Any) -> Any:
        node.body = self.block(node.body, self.mark(TAKEN, node.lineno, node))
        node.orelse = self.block(node.orelse, self.mark(PASSED, node.lineno, node))
        return node

    visit_For = visit_AsyncFor = visit_While = visit_If

    def visit_Try(self, node: Any) -> Any:
        node.body, node.orelse, node.finalbody = map(self.block, (node.body, node.orelse, node.finalbody))
        notes: list[tuple[int, int]] = []
        for handler in node.handlers:
            notes.append((LINE, handler.lineno))
            marks = [self.mark(TAKEN, handler.lineno, handler)]
            if handler.type is None:  # reached and taken are one
                marks += [self.mark(kind, line, handler) for kind, line in notes]
            else:
                asked = self.ask(notes, handler.type)
                handler.type = ast.copy_location(ast.BoolOp(ast.Or(), [*asked, handler.type]), handler.type)
            handler.body = self.block(handler.body, *marks)
            notes = [(PASSED, handler.lineno)]
        return node

    visit_TryStar = visit_Try

    def visit_Match(self, node: Any) -> Any:
        cases: list[ast.match_case] = []
        notes: list[tuple[int, int]] = []
        for case in node.cases:
            line = case.pattern.lineno
            notes.append((LINE, line))
            cases += [self._passing(notes, case.pattern), case]
            case.body = self.block(case.body, self.mark(TAKEN, line, case.pattern))
            notes = [(PASSED, line)]
        if not is_irrefutable(node.cases[-1]):
            cases.append(self._passing(notes, node.cases[-1].pattern))
        node.cases = cases
        return node

    def _passing(self, notes: Sequence[tuple[int, int]], at: ast.AST) -> ast.match_case:
        """A case that takes nothing, and notes that the matching came so far."""
        guard = ast.copy_location(
            ast.BoolOp(ast.Or(), [*self.ask(notes, at), self._placed(ast.Constant(False), at)]), at
        )
        return ast.match_case(self._placed_pattern(at), guard, [ast.copy_location(ast.Pass(), at)])

    @staticmethod
    def _placed_pattern(at: ast.AST) -> ast.pattern:
        return ast.copy_location(ast.MatchAs(), at)


class Probing(SourceFileLoader):
    """Loads a module of the product with its probes; the compiled code is kept apart from the usual."""

    def source_to_code(self, data: Any, path: Any, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """Compile with probes."""
        tree = Prober(size(bytes(data))).visit(ast.parse(data, path))
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimization)

    def get_code(self, fullname: str) -> CodeType | None:
        """Look for compiled code where that with probes is."""
        usual, sys.pycache_prefix = sys.pycache_prefix, str(KEPT)
        try:
            return super().get_code(fullname)
        finally:
            sys.pycache_prefix = usual

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its bytes first; the same ones when it is loaded again."""
        apart = size(self.get_data(self.path))
        setattr(module, SEEN, seen.setdefault(self.path, bytearray(KINDS * apart)))
        super().exec_module(module)


class Finder(MetaPathFinder):
    """Finds the product's modules for the loader."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Return where the module is, with the loader that probes."""
        if not f"{fullname}.".startswith(f"{PACKAGE}.") or f"{fullname}.".startswith(f"{LEFT_OUT}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Probing(fullname, spec.loader.path)
        return spec


def pytest_addoption() -> None:
    """Compile the product with probes from here on; the name is pytest's."""
    sys.meta_path.insert(0, Finder())
