"""The product uses only public names of its libraries: a smaller release of one of them may rename all others."""

import ast
import builtins
import re
import sys
from collections.abc import Iterator, Sequence

import pytest

from tests.architecture.libraries import LIBRARIES, defined, is_private, private_names
from tests.architecture.source import Source, dotted_name, snippet, whole_product, whole_texts

# Public by their spelling, and documented by nobody.
UNDOCUMENTED = frozenset({"ModelState", "klass_info", "get_related_populators", "loader_tags"})
MODULES = ("django.template.base", "django.template.loader_tags", "psycopg.generators")
OF_NAMED_TUPLES = frozenset({"_fields", "_replace", "_asdict", "_make"})
OURS = frozenset({"exclusions", "tradecases", *sys.stdlib_module_names})
IN_TEXT = re.compile(r"(?<![\w/{])_[A-Za-z]\w*(?![\w.]*\.(?:html|txt|js))")

# Module: the attributes it may use, and why.
EXCEPTIONS: dict[str, tuple[frozenset[str], str]] = {}


def top(name: str) -> str:
    """Return the package that a dotted name begins with."""
    return name.partition(".")[0]


class Classes:
    """The classes of some modules: which of them come from a library in the end, and which names each defines."""

    def __init__(self, modules: Sequence[Source]) -> None:
        self.nodes = {
            f"{module.name}.{inside}.{node.name}".replace("..", "."): (module, node)
            for module in modules
            for inside, node in module.walk()
            if isinstance(node, ast.ClassDef)
        }
        self.bases = {name: self._bases(name) for name in self.nodes}
        from_library = [name for name in self.nodes if self._is_from_library(name)]
        # What such a class names among its bases is mixed into the library's class, and may hide a name of it.
        self.theirs = {*from_library, *(base for name in from_library for base in self.bases[name])} & self.nodes.keys()

    def own_names(self, module: Source) -> set[str]:
        """Return what the classes that stand in a module, or that it imports, define without a library's base."""
        here = (name for name, (where, _) in self.nodes.items() if where is module)
        return {attr for name in (*here, *module.imports.values()) for attr in self._names(name)}

    def _bases(self, name: str) -> list[str]:
        module, node = self.nodes[name]
        meanings = [module.meaning(base.value if isinstance(base, ast.Subscript) else base) for base in node.bases]
        return [
            next((near for near in (f"{room}.{base}" for room in _rooms(name)) if near in self.nodes), base)
            for base in meanings
        ]

    def _is_from_library(self, name: str) -> bool:
        """Say whether a class inherits from one of a library, or from a value of which nobody can tell."""
        if name in self.nodes:
            return any(self._is_from_library(base) for base in self.bases[name])
        return top(name) not in OURS if "." in name else not hasattr(builtins, name)

    def _names(self, name: str) -> set[str]:
        if name not in self.nodes or name in self.theirs:
            return set()
        bases = self.bases[name]
        above = {attr for base in bases for attr in self._names(base)}
        return {*defined(self.nodes[name][1]), *above, *(OF_NAMED_TUPLES if "typing.NamedTuple" in bases else ())}


