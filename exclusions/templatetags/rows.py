"""Tables of many rows, drawn by Jinja2 through Django's own backend: `{% rows "worklist.html" rows=page %}`.

The templates are in `templates/rows`. They are given what the tag names and nothing of the page, and every text in them
is escaped as in Django's own.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, StrictUndefined

from exclusions.forms.rendering import with_translations
from exclusions.templatetags import tariff_format

register = template.Library()

FILTERS = (
    "dotted",
    "eastern",
    "is_soon",
    "machine",
    "money",
    "number",
    "percent",
    "short_day",
    "time_left",
    "tone",
)


def environment(**options: Any) -> Environment:
    """Return the environment of the templates in `templates/rows`: settings name it, and Django asks for it once."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = with_translations(Environment(**options))
    made.filters |= {name: getattr(tariff_format, name) for name in FILTERS}
    made.globals["address_parts"] = address_parts
    return made


def address_parts(route: str, word: str = "*") -> tuple[str, str]:
    """Return what stands before and after the one word of a route's address, so that rows need not look it up each.

    `word` is one that the route takes.
    """
    before, after = reverse(route, args=[word]).split(word)
    return before, after


@register.simple_tag(name="rows")
def draw_rows(name: str, **given: Any) -> SafeString:
    """Return the template of a name in `templates/rows`, drawn with what is given."""
    return mark_safe(render_to_string(name, given, using="jinja2"))
