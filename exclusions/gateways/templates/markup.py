"""A text as HTML, for templates and for what is built beside them."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

has_markup = re.compile("[&<>\"']").search


def escaped(text: str) -> str:
    """Return a text as HTML. In most there is nothing to escape, and to look once is faster than to look five times."""
    return escape(text) if has_markup(text) else text


class Once(dict[Any, str]):
    """What is made of each value, once for a table: its rows repeat numbers, days and names, and ask for many."""

    def __init__(self, made: Callable[[Any], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, value: Any) -> str:
        """Make it of a value that was not met before; the name is Python's."""
        made = self[value] = self._made(value)
        return made
