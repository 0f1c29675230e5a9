"""The nodes that pages are full of, each rendered as Django does, without the detours that hardly a page needs.

Errors are not annotated with the line of the template: Django does so while debugging alone, and then none of these
is used.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.template.base import (
    Node,
    NodeList,
    Template,
    TextNode,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.context import RenderContext, RequestContext
from django.template.defaulttags import CsrfTokenNode, ForNode, IfNode, TemplateLiteral
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode, IncludeNode
from django.utils.safestring import SafeString

from exclusions.gateways.templates.markup import escaped


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

    def render(self, context: Any) -> str:
        """Return it as HTML: texts and whole numbers at once, the rest as Django prints it."""
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is SafeString:
            return str(value)
        if kind is str and context.autoescape:
            return escaped(value)
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return str(render_value_in_context(value, context))


class QuickIf(IfNode):
    """A condition; most are one variable."""

    def render(self, context: Any) -> str:
        """Return what stands under the first condition that holds."""
        for condition, nodes in self.conditions_nodelists:
            if condition is None:
                return str(nodes.render(context))
            try:
                if type(condition) is TemplateLiteral:
                    holds = cast("Any", condition).value.resolve(context, True)
                else:
                    holds = condition.eval(context)
            except VariableDoesNotExist:
                continue
            if holds:
                return str(nodes.render(context))
        return ""


class QuickFor(ForNode):
    """A loop."""

    def render(self, context: Any) -> Any:
        """Return what is inside for each item, or what stands for none."""
        around = context.get("forloop", {})
        names, inside, sequence = self.loopvars, cast("NodeList", self.nodelist_loop).render, cast("Any", self.sequence)
        with context.push():
            values = sequence.resolve(context, ignore_failures=True)
            if values is None:
                values = []
            if not hasattr(values, "__len__"):
                values = list(values)
            count = len(values)
            if count < 1:
                return cast("NodeList", self.nodelist_empty).render(context)
            loop = context["forloop"] = {"parentloop": around}
            found = []
            for number, item in enumerate(reversed(values) if self.is_reversed else values):
                loop |= {
                    "counter0": number,
                    "counter": number + 1,
                    "revcounter": count - number,
                    "revcounter0": count - number - 1,
                    "first": number == 0,
                    "last": number == count - 1,
                }
                if len(names) == 1:
                    context[names[0]] = item
                    found.append(inside(context))
                else:
                    with context.push(**_unpacked(names, item)):
                        found.append(inside(context))
        return SafeString("".join(found))


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


class QuickExtends(ExtendsNode):
    """What a page puts into the blocks of another; those of the other are looked for once a process."""

    def render(self, context: Any) -> Any:
        """Return the other page with these blocks."""
        parent: Any = self.get_parent(context)
        kept = context.render_context
        if BLOCK_CONTEXT_KEY not in kept:
            kept[BLOCK_CONTEXT_KEY] = BlockContext()
        blocks = kept[BLOCK_CONTEXT_KEY]
        blocks.add_blocks(self.blocks)
        blocks.add_blocks(_blocks_of(parent))
        with kept.push_state(parent, isolated_context=False):
            return parent._render(context)


def _blocks_of(parent: Any) -> dict[str, BlockNode]:
    """The blocks of a page that extends no other; none of one that does, as it adds them itself."""
    found: dict[str, BlockNode] | None = parent.__dict__.get("blocks_of_root")
    if found is None:
        found = {}
        for node in parent.nodelist:
            if not isinstance(node, TextNode):
                if not isinstance(node, ExtendsNode):
                    found = {one.name: one for one in parent.nodelist.get_nodes_by_type(BlockNode)}
                break
        parent.__dict__["blocks_of_root"] = found
    return found


class QuickInclude(IncludeNode):
    """Another template, of a name that this one says in full; it is looked for once a process."""

    known: Template | None = None

    def render(self, context: Any) -> Any:
        """Return the other template, with what it is given."""
        template = self.known
        if template is None:
            template = self.known = context.template.engine.select_template((self.template.var,))
        values = {name: expression.resolve(context) for name, expression in self.extra_context.items()}
        if self.isolated_context:
            return _rendered(template, _alone(context, values))
        with context.push(**values):
            return _rendered(template, context)


def _rendered(template: Any, context: Any) -> Any:
    """What `Template.render` returns within a page."""
    if context.template is None:
        return template.render(context)
    kept = context.render_context
    before, kept.template = kept.template, template
    kept.push()
    try:
        return template._render(context)
    finally:
        kept.template = before
        kept.pop()


def _alone(context: Any, values: dict[str, Any]) -> Any:
    """What `Context.new` returns: the same page with these values alone."""
    if type(context) is not RequestContext:
        return context.new(values)
    made: Any = RequestContext.__new__(RequestContext)
    kept: Any = RenderContext.__new__(RenderContext)
    kept.__dict__ |= context.render_context.__dict__
    kept.dicts = kept.dicts[:]
    made.__dict__ |= context.__dict__
    made.__dict__.pop("_processors_index", None)
    made.render_context = kept
    made.dicts = [{"True": True, "False": False, "None": None}, values]
    return made


def says_its_name(node: IncludeNode) -> bool:
    """Say whether the included template is named in full, neither by a variable nor from where this one lies."""
    name = node.template.var
    return isinstance(name, str) and not node.template.filters and not name.startswith(("./", "../"))


# What takes the place of what, where nothing that a template says is lost.
QUICK: dict[type[Node], type[Node]] = {
    VariableNode: QuickVariableNode,
    IfNode: QuickIf,
    ForNode: QuickFor,
    CsrfTokenNode: QuickToken,
    ExtendsNode: QuickExtends,
    IncludeNode: QuickInclude,
}
