"""From which day to which a row holds is said in one place: who asks names `holds_on`, `lasts_to` or `within`."""

import ast

import pytest

from tests.architecture.source import Source, product, snippet

SAID_IN = {"exclusions.models.exclusion", "exclusions.models.organization", "exclusions.models.tariff"}  # constraints


def spelled_out(source: Source) -> list[int]:
    """Return the lines at which a module joins "no last day" and "a last day from then on" itself."""
    both = {"valid_to__isnull", "valid_to__gte"}
    joined = (node for node in ast.walk(source.tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr))
    return [
        node.lineno for node in joined if both <= {part.arg for part in ast.walk(node) if isinstance(part, ast.keyword)}
    ]


def test_no_module_spells_out_how_long_a_row_lasts() -> None:
    found = {source.name: spelled_out(source) for source in product() if source.name not in SAID_IN}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))", [1]),
        ("found = Q(valid_to__gte=day) | Q(valid_to__isnull=True)", [1]),
        ("rows.filter(lasts_to(day), valid_from__lt=day)", []),
    ],
)
def test_a_planted_condition_is_seen(text: str, lines: list[int]) -> None:
    assert spelled_out(snippet(text)) == lines
