"""The passages that a finding may cite, each with its box, built in one go: a page of a case has hundreds."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

PAGE = (
    '<div class="tc-page"><label for="{id}-page">Page, if one<span class="usa-sr-only"> of {words}</span></label>'
    '<input class="usa-input" id="{id}-page" name="{prefix}-page of {citation}" value="{page}" inputmode="numeric"'
    ' maxlength="4"></div>'
)
CONFIDENTIAL = ' <span class="tc-badge tc-badge--confidential">Confidential</span>'


@register.simple_tag
def passage_boxes(prefix: str, group: str, offered: Iterable[tuple[Any, bool, str]]) -> SafeString:
    """Return the boxes of passages given as (passage, whether it is ticked, page); `prefix` is that of the form.

    `group` tells the ids of one list from those of another.
    """
    begun, prefix = escape(f"{prefix}-{group}"), escape(prefix)
    return mark_safe("\n".join([_box(f"{begun}{n}", prefix, *one) for n, one in enumerate(offered, 1)]))


def _box(key: str, prefix: str, passage: Any, ticked: bool, page: str) -> str:
    citation, said = _drawn(passage)
    box = (  # written out: to fill a format takes three times as long
        f'<div class="usa-checkbox"><input class="usa-checkbox__input" id="{key}" type="checkbox"'
        f' name="{prefix}-citations" value="{citation}"{" checked" if ticked else ""}>'
        f'<label class="usa-checkbox__label" for="{key}">{said}</label></div>'
    )
    if passage.question:
        return box
    words = escape(passage.words)
    return box + PAGE.format(id=key, prefix=prefix, citation=citation, words=words, page=escape(page))


def _drawn(passage: Any) -> tuple[str, str]:
    """What is the same in each box of a passage, which every criterion of a page offers: kept with it.

    Whatever people typed is escaped here.
    """
    kept = vars(passage)
    if "_drawn" not in kept:
        text = f' <span class="tc-passage">{escape(passage.short)}</span>' if passage.text else ""
        said = f"{escape(passage.words)}{CONFIDENTIAL if passage.confidential else ''}{text}"
        kept["_drawn"] = escape(passage.citation), said
    found: tuple[str, str] = kept["_drawn"]
    return found
