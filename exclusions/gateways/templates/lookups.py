"""How a template looks up `page.case.reference`: as Django does, which tries each name as a key first and learns from
an exception that most things have none."""

from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any, cast

from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.context import BaseContext, Context, RequestContext
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe

NOT_THERE = (TypeError, AttributeError, KeyError, ValueError, IndexError)


class _Nothing:
    """What stands for a thing that is not there: to return it is quicker than to raise and to catch."""


NOTHING = _Nothing()
_PLAIN = (Context, RequestContext)


class QuickVariable(Variable):
    """A variable whose first name is looked for in the context's own dictionaries."""

    __slots__ = ()

    def resolve(self, context: Any) -> Any:
        """Return what the variable stands for, VariableDoesNotExist where there is no such thing."""
        names = self.lookups
        if names is None or self.translate:
            return super().resolve(context)
        found = reached(names, context)
        return super().resolve(context) if found is NOTHING else found  # Django says in its own words what is missing


def reached(names: tuple[str, ...], context: Any) -> Any:
    """Return what names stand for in a context, each looked for in what was found before it; else `NOTHING`."""
    first = names[0]
    for known in reversed(context.dicts):
        if first in known:
            current = known[first]
            break
    else:
        return _asked(names, context)
    try:
        if callable(current):
            current = _called(current, context)
        for name in names[1:]:
            if hasattr(type(current), "__getitem__"):
                current = _inside(current, name)
            else:
                try:
                    current = getattr(current, name)
                except (TypeError, AttributeError):
                    current = _placed(current, name)
            if callable(current):
                current = _called(current, context)
    except VariableDoesNotExist:
        return NOTHING
    except Exception as error:
        return _silenced(error, context)
    return current


def _silenced(error: Exception, context: Any) -> Any:
    """What stands for a thing that says of its failure that a page need not fail with it."""
    if getattr(error, "silent_variable_failure", False):
        return context.template.engine.string_if_invalid
    raise error


def _asked(names: tuple[str, ...], context: Any) -> Any:
    """What Django finds where a name is none of a page's: something of the context itself, or nothing."""
    if type(context) in _PLAIN and names[0] not in context.__dict__:
        return NOTHING
    try:
        return Variable(".".join(names)).resolve(context)
    except VariableDoesNotExist:
        return NOTHING


def _inside(current: Any, name: str) -> Any:
    """What a thing that has keys has under a name: as a key, an attribute, or a place in a list."""
    try:
        return current[name]
    except NOT_THERE:
        if isinstance(current, BaseContext):  # of the context itself nothing is shown
            raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, current)) from None
    try:
        return getattr(current, name)
    except (TypeError, AttributeError):
        return _placed(current, name)


def _placed(current: Any, name: str) -> Any:
    """What a thing has at a place; the failure that is being handled, where it is of a property's own making."""
    if name in dir(current):
        raise
    try:
        return current[int(name)]
    except NOT_THERE:
        raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, current)) from None


def _called(found: Any, context: Any) -> Any:
    """What a function gives without arguments; nothing where it needs some, or changes data."""
    if getattr(found, "do_not_call_in_templates", False):
        return found
    if getattr(found, "alters_data", False):
        return context.template.engine.string_if_invalid
    try:
        return found()
    except TypeError:
        try:
            needed = signature(found)
        except ValueError:
            return context.template.engine.string_if_invalid
        try:
            needed.bind()
        except TypeError:
            return context.template.engine.string_if_invalid
        raise


class QuickExpression(FilterExpression):
    """A variable with its filters, most often none; what is not there is said by Django itself."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """Return what the expression stands for; None, with `ignore_failures`, where there is no such thing."""
        names = names_of(self)
        if names is not None:
            found = reached(names, context)
            if found is NOTHING:
                found = None if ignore_failures else context.template.engine.string_if_invalid
                if found:  # filters do not see what stands for a mistake
                    return super().resolve(context)
        elif self.is_var:
            found = self.var.resolve(context)
        else:
            found = self.var
        for filtering, arguments in self.filters:
            at_home, escapes, keeps_safe = _asks(filtering)
            given = [thing.resolve(context) if looked_up else mark_safe(thing) for looked_up, thing in arguments]
            if at_home:
                found = cast("Any", timezone).template_localtime(found, context.use_tz)
            made = filtering(found, *given, autoescape=context.autoescape) if escapes else filtering(found, *given)
            found = mark_safe(made) if keeps_safe and isinstance(found, SafeData) else made
        return found


def names_of(expression: FilterExpression) -> tuple[str, ...] | None:
    """Return the names that an expression begins with; None for a text or a number of the template's own."""
    if not expression.is_var:
        return None
    variable: Any = expression.var
    return None if variable.translate else variable.lookups


@cache
def _asks(filtering: Callable[..., Any]) -> tuple[bool, bool, bool]:
    """What a filter says of itself: takes a moment in local time, is told whether to escape, keeps safe what is."""
    expects = ("expects_localtime", "needs_autoescape", "is_safe")
    at_home, escapes, keeps_safe = (bool(getattr(filtering, name, False)) for name in expects)
    return at_home, escapes, keeps_safe
