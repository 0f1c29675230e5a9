"""Where the product's templates come from: Django's cached loader, whose templates are quickened once they are read."""

from collections.abc import Iterable
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, Template, TextNode, Variable
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.template.smartif import TokenBase

from exclusions.gateways.templates.frames import says_its_name
from exclusions.gateways.templates.lookups import QuickExpression, QuickVariable
from exclusions.gateways.templates.nodes import QUICK, prepare, rendering


class Loader(cached.Loader):
    """Quickens each template, but while debugging: then Django tells the line of a mistake."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return the template of a name, as Django finds it."""
        found: Template = super().get_template(template_name, skip)
        if not self.engine.debug and "quickened" not in found.__dict__:
            # Each step leaves the template whole: who is given it meanwhile renders the same.
            _quicken(found.nodelist, set())
            found.__dict__["quickened"] = True
        return found


def _quicken(thing: Any, seen: set[int]) -> None:
    """Put the quicker kinds in the place of the nodes and expressions within a thing."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, FilterExpression):
        _quicken_expression(thing, seen)
    elif type(thing) is Variable:
        cast_to(thing, QuickVariable)
    elif isinstance(thing, Node | TokenBase):
        _each(vars(thing).values(), seen)
        if isinstance(thing, Node):
            _quicken_node(thing)
    elif isinstance(thing, list | tuple):
        _each(thing, seen)
        if isinstance(thing, NodeList):
            thing.__dict__["render"] = rendering(thing)
    elif isinstance(thing, dict):
        _each(thing.values(), seen)


def _each(things: Iterable[Any], seen: set[int]) -> None:
    for thing in list(things):
        _quicken(thing, seen)


def _quicken_expression(expression: FilterExpression, seen: set[int]) -> None:
    if isinstance(expression.var, Variable):
        _quicken(expression.var, seen)
    for _, arguments in expression.filters:
        _each((argument for looked_up, argument in arguments if looked_up), seen)
    if type(expression) is FilterExpression:
        cast_to(expression, QuickExpression)


def _quicken_node(node: Node) -> None:
    kind = QUICK.get(type(node))
    if kind is not None and (not isinstance(node, IncludeNode) or says_its_name(node)):
        cast_to(node, kind)
        prepare(node)
    if not isinstance(node, TextNode):
        node.render_annotated = node.render  # type: ignore[method-assign]


def cast_to(thing: Any, kind: type[Any]) -> None:
    """Make a thing one of a kind that is laid out alike."""
    thing.__class__ = kind
