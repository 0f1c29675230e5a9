"""Lists that a case is full of, built in one go: its answers under their labels, and what happened to it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from exclusions.templatetags.quick_table import shown
from exclusions.templatetags.tariff_format import eastern

register = template.Library()

CONFIDENTIAL = ' <span class="tc-badge tc-badge--confidential">{}</span>'
BADGES = {
    "confidential": CONFIDENTIAL.format("Business confidential"),
    "bci": CONFIDENTIAL.format("Business confidential"),
    "public": ' <span class="tc-badge">Public</span>',
}


@register.simple_tag
def key_facts(lines: Iterable[Any], badges: object, mark: str) -> SafeString:
    """Return the lines of `_components/key_facts.html`, each a mapping or an object. What people typed is escaped."""
    confidential = CONFIDENTIAL.format(shown(mark or "Business confidential"))
    return mark_safe("".join([_line(line, badges, confidential) for line in lines or ()]))


def _line(line: Any, badges: object, confidential: str) -> str:
    if isinstance(line, Mapping):
        label, value, secret, visibility = line["label"], line["value"], line.get("confidential"), ""
    else:
        label, value, secret = line.label, line.value, getattr(line, "confidential", False)
        visibility = getattr(getattr(line, "visibility", ""), "value", "") if badges and not secret else ""
    badge = confidential if secret else BADGES.get(visibility, "") if badges else ""
    return f'<div><dt>{shown(label)}{badge}</dt><dd class="tc-long">{shown(_written(value))}</dd></div>'


def _written(value: Any) -> Any:
    return "" if value is None else value


@register.simple_tag
def options(offered: Iterable[tuple[Any, Any]], chosen: object = "") -> SafeString:
    """Return what a list offers, given as (value, words), with the chosen one marked; escaped likewise."""
    marks = ("", " selected")
    lines = [
        f'<option value="{shown(value)}"{marks[value == chosen]}>{shown(words)}</option>' for value, words in offered
    ]
    return SafeString("".join(lines))


@register.simple_tag
def cited(passages: Iterable[Any]) -> SafeString:
    """Return the items of what a finding cites, each with its passage; escaped likewise."""
    return mark_safe("".join([_cited(passage) for passage in passages]))


def _cited(passage: Any) -> str:
    secret = f"{CONFIDENTIAL.format('Confidential').strip()} " if passage.confidential else ""
    after = "" if passage.words.endswith("?") else ":"
    said = f'{after} <q class="tc-long">{shown(passage.short)}</q>' if passage.text else ""
    return f"<li>{secret}{shown(passage.words)}{said}</li>"


@register.simple_tag
def happened(moments: Iterable[Any]) -> SafeString:
    """Return the items of a case's record, oldest first, from `queries.agency.timeline`; escaped likewise."""
    return mark_safe("".join([_moment(moment) for moment in moments]))


def _moment(moment: Any) -> str:
    what, about, before, after, who, role, reason = (
        shown(words)
        for words in (moment.what, moment.about, moment.before, moment.after, moment.who, moment.role, moment.reason)
    )
    led = f" ({f'{before} → ' if before else ''}{after})" if after else ""
    by = f"{f', {who}' if who else ''}{f' ({role})' if role else ''}"
    why = f'<br><span class="tc-long">{reason}</span>' if reason else ""
    return (
        f"<li><strong>{what}</strong>{f': {about}' if about else ''}{led}<br>"
        f'<span class="tc-quiet">{eastern(moment.at)}{by}</span>{why}</li>'
    )
