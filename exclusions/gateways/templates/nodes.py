"""The nodes that pages are full of, each rendered as Django does, without the detours that hardly a page needs.

Errors are not annotated with the line of the template: Django does so while debugging alone, and then none of these
is used.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.template import defaulttags
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CsrfTokenNode, ForNode, IfNode, TemplateLiteral, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.smartif import TokenBase
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from exclusions.gateways.templates.frames import QuickBlock, QuickExtends, QuickInclude
from exclusions.gateways.templates.lookups import NOTHING, names_of, reached
from exclusions.gateways.templates.markup import escaped
from exclusions.gateways.templates.query_strings import querystring


def rendering(nodes: NodeList) -> Callable[[Any], SafeString]:
    """Return how a list of nodes is rendered: words of the template that follow one another are one text."""
    parts: list[Any] = []
    for node in nodes:
        if type(node) is not TextNode:
            parts.append(node.render)
        elif parts and isinstance(parts[-1], str):
            parts[-1] += node.s
        else:
            parts.append(node.s)
    if len(parts) == 1 and isinstance(parts[0], str):
        words = SafeString(parts[0])
        return lambda context: words
    return lambda context: SafeString("".join([part if type(part) is str else part(context) for part in parts]))


class QuickVariableNode(VariableNode):
    """What is printed of a variable."""

    names: tuple[str, ...] | None = None

    def render(self, context: Any) -> str:
        """Return it as HTML: texts and whole numbers at once, the rest as Django prints it."""
        try:
            value = self.filter_expression.resolve(context) if self.names is None else reached(self.names, context)
        except UnicodeDecodeError:
            return ""
        if value is NOTHING:
            value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            words: str = value
            return words
        if kind is str and context.autoescape:
            return escaped(value)
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return str(render_value_in_context(value, context))


class QuickIf(IfNode):
    """A condition; most are one variable."""

    ways: Sequence[tuple[tuple[str, ...] | None, Any, Callable[[Any], str]]] = ()

    def render(self, context: Any) -> str:
        """Return what stands under the first condition that holds."""
        for names, condition, inside in self.ways:
            if names is not None:
                holds = reached(names, context)
                if holds is NOTHING:
                    continue
            elif condition is None:
                return inside(context)
            else:
                try:
                    holds = condition.eval(context)
                except VariableDoesNotExist:
                    continue
            if holds:
                return inside(context)
        return ""


class QuickFor(ForNode):
    """A loop. What it knows of itself is made where something inside may ask for it."""

    asked = True

    def render(self, context: Any) -> Any:
        """Return what is inside for each item, or what stands for none."""
        around = context.get("forloop", {}) if self.asked else None
        nodes: Any = self.nodelist_loop
        sequence: Any = self.sequence
        names, inside = self.loopvars, nodes.render
        dicts: list[dict[str, Any]] = context.dicts
        dicts.append(layer := {})
        try:
            values = sequence.resolve(context, ignore_failures=True)
            if values is None:
                values = []
            if not hasattr(values, "__len__"):
                values = list(values)
            count = len(values)
            if count < 1:
                return cast("NodeList", self.nodelist_empty).render(context)
            loop: Any = {"parentloop": around}
            if self.asked:
                layer["forloop"] = loop
            found = []
            only = names[0] if len(names) == 1 else None
            for number, item in enumerate(reversed(values) if self.is_reversed else values):
                if self.asked:
                    _step(loop, number, count)
                if only is not None:
                    layer[only] = item
                    found.append(inside(context))
                else:
                    dicts.append(_unpacked(names, item))
                    found.append(inside(context))
                    dicts.pop()
        finally:
            dicts.pop()
        return SafeString("".join(found))


def _step(loop: dict[str, Any], number: int, count: int) -> None:
    loop["counter0"] = number
    loop["counter"] = number + 1
    loop["revcounter"] = count - number
    loop["revcounter0"] = count - number - 1
    loop["first"] = number == 0
    loop["last"] = number == count - 1


def _unpacked(names: Sequence[str], item: Any) -> dict[str, Any]:
    try:
        given = len(item)
    except TypeError:
        given = 1
    if given != len(names):
        raise ValueError(f"Need {len(names)} values to unpack in for loop; got {given}. ")
    return dict(zip(names, item, strict=True))


class QuickToken(CsrfTokenNode):
    """The token that a form of ours carries."""

    def render(self, context: Any) -> str:
        """Return the hidden field; Django's own words where there is no token."""
        token = str(context.get("csrf_token") or "")
        if token in ("", "NOTPROVIDED"):
            return str(super().render(context))
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escaped(str(token))}">'


