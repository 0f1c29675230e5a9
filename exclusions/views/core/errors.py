"""The pages for what went wrong. A refusal shows its sentences; nothing else of the exception reaches the reader."""

import sys

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader

from exclusions.errors import ActionRefused
from exclusions.gateways.observed.refusals import tell
from exclusions.gateways.observed.request_ids import current
from exclusions.views.core.context_processors import PUBLIC, header
from exclusions.views.core.unavailable import unavailable

LOST_KEY = "lost_key"
LOST = (
    "The key of this site was changed, and no code of yours can be checked any more. If you have a passkey, sign in "
    "with it. Otherwise ask an administrator, or whoever runs this site, to end your second factors. Then set up new "
    "ones."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request could not be read."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, with the sentences that a view gave PermissionDenied."""
    reasons = [str(part) for part in exception.args if part]
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": reasons}, status=403)
    return render(request, "403.html", {"reasons": reasons}, status=403)


def broken_round(request: HttpRequest, exception: ActionRefused) -> HttpResponse:
    """Answer 409 where the round of the page names a form or a legal factor that nobody knows, with what it is."""
    tell(exception)
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": exception.reasons}, status=exception.status)
    return render(request, "core/broken_round.html", {"reasons": exception.reasons}, status=exception.status)


def lost_key(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    """Answer 409 where a page needs a secret that no key of the site opens, with what helps."""
    return render(request, "core/lost_key.html", {"reasons": exception.messages}, status=409)


class NotOpen(Http404):
    """Nothing is there for this member of staff; the sentences say why, the same whether or not there is anything."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404. The address is not repeated: it may hold what somebody typed."""
    reasons = exception.reasons if isinstance(exception, NotOpen) else ()
    return render(request, "404.html", {"reasons": reasons}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a page that needs no database, no session and no context processor; 503 for trouble beneath."""
    error = sys.exc_info()[1]
    answer = unavailable(request, error) if error else None
    facts = {"nav": header(PUBLIC), "number": current()}
    return answer or HttpResponseServerError(loader.render_to_string("500.html", facts))
