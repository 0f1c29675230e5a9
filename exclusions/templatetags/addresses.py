"""`url` as Django has it, but that the address of a page that takes nothing is looked up once a process.

A page has some forty of them in its head and foot, and each costs as much as a row of its list.
"""

from functools import cache

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as any_url
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class _Plain(Node):
    """An address that no argument and no application's namespace changes."""

    child_nodelists = ()

    def __init__(self, route: str) -> None:
        self.route = route

    def render(self, context: Context) -> SafeString:
        """Return the address; NoReverseMatch where there is no such page."""
        return _address(self.route, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@cache
def _address(route: str, urls: str, prefix: str) -> SafeString:
    """The address of a route of these URLs below the server's prefix; a route's own words need no escape."""
    return mark_safe(reverse(route, urlconf=urls))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Take what Django's own tag takes."""
    found: URLNode = any_url(parser, token)
    route = found.view_name.var
    plain = isinstance(route, str) and ":" not in route and not found.view_name.filters
    if plain and not (found.args or found.kwargs or found.asvar):
        return _Plain(str(route))
    return found
