"""Which mail a member of staff gets, and the page of the link that stops one kind of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exclusions.actions.casework import staff_mail
from exclusions.forms.casework.staff_mail import MailForm
from exclusions.gateways.mail_stop import read_stop_token
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in

WORDS = {"digest": "the digest each morning", "at_once": "mail at once about cases that fall due or mention you"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Let a member of staff choose which mail to get."""
    if not request.user.role:
        raise Http404
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            staff_mail.choose(request.user, **form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, "Your choice is saved.")
            return redirect("mail-settings")
    chosen = staff_mail.choice_of(request.user)
    form = MailForm(initial={"digest": chosen.digest, "at_once": chosen.at_once})
    return render(request, "casework/staff_mail/settings.html", {"form": form})


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