def _rooms(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def breaches(module: Source, classes: Classes) -> list[str]:
    """Return what a module uses of a library's private names, and what it defines in their classes, by its line."""
    refused = private_names() - classes.own_names(module)
    found = {
        *_imported(module),
        *_named(module, refused),
        *((node.lineno, f'"{name}"') for node, text in whole_texts(module, "x") for name in _in_text(text, refused)),
        *_defined_in_theirs(module, classes),
    }
    return [f"{module.name}:{line} {what}" for line, what in sorted(found)]


def _named(module: Source, refused: frozenset[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg in refused:
            yield node.value.lineno, f"{node.arg}="
        elif isinstance(node, ast.Attribute) and (
            node.attr in UNDOCUMENTED or (node.attr in refused and not _is_of_our_module(module, node))
        ):
            yield node.lineno, f".{node.attr}"


def _imported(module: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and not node.level and top(node.module or "") in LIBRARIES:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if top(alias.name) in LIBRARIES]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if any(is_private(part) or part in UNDOCUMENTED for part in parts) or f"{name}.".startswith(
                tuple(f"{refused}." for refused in MODULES)
            ):
                yield node.lineno, f"import {name}"


def _is_of_our_module(module: Source, node: ast.Attribute) -> bool:
    """Say whether an attribute is one of a module of ours, or of Python's own library: `os._exit`."""
    name = dotted_name(node.value)
    meaning = module.meaning(node.value)
    return top(name) in module.imports and top(meaning) in OURS


def _in_text(text: str, refused: frozenset[str]) -> Iterator[str]:
    yield from (name for name in IN_TEXT.findall(text) if name in refused)
    yield from (name for name in (*MODULES, *UNDOCUMENTED) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _defined_in_theirs(module: Source, classes: Classes) -> Iterator[tuple[int, str]]:
    for name in classes.theirs:
        where, node = classes.nodes[name]
        if where is module:
            for attr in private_names().intersection(defined(node)):
                yield node.lineno, f"{node.name} defines {attr}"


def found_in(module: Source, classes: Classes) -> list[str]:
    """Return the breaches of a module that no exception lets pass."""
    names, _ = EXCEPTIONS.get(module.name, (frozenset(), ""))
    return [found for found in breaches(module, classes) if not found.endswith(tuple(f".{name}" for name in names))]


def test_no_private_name_of_a_library_is_used() -> None:
    classes = Classes(whole_product())
    assert [breach for module in whole_product() for breach in found_in(module, classes)] == []


def test_every_exception_is_needed_and_has_a_reason() -> None:
    classes = Classes(whole_product())
    for module in whole_product():
        names, why = EXCEPTIONS.get(module.name, (frozenset(), ""))
        used = " ".join(breaches(module, classes)) if names else ""
        assert {name for name in names if name not in used} == set(), module.name
        assert not names or len(why) > 20
    assert EXCEPTIONS.keys() <= {module.name for module in whole_product()}


def test_the_names_are_those_of_the_installed_libraries() -> None:
    names = {"_result_cache", "_prefetched_objects_cache", "_has_been_logged", "_keepalive_after", "_preparing"}
    assert names <= private_names()
    assert len(private_names()) > 1500


BREACHES = [
    "from psycopg._queries import PostgresQuery",
    "from psycopg import generators",
    "import django.template.base",
    "from django.template.loader_tags import BlockNode as Block",
    "def rows(query): return query._result_cache",
    "def forget(petition): petition._prefetched_objects_cache = {}",
    "def is_read(petition): return getattr(petition, '_prefetched_objects_cache', None)",
    'def is_read(petition, name): return f"{name}._result_cache" in petition',
    "from django.forms import Form\nclass Longer(Form):\n    def _post_clean(self): ...",
    "from django.forms import Form\nclass Mixed:\n    def _post_clean(self): ...\nclass Longer(Mixed, Form): ...",
    "class Own:\n    def __init__(self): self._db = 1\ndef rows(query): return query._result_cache",
    "def compiler(query): return query.klass_info",
    "from importlib import import_module\nbase = import_module('django.template.base')",
    "def query(asked): return asked.using(_result_cache=[])",
]


@pytest.mark.parametrize("text", BREACHES)
def test_a_private_name_is_seen(text: str) -> None:
    module = snippet(text)
    assert breaches(module, Classes([module]))


@pytest.mark.parametrize(
    "text",
    [
        "def table(model): return model._meta.db_table, model._default_manager",
        "class Own:\n    def __init__(self): self._result_cache = []\n    def rows(self): return self._result_cache",
        "import os\ndef end(): os._exit(0)",
        "from typing import NamedTuple\nclass Pair(NamedTuple):\n    a: int\nNAMES = Pair._fields",
        "from django.forms import Form\nclass Longer(Form):\n    def _of_ours(self): ...",
        "PAGE = 'lookup/fit/_form.html'\ndef table(name): return f'{name}_result_cache'",
        "from django.template import Node",
        "def rows():\n    _result_cache = 1\n    return _result_cache",
    ],
)
def test_nothing_else_is_taken_for_one(text: str) -> None:
    module = snippet(text)
    assert breaches(module, Classes([module])) == []
