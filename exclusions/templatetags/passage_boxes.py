"""The passages that a finding may cite, each with its box, built in one go: a page of a case has hundreds."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from exclusions.gateways.templates.markup import escaped

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
    begun, prefix, boxes = escape(f"{prefix}-{group}"), escape(prefix), []
    for n, (passage, ticked, page) in enumerate(offered, 1):
        citation, said = passage.__dict__.get("_drawn") or _drawn(passage)
        key = f"{begun}{n}"
        boxes.append(  # written out: to fill a format takes three times as long
            f'<div class="usa-checkbox"><input class="usa-checkbox__input" id="{key}" type="checkbox" name="{prefix}'
            f'-citations" value="{citation}"{" checked" if ticked else ""}><label class="usa-checkbox__label"'
            f' for="{key}">{said}</label></div>'
            + ("" if passage.question else _page(key, prefix, citation, passage, page))
        )
    return mark_safe("\n".join(boxes))


def _page(key: str, prefix: str, citation: str, passage: Any, page: str) -> str:
    words = escaped(passage.words)
    return PAGE.format(id=key, prefix=prefix, citation=citation, words=words, page=escaped(page))


def _drawn(passage: Any) -> tuple[str, str]:
    """What is the same in each box of a passage, which every criterion of a page offers: kept with it.

    Whatever people typed is escaped here.
    """
    text = f' <span class="tc-passage">{escaped(passage.short)}</span>' if passage.text else ""
    said = f"{escaped(passage.words)}{CONFIDENTIAL if passage.confidential else ''}{text}"
    found: tuple[str, str] = (escaped(passage.citation), said)
    vars(passage)["_drawn"] = found
    return found
