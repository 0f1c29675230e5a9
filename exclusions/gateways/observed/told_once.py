"""What the log was told already: Django need not write a line of its own for each answer of the kind."""

import logging

from django.http import HttpRequest


def let_pass(request: HttpRequest) -> None:
    """Let the answer to a request have no line of Django's: whoever answers says why, once for many of them."""
    request.told_once = True  # type: ignore[attr-defined]


class News(logging.Filter):
    """Lets lines through but those of Django on an answer that the log was told of (`let_pass`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written."""
        request = getattr(record, "request", None)
        return record.name != "django.request" or bool(record.exc_info) or not getattr(request, "told_once", False)
