"""The rows of the table of purchases and the bars beneath it, built in one go: loops within loops of small cells."""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from exclusions.queries.desk.purchases import LABEL
from exclusions.templatetags.tariff_format import money, number

register = template.Library()

ORIGIN = (
    '<tr><th scope="row" data-label="Origin"><svg class="tc-key" viewBox="0 0 10 10" aria-hidden="true">'
    '<rect class="tc-bar--{n}" width="10" height="10"></rect></svg> {label}</th>{cells}</tr>'
)
CELL = '<td class="tc-right" data-label="Period {n}">{said}</td>'
IN_ALL = '<tr><th scope="row" data-label="Origin">In all</th>{cells}</tr>'
NOT_ADDED = '<td data-label="Change"><span class="usa-sr-only">Not added up</span></td>'
BAR = '<rect class="tc-bar--{kind}" x="{x}" y="{y}" width="{width}" height="28"></rect>'


@register.simple_tag
def purchase_rows(table: Any) -> SafeString:
    """Return the rows of what `queries.desk.purchases` returns: one an origin, and the sums. Whatever is said is
    escaped here.
    """
    rows = [
        ORIGIN.format(n=n, label=escape(row.label), cells=_cells(row, table)) for n, row in enumerate(table.rows, 1)
    ]
    totals = "".join([CELL.format(n=n, said=escape(money(total))) for n, total in enumerate(table.totals, 1)])
    return mark_safe("".join([*rows, IN_ALL.format(cells=totals + (NOT_ADDED if table.compared else ""))]))


def _cells(row: Any, table: Any) -> str:
    cells = "".join([CELL.format(n=n, said=_said(cell)) for n, cell in enumerate(row.cells, 1)])
    change = f'<td class="tc-right" data-label="Change">{escape(str(row.change))}</td>'
    return cells + (change if table.compared else "")


def _said(cell: Any) -> str:
    said = "None given" if cell.value is None else f"{escape(money(cell.value))}, {escape(str(cell.share))}%"
    return said if cell.quantity is None else f"{said}<br>{escape(number(cell.quantity))}"


@register.simple_tag
def purchase_bars(table: Any) -> SafeString:
    """Return the drawing's labels and bars."""
    parts = []
    for row in table.chart:
        parts.append(f'<text x="0" y="{row.y + 19}">{escape(str(row.label))}</text>')
        parts += [BAR.format(kind=escape(str(bar.kind)), x=bar.x, y=bar.y, width=bar.width) for bar in row.bars]
        ends = row.bars[-1].x + row.bars[-1].width if row.bars else LABEL
        parts.append(f'<text x="{ends + 8}" y="{row.y + 19}">{escape(row.said)}</text>')
    return mark_safe("".join(parts))
