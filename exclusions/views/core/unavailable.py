"""The answer while a part beneath the site is away, full, locked or frozen: 503, a sentence, and what was typed.

Nothing here asks the database or the session: they may be what is away.
"""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template import loader

from exclusions.gateways.observed.problem import problem
from exclusions.gateways.observed.request_ids import current
from exclusions.gateways.observed.told_once import let_pass
from exclusions.gateways.outages.trouble import is_trouble
from exclusions.views.core.context_processors import PUBLIC, header
from exclusions.views.core.resubmit import chosen, from_own_page, typed

logger = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds
QUIET = 30.0  # seconds within which the log is told of each kind of trouble once
SENTENCE = "This site cannot reach its records at the moment. Try again in a minute."
UNSURE = (
    "We probably did not receive what you sent. Keep this page open. Check in another tab whether your change is there "
    "before you send it again."
)


@dataclass(frozen=True)
class Closed:
    """Why nothing is served: the heading of the page, the sentence, and what is said of something that was sent."""

    title: str
    sentence: str
    unsure: str


AWAY = Closed("Not available at the moment", SENTENCE, UNSURE)

_told: dict[str, float] = {}
_lock = threading.Lock()


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """Return the answer to a request that met such trouble; None for any other error, which is a fault of ours."""
    if not is_trouble(error):
        return None
    _tell(error)
    response = answer(request, AWAY)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    let_pass(request)
    return response


def answer(request: HttpRequest, closed: Closed) -> HttpResponse:
    """Return a 503 for who asked: a page that keeps what was typed, or what a program or a part of a page reads."""
    if request.path.startswith("/api/"):
        return problem(503, closed.title, closed.sentence)
    if "X-Autosave" in request.headers:  # the page keeps what was typed, and saves it again
        return JsonResponse({"unavailable": closed.sentence}, status=503)
    if "HX-Request" in request.headers:
        return HttpResponse(closed.sentence, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(loader.render_to_string("core/unavailable.html", _facts(request, closed)), status=503)


def _facts(request: HttpRequest, closed: Closed) -> dict[str, Any]:
    """Return what the page shows. What was typed goes back to who sent it from a page of ours, and to nobody else."""
    facts: dict[str, Any] = {"nav": header(PUBLIC), "demo": settings.DEMO, "number": current()}
    facts |= {"title": closed.title, "sentence": closed.sentence}
    if request.method != "POST":
        return facts
    facts["unsure"] = closed.unsure
    try:
        if from_own_page(request):
            facts.update(fields=typed(request), files=chosen(request), action=request.get_full_path())
            facts["csrf_token"] = get_token(request)
    except Exception:  # the form itself could not be read: a disk that is full, a sender that went away
        logger.debug("Nothing of the form can be given back.")
    return facts


def _tell(error: BaseException) -> None:
    """Tell the log which kind of trouble it is, once in a while; the text of the error may hold what was asked."""
    kind = type(error).__name__
    if error.__cause__ is not None:
        kind = f"{kind}: {type(error.__cause__).__name__}"
    now = time.monotonic()
    with _lock:
        if now - _told.get(kind, -QUIET) < QUIET:
            return
        _told[kind] = now
    logger.warning("Requests are answered 503 (%s).", kind)
