"""A table like `_components/table.html`, built in one go: on pages of many tables template loops cost the most."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from exclusions.days import shortly
from exclusions.facts.fictional import FICTIONAL
from exclusions.gateways.templates.markup import has_markup

MADE_UP = f'<span class="tc-tag">{FICTIONAL}</span>'
BEFORE = (
    '<div class="tc-table" tabindex="0" role="region" aria-label="{label}">'
    '<table class="usa-table usa-table--borderless usa-table--stacked{more}">{caption}<thead><tr>'
)
AFTER = "</tr></thead><tbody>{rows}</tbody></table></div>"


def shown(words: Any) -> str:
    """Return words as HTML, as `conditional_escape` does: those that are marked as safe are left as they are."""
    kind = type(words)
    if kind is SafeString:
        safe: str = words
        return safe
    if kind is str:
        plain: str = words
        return escape(plain) if has_markup(plain) else plain
    return str(conditional_escape(words))


def quick_table(
    label: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, more: str = "", beside: str = ""
) -> SafeString:
    """Return a table; the first cell of a row is its heading. What is not marked as safe is escaped.

    `label` is what a screen reader calls the region, `more` a further class, `beside` safe HTML behind the last
    heading.
    """
    heads, before, end = _around(tuple([shown(heading) for heading in headings]))
    pieces = [BEFORE.format(label=shown(label), more=f" {more}" if more else "", caption=""), heads, beside, _BETWEEN]
    for row in rows:
        for begin, cell in zip(before, row, strict=True):
            pieces += (begin, cell if type(cell) is SafeString else shown(cell))
        pieces.append(end)
    pieces.append(_END)
    return SafeString("".join(pieces))


_BETWEEN, _END = AFTER.split("{rows}")
_BETWEEN = f"</th>{_BETWEEN}"


@lru_cache(maxsize=256)
def _around(names: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    """What stands around the words of a table with headings of these names (HTML): the headings, but for the end of the
    last; what is before each cell of a row, and behind the last one."""
    first, *others = names
    heads = "</th>".join(f'<th scope="col">{name}' for name in names)
    cells = (f'<tr><th scope="row" data-label="{first}">', *(f'<td data-label="{name}">' for name in others))
    ends = ("", "</th>", *["</td>"] * (len(others) - 1))
    before = tuple(f"{end}{cell}" for end, cell in zip(ends, cells, strict=False))
    return heads, before, f"</{'td' if others else 'th'}></tr>"


def short_day(day: date | None, otherwise: str = "") -> str:
    """Write a day as tables do: May 1, 2026; `otherwise` for none."""
    return shortly(day) if day else otherwise
