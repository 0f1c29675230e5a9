"""Where there is no queue, the web process sends what a request put into the outbox, sets its letters and posts to
webhooks: after the answer has gone out."""

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from exclusions.actions.casework.letters_to_set import letters_wait, set_letters
from exclusions.actions.record.notifications import deliver
from exclusions.actions.webhooks import post_webhooks

logger = logging.getLogger(__name__)
FEW = 3  # webhooks: each may take its time, and the clock posts the rest
READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class OutboxMiddleware:
    """Sends after each request that may have written. What to send is asked of the table, so nothing is remembered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.OUTBOX_WAKE:
            raise MiddlewareNotUsed("The queue delivers the messages of the outbox.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the server closes the answer once it is sent, and nobody waits for the mail server."""
        response = self.get_response(request)
        # Where the database was away for the page, it is not asked again on the same thread.
        if request.method not in READS and response.status_code != 503:
            response.close = partial(_send_and_close, response.close)  # type: ignore[method-assign]
        return response


def _send_and_close(close: Callable[[], None]) -> None:
    _send()
    close()


def _send() -> None:
    """Deliver what is due. Whatever goes wrong costs a delay: the row stays unsent, and the next run picks it up."""
    at = timezone.now()
    try:
        deliver(at=at)
    except Exception:  # Django would drop it without a word: the answer is out
        logger.exception("Messages wait in the outbox.")
    try:
        if letters_wait():
            set_letters()
    except Exception:
        logger.exception("Letters wait to be set.")
    try:
        post_webhooks(at=at, most=FEW)
    except Exception:
        logger.exception("Webhooks wait to be posted.")
