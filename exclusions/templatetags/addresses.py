"""What a page has for everybody alike, made once a process: addresses, but for the words in them, and `constant` parts.

And what each page has many of: the links of its header, and days. A page has some forty addresses in its head and foot,
and each costs as much as a row of its list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import date as any_date
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as any_url
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from exclusions.gateways.templates.markup import escaped
from exclusions.gateways.templates.routes import around, filled, where
from exclusions.templatetags.quick_table import short_day

register = template.Library()
CURRENT = ' aria-current="page"'


class _Plain(Node):
    """An address that no variable and no application's namespace changes."""

    child_nodelists = ()
    asks_only_its_words = True

    def __init__(self, route: str, words: tuple[str, ...], called: str | None) -> None:
        self.route = route
        self.words = words
        self.called = called

    def render(self, context: Context) -> SafeString | str:
        """Return the address, NoReverseMatch where there is no such page; or call it so in what follows, empty then."""
        if self.called is None:
            return _address(self.route, self.words, *_where(context))
        try:
            context[self.called] = _address(self.route, self.words, *_where(context))
        except NoReverseMatch:
            context[self.called] = ""
        return ""


def _where(context: Context) -> tuple[str, str]:
    """The URLs and the server's prefix for which a page is made: asked once a page, and not once an address."""
    kept: dict[str, Any] = context.__dict__
    if "where" not in kept:
        kept["where"] = where()
    found: tuple[str, str] = kept["where"]
    return found


@cache
def _address(route: str, words: tuple[str, ...], urls: str, prefix: str) -> SafeString:
    """The address of a route of these URLs below the server's prefix; a route's own words need no escape."""
    return mark_safe(reverse(route, urlconf=urls, args=words))


class _Filled(Node):
    """An address with words of the page in it: what stands between them is looked up once a process."""

    child_nodelists = ()
    asks_only_its_words = True

    def __init__(self, found: URLNode, route: str | None) -> None:
        self.found = found
        self.route = route
        self.own = tuple(_word(one) for one in found.args)  # the words that the template names itself

    def render(self, context: Context) -> SafeString:
        """Return the address, or set the variable that the template names, as Django's own tag does."""
        words = [word.resolve(context) for word in self.found.args]
        route = self.found.view_name.resolve(context) if self.route is None else self.route
        given = [word for word, own in zip(words, self.own, strict=True) if own is None]
        pieces = around(route, self.own, given, *_where(context)) if isinstance(route, str) else None
        if pieces is None:
            return mark_safe(self.found.render(context))  # escaped as the page asks
        address = filled(pieces, given)
        if self.found.asvar is None:
            return SafeString(address)
        context[self.found.asvar] = SafeString(address)
        return SafeString("")


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Take what Django's own tag takes."""
    found: URLNode = any_url(parser, token)
    words = [_word(one) for one in (found.view_name, *found.args)]
    if found.kwargs or ":" in str(words[0]):
        return found
    if None in words:
        return _Filled(found, words[0]) if found.args else found
    route, *others = map(str, words)
    return _Plain(route, tuple(others), found.asvar)


def _word(expression: FilterExpression) -> str | None:
    """Return the word that a template names itself; None where it names a variable, or has it filtered."""
    return None if expression.filters or not isinstance(expression.var, str) else str(expression.var)


class _Alone(Context):
    """A context of its own flags: what is asked beyond them is a mistake in the template, and not an empty text."""

    def __getitem__(self, key: Any) -> Any:
        """Return a flag, or what the inside sets itself."""
        if key not in self:
            raise TemplateSyntaxError(f"A constant part asks for “{key}”, which is not one of its flags.")
        return super().__getitem__(key)

    def get(self, key: Any, otherwise: Any = None) -> Any:
        """Return likewise: a tag that asks in this way means a thing of the request, but for the number that a policy
        of others would give each script; ours names none."""
        return otherwise if key == "csp_nonce" else self[key]


class _Constant(Node):
    """The inside of the tag `constant`. It is rendered without the page's context, so that nothing of one request, or
    of a person, can get into what others are shown."""

    child_nodelists = ()

    def __init__(self, inside: NodeList, flags: Sequence[str]) -> None:
        self.inside = inside
        self.flags = flags
        self.made: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the inside as it was rendered first, with these flags, for these URLs."""
        flags = {name: bool(context.get(name)) for name in self.flags}
        key = (*flags.values(), *_where(context), settings.STATIC_URL)
        found = self.made.get(key)
        if found is None:
            alone = _Alone(flags)
            alone.template = context.template
            found = self.made[key] = self.inside.render(alone)
        return found


@register.simple_tag
def header_links(links: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return the items of a page's header; the current one is said to be so."""
    return SafeString(
        "".join(
            f'<li><a href="{escaped(one["url"])}"{CURRENT if one["current"] else ""}>{escaped(one["label"])}</a></li>'
            for one in links or ()
        )
    )


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date_in_words(value: Any, form: str | None = None) -> str:
    """Return what Django's own filter returns, of a day in the two forms that pages are full of without its detours."""
    if type(value) is date and form in _DAYS:
        return _DAYS[form](value)
    return str(any_date(value, form))


_DAYS: Mapping[str | None, Callable[[date], str]] = {
    "M j, Y": short_day,
    "Y-m-d": date.isoformat,
}


@register.tag
def constant(parser: Parser, token: Token) -> Node:
    """Render what is inside once a process, and again for each combination of the flags that are named: yes or no.

    `{% constant demo %}…{% endconstant %}`: of the page's variables only whether `demo` is set can be asked inside.
    """
    _, *flags = token.split_contents()
    inside = parser.parse(("endconstant",))
    parser.delete_first_token()
    if inside.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("A constant part holds no block: what a page puts there would be shown on others.")
    return _Constant(inside, flags)
