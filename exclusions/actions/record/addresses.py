"""Where the pages of the site are, as messages and letters write it."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def page_address(route: str, *arguments: Any) -> str:
    """Return the whole address of a page, by the name of its route and what stands in it."""
    return settings.BASE_URL + reverse(route, args=arguments)
