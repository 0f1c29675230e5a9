"""What stands in the head of a page for machines: structured data."""

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.models.public import PublicPetition
from exclusions.queries.answers.structured_data import absolute, petition_data, site_data

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


@register.simple_tag
def structured_petition(petition: PublicPetition) -> SafeString:
    """Return what a posted petition is."""
    return structured(petition_data(petition))


@register.simple_tag
def whole_address(route: str, *names: str) -> str:
    """Return the address of a page as search engines are to keep it, by whichever it was asked for."""
    return absolute(reverse(route, args=names))


@register.simple_tag
def structured_site() -> SafeString:
    """Return what the site is and how it is searched, for its start page."""
    return structured(site_data())
