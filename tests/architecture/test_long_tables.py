"""Long tables are read by key in chunks: behind a pooler no cursor stays open, and `iterator` would fill the memory."""

import ast

import pytest

from tests.architecture.source import Source, product, snippet


def breaches(source: Source) -> list[str]:
    """Return where a module reads a queryset by a cursor of the server's, or by what would be one."""
    return [
        f"{source.name}:{node.lineno} {node.attr}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"iterator", "aiterator", "chunked_cursor"}
    ]


def test_no_module_reads_by_a_cursor_of_the_server() -> None:
    assert [breach for source in product() for breach in breaches(source)] == []


@pytest.mark.parametrize("text", ["rows.iterator()", "list(map(len, User.objects.all().iterator(chunk_size=5)))"])
def test_one_that_does_is_found(text: str) -> None:
    assert breaches(snippet(text))
