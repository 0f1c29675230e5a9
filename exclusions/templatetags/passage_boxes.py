"""The passages that a finding may cite, each with its box, built in one go: a page of a case has hundreds."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BOX = (
    '<div class="usa-checkbox"><input class="usa-checkbox__input" id="{id}" type="checkbox" name="{prefix}-citations"'
    ' value="{citation}"{ticked}><label class="usa-checkbox__label" for="{id}">'
    "{words}{confidential}{text}</label></div>"
)
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
    boxes = [_box(escape(f"{prefix}-{group}{n}"), escape(prefix), *one) for n, one in enumerate(offered, 1)]
    return mark_safe("\n".join(boxes))


def _box(key: str, prefix: str, passage: Any, ticked: bool, page: str) -> str:
    """Whatever people typed is escaped here."""
    words, citation = escape(passage.words), escape(passage.citation)
    box = BOX.format(
        id=key,
        prefix=prefix,
        citation=citation,
        ticked=" checked" if ticked else "",
        words=words,
        confidential=CONFIDENTIAL if passage.confidential else "",
        text=f' <span class="tc-passage">{escape(passage.short)}</span>' if passage.text else "",
    )
    if passage.question:
        return box
    return box + PAGE.format(id=key, prefix=prefix, citation=citation, words=words, page=escape(page))
