"""What a page is put together from: its frame, the blocks of it, and other templates."""

from typing import Any

from django.template.base import Template, TextNode
from django.template.context import RenderContext, RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode, IncludeNode


class QuickBlock(BlockNode):
    """A part of a page that those who extend it may put another into."""

    def render(self, context: Any) -> Any:
        """Return the part of who extends it last."""
        known: Any = context.render_context.get(BLOCK_CONTEXT_KEY)
        context.dicts.append(layer := {"block": self})
        try:
            if known is None:
                return self.nodelist.render(context)
            others = known.blocks[self.name]
            pushed = others.pop() if others else None
            of: Any = pushed or self
            made: Any = QuickBlock(of.name, of.nodelist)
            made.context = context
            layer["block"] = made
            found = made.nodelist.render(context)
            if pushed is not None:
                others.append(pushed)
            return found
        finally:
            context.dicts.pop()


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
        context.dicts.append(values)
        try:
            return _rendered(template, context)
        finally:
            context.dicts.pop()


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
