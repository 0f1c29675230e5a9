"""What stands in the head of a page for machines: structured data."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# A browser ends a script at `</script`, whatever its type; so no such sign may stand in it.
_SIGNS = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@register.simple_tag
def structured(data: Any) -> SafeString:
    """Return facts as a block of JSON-LD: data that no browser runs, so that the content security policy allows it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _SIGNS.items():
        words = words.replace(sign, escape)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')
