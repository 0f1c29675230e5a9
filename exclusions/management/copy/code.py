"""The copy of Python modules, from their syntax trees: each string that is words, and of which kind."""

import ast
from collections.abc import Iterator
from pathlib import Path

from exclusions.management.copy.line import Line, is_word, is_words, line

# What an argument of this name is, wherever it is given.
ARGUMENTS = {
    "description": "label", "empty_label": "label", "error_messages": "error", "help": "help", "help_text": "help",
    "label": "label", "message": "error", "placeholder": "label", "remedy": "error", "title": "label",
    "verbose_name": "name", "verbose_name_plural": "name",
}  # fmt: skip
MESSAGES = {"debug", "info", "success", "warning", "error", "add_message"}
REFUSALS = ("Refused", "Error", "Invalid", "Warning", "Wrong", "Missing", "Flaw", "Problem")


def code_copy(path: Path, project: Path) -> Iterator[Line]:
    """Yield the copy of one module. Its docstrings are for developers, but for those of commands."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    command = "commands" in path.parts
    docstrings = {id(found) for found in _docstrings(tree)}
    if command and (doc := ast.get_docstring(tree)):
        yield line(path, project, 1, "command", doc)
    for node, parents in _strings(tree, ()):
        if id(node) in docstrings:
            continue
        text = _text(node)
        kind = _kind(node, parents)
        if is_words(text) or (is_word(text) and kind != "code"):
            kind = "command" if command and kind in {"code", "list"} else kind
            yield line(path, project, node.lineno, "text" if kind == "code" else kind, text)


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _strings(node: ast.AST, parents: tuple[ast.AST, ...]) -> Iterator[tuple[ast.expr, tuple[ast.AST, ...]]]:
    """Yield each string, an f-string or strings added to one another as one, with the nodes around it."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node, parents
        if isinstance(node, ast.Constant):
            return
        for part in node.values:  # strings within the braces of an f-string
            if isinstance(part, ast.FormattedValue):
                yield from _strings(part.value, (*parents, node))
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child, (*parents, node))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _kind(node: ast.expr, parents: tuple[ast.AST, ...]) -> str:
    """Return what a string is, by the nearest thing around it that tells."""
    inner: ast.AST = node
    kind = "code"
    for parent in reversed(parents):
        if isinstance(parent, ast.keyword) and parent.arg in ARGUMENTS:
            return ARGUMENTS[parent.arg]
        if isinstance(parent, ast.Call):
            found = _kind_of_call(parent, inner)
            if found:
                return found
        if isinstance(parent, ast.Raise):
            return "refusal"
        if isinstance(parent, ast.ClassDef):
            return _kind_in_class(parent, kind)
        if isinstance(parent, ast.Tuple | ast.List | ast.Set | ast.Dict) and kind == "code":
            kind = "list"
        inner = parent
    return kind


def _kind_of_call(call: ast.Call, inner: ast.AST) -> str:
    name = ast.unparse(call.func)
    module, _, last = name.rpartition(".")
    if inner is call.func:
        return ""
    if module.endswith("messages") and last in MESSAGES:
        return "message"
    if last.endswith(REFUSALS):
        return "refusal"
    return ""


def _kind_in_class(parent: ast.ClassDef, kind: str) -> str:
    bases = {ast.unparse(base).rpartition(".")[2] for base in parent.bases}
    return "choice" if bases & {"TextChoices", "IntegerChoices", "StrEnum"} else kind
