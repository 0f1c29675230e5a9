"""Rows that have no seal, for administrators: one proposes to seal them as they are, another confirms."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from exclusions.forms.people.proposals import ActForm
from exclusions.queries.people.proposals import waiting_for
from exclusions.queries.record import late_seals
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, administrators_only, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.two_persons import ACTS

SHOWN = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def unsealed(request: SignedInRequest) -> HttpResponse:
    """Show which rows have no seal and which were sealed late; propose to seal the former."""
    administrators_only(request)
    found = late_seals.unsealed()
    context = {
        "act": ACTS["seal_late"],
        "rows": found[:SHOWN],
        "number": len(found),
        "tables": late_seals.by_table(found),
        "late": late_seals.sealed_late(),
        "waiting": waiting_for(late_seals.SUBJECT, moment(request)),
    }
    form = ActForm(request.POST if request.method == "POST" else None)
    return propose_or_show(request, form, "seal_late", late_seals.KEY, ("people/seals/unsealed.html", context))
