"""A function is named by a verb, or by the noun of what it returns: some names say neither, and none bears them."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Function, Source, dotted_name, snippet, whole_product

SAY_NOTHING = frozenset({"found", "made", "kept", "told", "said", "words", "of", "on", "shown"})
PROPERTIES = frozenset({"property", "cached_property", "classmethod", "staticmethod", "partial", "lru_cache", "cache"})

# Module: the functions ("Class.name") that a library calls by that name, and which library.
EXCEPTIONS: dict[str, tuple[frozenset[str], str]] = {}


def named(module: Source) -> Iterator[tuple[str, str, int]]:
    """Yield each function, method and property of a module: its dotted name, its own name, its line.

    One that is assigned counts too: a lambda, `property(…)`, `cached_property(…)`, `partial(…)`.
    """
    for inside, node in module.walk():
        if isinstance(node, Function):
            yield f"{inside}.{node.name}".lstrip("."), node.name, node.lineno
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _makes_function(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield f"{inside}.{target.id}".lstrip("."), target.id, node.lineno


def _makes_function(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return dotted_name(value.func).rpartition(".")[2] in PROPERTIES
    return isinstance(value, ast.Lambda)


def breaches(module: Source) -> dict[str, int]:
    """Return the functions of a module whose names say nothing, each with its line; underscores around count not."""
    return {full: line for full, name, line in named(module) if name.strip("_") in SAY_NOTHING}


def test_no_function_has_a_name_that_says_nothing_of_what_it_returns() -> None:
    assert [
        f"{module.name}:{line} {full}"
        for module in whole_product()
        for full, line in breaches(module).items()
        if full not in EXCEPTIONS.get(module.name, (frozenset(), ""))[0]
    ] == []


def test_every_exception_is_needed_and_has_a_reason() -> None:
    assert EXCEPTIONS.keys() <= {module.name for module in whole_product()}
    for module in whole_product():
        names, why = EXCEPTIONS.get(module.name, (frozenset(), ""))
        assert names <= breaches(module).keys(), module.name
        assert not names or len(why) > 20


@pytest.mark.parametrize("name", sorted(SAY_NOTHING))
@pytest.mark.parametrize(
    "text",
    [
        "def {}(rows): ...",
        "def _{}(rows): ...",
        "async def {}(rows): ...",
        "class Case:\n    def {}(self): ...",
        "class Case:\n    async def _{}(self): ...",
        "class Case:\n    @property\n    def {}(self): ...",
        "class Case:\n    @cached_property\n    def {}_(self): ...",
        "class Case:\n    @classmethod\n    def {}(cls, rows): ...",
        "def outer():\n    def {}(row): ...\n    return {}",
        "{} = lambda row: row",
        "class Case:\n    {} = property(lambda self: 1)",
        "class Case:\n    {}: property = functools.cached_property(len)",
    ],
)
def test_a_name_that_says_nothing_is_seen(text: str, name: str) -> None:
    assert len(breaches(snippet(text.replace("{}", name)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "def words_of(text): ...",
        "def found_rows(words):\n    found = [word for word in words]\n    return found",
        "class Case:\n    words: str\n    told = 'the filer'\n    def sentence(self): return self.words",
        "def counted(said, *, on, of): return said(on, of)",
        "def kept_from_acting(case): return case.kept()",
    ],
)
def test_a_variable_a_field_or_a_longer_name_is_none(text: str) -> None:
    assert breaches(snippet(text)) == {}
