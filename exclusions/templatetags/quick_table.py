"""A table like `_components/table.html`, built in one go: on pages of many tables template loops cost the most."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from exclusions.days import shortly
from exclusions.gateways.templates.markup import escaped

BEFORE = (
    '<div class="tc-table" tabindex="0" role="region" aria-label="{label}">'
    '<table class="usa-table usa-table--borderless usa-table--stacked{more}">{caption}<thead><tr>'
)
AFTER = "</tr></thead><tbody>{rows}</tbody></table></div>"


def shown(words: Any) -> str:
    """Return words as HTML, as `conditional_escape` does: those that are marked as safe are left as they are."""
    kind = type(words)
    if kind is SafeString:
        return str(words)
    return escaped(words) if kind is str else str(conditional_escape(words))


def quick_table(
    label: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, more: str = "", beside: str = ""
) -> SafeString:
    """Return a table; the first cell of a row is its heading. What is not marked as safe is escaped.

    `label` is what a screen reader calls the region, `more` a further class, `beside` safe HTML behind the last
    heading.
    """
    names = [shown(heading) for heading in headings]
    heads = "".join(f'<th scope="col">{name}{beside if name is names[-1] else ""}</th>' for name in names)
    first, others = names[0], names[1:]
    lines = []
    for head, *cells in rows:
        tail = "".join(f'<td data-label="{name}">{shown(cell)}</td>' for name, cell in zip(others, cells, strict=True))
        lines.append(f'<tr><th scope="row" data-label="{first}">{shown(head)}</th>{tail}</tr>')
    begin = BEFORE.format(label=shown(label), more=f" {more}" if more else "", caption="")
    return SafeString(f"{begin}{heads}{AFTER.format(rows=''.join(lines))}")


def short_day(day: date | None, otherwise: str = "") -> str:
    """Write a day as tables do: May 1, 2026; `otherwise` for none."""
    return shortly(day) if day else otherwise
