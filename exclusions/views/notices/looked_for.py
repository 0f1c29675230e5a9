"""Staff record that the Federal Register was searched and had nothing new on exclusions or rates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.notices.looked_for import record_search
from exclusions.days import in_full
from exclusions.facts.on_file import register
from exclusions.forms.notices.looked_for import SearchedForm
from exclusions.models import LookedForNotices
from exclusions.permissions.notices.looked_for import SEARCHERS
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date

SHOWN = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def looked_for(request: SignedInRequest) -> HttpResponse:
    """Show until when notices were searched, and record a later day."""
    if request.user.role not in SEARCHERS:
        raise PermissionDenied("The publisher and the administrator record a search for notices.")
    today = eastern_date(moment(request))
    form = SearchedForm(request.POST or None, initial={"until": today})
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = record_search(until=form.cleaned_data["until"], by=request.user, at=moment(request))
            messages.success(request, f"Pages now say that notices through {in_full(made.until)} were searched.")
            return redirect("notices-searched")
    found = register()
    context = {
        "form": form,
        "on_file": found,
        "stale": found.is_stale(today),
        "searches": LookedForNotices.objects.order_by("-pk")[:SHOWN],
    }
    return render(request, "notices/looked_for/page.html", context, status=attempt.status)
