"""The page of a historical case."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.models import StoredCase
from exclusions.queries.casework.clusters.like_page import like_page
from exclusions.views.casework.search import stored_case
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def past_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a historical case: what its docket says of it, and the cases like it."""
    case = stored_case(request, reference)
    if case.kind != StoredCase.Kind.HISTORICAL:
        return redirect("case", reference)
    like = like_page(case, request.user, request.GET)
    return render(request, "casework/case/past.html", {"case": case, "like": like, "now": moment(request)})
