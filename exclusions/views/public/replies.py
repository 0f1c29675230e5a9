"""The requester's reply to a posted response."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing import replies
from exclusions.facts.forms import reply_form
from exclusions.forms.whole_form import WholeForm
from exclusions.queries.importer.replying import response_to_reply_to
from exclusions.queries.public import docket
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import signed_in
from exclusions.views.public.submissions import uploads_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_response(request: HttpRequest, reference: str, response: str) -> HttpResponse:
    """Let the requester answer one posted response; the reply is posted once intake has read it."""
    now = moment(request)
    found = response_to_reply_to(reference, response)
    if found is None:
        raise Http404
    form, attempt = reply_form(found.petition.round), Attempt()
    page = WholeForm(form, request.POST, request.FILES) if request.method == "POST" else WholeForm(form)
    if request.method == "POST" and request.user.is_authenticated:
        with attempt:
            replies.reply(
                found,
                answers=page.answers(),
                uploads=uploads_of(page),
                stated_public=page.stated,
                by=request.user,
                at=now,
            )
            messages.success(request, _("You filed your reply. The agency checks it, then posts it."))
            return redirect("docket-petition", reference=reference)
        attempt.show_on(page)
    # Before anything is shown; a reply that was filed has been asked for twice already, the second time under the lock.
    if refused := replies.reply_refusal(found, request.user, now):
        raise PermissionDenied(*refused.reasons)
    before = replies.withheld_reply(found)
    if before and request.method != "POST":
        page = WholeForm(form, given=replies.to_begin_with(form, before.answers))
    shown = docket.posted_response(reference, response)
    context = {"response": found, "page": page, "reference": reference, "before": before, "shown": shown, "now": now}
    return render(request, "public/replies.html", context, status=attempt.status)
