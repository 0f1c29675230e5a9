"""How a template looks up `page.case.reference`: as Django does, which tries each name as a key first and learns from
an exception that most things have none."""

from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any, cast

from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.context import BaseContext
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe

NOT_THERE = (TypeError, AttributeError, KeyError, ValueError, IndexError)


class QuickVariable(Variable):
    """A variable whose first name is looked for in the context's own dictionaries."""

    __slots__ = ()

    def resolve(self, context: Any) -> Any:
        """Return what the variable stands for, VariableDoesNotExist where there is no such thing."""
        names = self.lookups
        if names is None or self.translate:
            return super().resolve(context)
        first = names[0]
        for known in reversed(context.dicts):
            if first in known:
                break
        else:
            return super().resolve(context)  # says in Django's own words that there is nothing
        current = known[first]
        try:
            if callable(current):
                current = _called(current, context)
            if len(names) > 1:
                for name in names[1:]:
                    current = _inside(current, name)
                    if callable(current):
                        current = _called(current, context)
        except Exception as error:
            if getattr(error, "silent_variable_failure", False):
                return context.template.engine.string_if_invalid
            raise
        return current


def _inside(current: Any, name: str) -> Any:
    """What a thing has under a name: as a key, an attribute, or a place in a list."""
    if hasattr(type(current), "__getitem__"):
        try:
            return current[name]
        except NOT_THERE:
            if isinstance(current, BaseContext):  # of the context itself nothing is shown
                raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, current)) from None
    try:
        return getattr(current, name)
    except (TypeError, AttributeError):
        if name in dir(current):
            raise  # of a property's own making
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
        if self.is_var:
            try:
                found = self.var.resolve(context)
            except VariableDoesNotExist:
                return super().resolve(context, ignore_failures)
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


@cache
def _asks(filtering: Callable[..., Any]) -> tuple[bool, bool, bool]:
    """What a filter says of itself: takes a moment in local time, is told whether to escape, keeps safe what is."""
    expects = ("expects_localtime", "needs_autoescape", "is_safe")
    at_home, escapes, keeps_safe = (bool(getattr(filtering, name, False)) for name in expects)
    return at_home, escapes, keeps_safe
