"""What a form is told whose token is not valid."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from exclusions.views.frame.held import held_page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid. One of our own pages is held, to be sent again with a new token.

    The Origin header tells our own: browsers set it on every POST, and a page of another site cannot.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    if origin.netloc and origin.netloc == request.get_host() and "X-Autosave" not in request.headers:
        return held_page(request, "This page was open while you signed in or out elsewhere.")
    request.is_foreign = True  # type: ignore[attr-defined]  # its text is not repeated on a page of ours
    reasons = ["This form did not come from this site, or your browser refuses cookies. Open the page again."]
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": reasons, "renew": True}, status=403)
    return render(request, "403.html", {"reasons": reasons}, status=403)