class QuickWith(WithNode):
    """Names for what follows."""

    def render(self, context: Any) -> Any:
        """Return what is inside, with the names."""
        values = {name: expression.resolve(context) for name, expression in self.extra_context.items()}
        context.dicts.append(values)
        try:
            return self.nodelist.render(context)
        finally:
            context.dicts.pop()


class QuickSimple(SimpleNode):
    """A tag that a function answers."""

    def render(self, context: Any) -> Any:
        """Return the function's answer, or set the variable that the template names."""
        given = [word.resolve(context) for word in self.args]
        if self.takes_context:
            given.insert(0, context)
        named = {name: word.resolve(context) for name, word in self.kwargs.items()} if self.kwargs else {}
        made = self.func(*given, **named)
        if self.target_var is not None:
            context.dicts[-1][self.target_var] = made
            return ""
        kind = type(made)
        if kind is SafeString or not context.autoescape:
            return made
        return escaped(made) if kind is str else conditional_escape(made)


def prepare(node: Any) -> None:
    """Note once what a node would find out whenever it is rendered."""
    if isinstance(node, QuickVariableNode):
        node.names = None if node.filter_expression.filters else names_of(node.filter_expression)
    elif isinstance(node, QuickIf):
        node.ways = [
            (_names_alone(condition), condition, cast("Any", nodes).render)
            for condition, nodes in node.conditions_nodelists
        ]
    elif isinstance(node, QuickFor):
        node.asked = "forloop" in node.loopvars or any(_may_ask(one) for one in node.nodelist_loop)
    elif isinstance(node, QuickSimple) and node.func is defaulttags.querystring:
        node.func = querystring


def _names_alone(condition: Any) -> tuple[str, ...] | None:
    if type(condition) is not TemplateLiteral:
        return None
    value: Any = condition.value
    return None if value.filters else names_of(value)


def _may_ask(thing: Any) -> bool:
    """Whether something in a loop may ask for the loop itself; of what is not known here, it may."""
    if isinstance(thing, FilterExpression):
        asks = [thing.var, *(argument for _, arguments in thing.filters for _, argument in arguments)]
        return any(isinstance(one, Variable) and (one.lookups or ("",))[0] == "forloop" for one in asks)
    if isinstance(thing, Node):
        if not (type(thing) in _TELLING or getattr(thing, "asks_only_its_words", False)):
            return True
        if isinstance(thing, SimpleNode) and thing.takes_context:
            return True
        return any(_may_ask(one) for one in vars(thing).values())
    if isinstance(thing, TokenBase):
        return any(_may_ask(one) for one in vars(thing).values())
    if isinstance(thing, dict):
        return any(_may_ask(one) for one in thing.values())
    return isinstance(thing, list | tuple) and any(_may_ask(one) for one in thing)


# What takes the place of what, where nothing that a template says is lost.
QUICK: dict[type[Node], type[Node]] = {
    VariableNode: QuickVariableNode,
    IfNode: QuickIf,
    ForNode: QuickFor,
    CsrfTokenNode: QuickToken,
    ExtendsNode: QuickExtends,
    IncludeNode: QuickInclude,
    WithNode: QuickWith,
    SimpleNode: QuickSimple,
    BlockNode: QuickBlock,
}

# Those of whom it can be seen whether they ask for the loop that they stand in.
_TELLING = {TextNode, QuickVariableNode, QuickIf, QuickFor, QuickWith, QuickSimple, QuickToken}
