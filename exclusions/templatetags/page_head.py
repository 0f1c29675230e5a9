"""What stands in the head of a page for machines: structured data."""

import json
from typing import Any

from django import template
from django.urls import reverse

from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.structured_data import absolute, petition_data, site_data

register = template.Library()
# A browser ends a script at `</script`, whatever its type; so no such sign may stand in it.
_SIGNS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("core/structured.html")
def structured(data: Any) -> dict[str, str]:
    """Show facts as a block of JSON-LD: data that no browser runs, so that the content security policy allows it."""
    return {"facts": json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SIGNS)}


@register.inclusion_tag("core/structured.html")
def structured_petition(petition: PublicPetition) -> dict[str, str]:
    """Show what a posted petition is."""
    return structured(petition_data(petition))


@register.simple_tag
def whole_address(route: str, *names: str) -> str:
    """Return the address of a page as search engines are to keep it, by whichever it was asked for."""
    return absolute(reverse(route, args=names))


@register.inclusion_tag("core/structured.html")
def structured_site() -> dict[str, str]:
    """Show what the site is and how it is searched, for its start page."""
    return structured(site_data())
