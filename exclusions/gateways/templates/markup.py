"""A text as HTML, for templates and for what is built beside them."""

import re
from html import escape

has_markup = re.compile("[&<>\"']").search


def escaped(text: str) -> str:
    """Return a text as HTML. In most there is nothing to escape, and to look once is faster than to look five times."""
    return escape(text) if has_markup(text) else text
