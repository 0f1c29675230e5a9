"""The publisher's page: granted cases go out under a Federal Register notice."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.decision.notices import Notice, publish_notice
from exclusions.forms.decisions import NoticeForm
from exclusions.queries.agency.short_worklists import granted_cases, terms_to_end
from exclusions.views.agency.desk import open_to
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: SignedInRequest) -> HttpResponse:
    """List the granted cases whose notice is pending, and publish the chosen ones."""
    open_to(Role.PUBLISHER, request, "This page is for the publisher of notices.")
    cases = list(granted_cases(request.user))
    form = NoticeForm(request.POST if request.method == "POST" else None, cases=cases)
    attempt = Attempt(form)
    if form.is_valid():
        entered = dict(form.cleaned_data)
        chosen = set(entered.pop("cases"))
        with attempt:
            done = publish_notice(
                [case for case in cases if case.reference in chosen],
                Notice(**entered),
                by=request.user,
                at=moment(request),
            )
            cases_word = "case" if len(done) == 1 else "cases"
            messages.success(request, f"Published: {len(done)} {cases_word} under {entered['citation']}.")
            return redirect("notices")
    exclusions = {case.decision.exclusion_id for case in cases}
    context: dict[str, Any] = {"to_end": terms_to_end(eastern_date(moment(request)))}
    context |= {"form": form, "cases": cases, "exclusions": len(exclusions), "now": moment(request)}
    return render(request, "agency/notices.html", context, status=attempt.status)
