"""The page of the link that stops one kind of mail to a member of staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exclusions.actions.casework import staff_mail
from exclusions.gateways.mail_stop import read_stop_token
from exclusions.views.core.clock import moment

WORDS = {"digest": "the digest each morning", "at_once": "mail at once about cases that fall due or mention you"}


# A mail program posts here for its reader, without a cookie (RFC 8058); the signed link is what lets it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mail that a link names: a person by the button, a mail program by its post. Reading stops nothing."""
    found = read_stop_token(token)
    if found is None or found[1] not in WORDS:
        raise Http404
    stopped = request.method == "POST" and bool(staff_mail.stop(token, at=moment(request)))
    context = {"what": WORDS[found[1]], "stopped": stopped}
    return render(request, "casework/staff_mail/stop.html", context)
