"""What a form is told whose token is not valid."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from exclusions.views.core.resubmit import from_own_page, resubmit_page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid. One of our own pages is held, to be sent again with a new token."""
    if from_own_page(request) and "X-Autosave" not in request.headers:
        return resubmit_page(request, "You signed in or out elsewhere while this page was open.")
    reasons = ["This form did not come from this site, or your browser blocks cookies. Open the page again."]
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": reasons, "renew": True}, status=403)
    return render(request, "403.html", {"reasons": reasons}, status=403)
