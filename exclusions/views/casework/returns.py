"""Returning a petition for correction, and the petitions that wait for their filers' corrections."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions import transitions
from exclusions.actions.record.accesses import log_reading
from exclusions.facts.forms import petition_form
from exclusions.forms.decisions import ReturnForm
from exclusions.permissions import may_read_confidential, refusals
from exclusions.queries.casework.case import corrections
from exclusions.queries.casework.lists.worklist import PAGE_SIZE
from exclusions.queries.public.rounds import cure_deadline
from exclusions.views.casework.case.open_case import open_with_standing
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.roles import Role


@signed_in
@require_http_methods(["GET", "POST"])
def return_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Name the questions that need correction, each with its remedy, and the last day; then return the petition.

    `?question=` names questions to begin with.
    """
    (petition, standing), at = open_with_standing(request, reference), moment(request)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        questionnaire=petition_form(petition.round),
        default=eastern_date(cure_deadline(petition.round, at)),
        asked=tuple(request.GET.getlist("question")),
    )
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            data = {"points": form.points, "last_day": form.cleaned_data["last_day"]}
            moved = transitions.take(petition, "return", by=request.user, at=at, data=data)
            closes = moved.cure_closes_at
            messages.success(request, f"Returned. The filer may correct it until {in_words(closes)}." if closes else "")
            return redirect("case", reference)
    reads = may_read_confidential(request.user, petition, at, standing)
    if reads:
        log_reading(petition, "case file", by=request.user, at=at)
        prefetch_related_objects([petition], "versions")  # the warnings and the correction are of the certified ones
    context = {
        "form": form,
        "petition": petition,
        "reasons": refusals("return", petition, request.user, at, standing=standing),
        "warnings": corrections.filers_warnings(petition, at) if reads else [],
        "correction": corrections.correction(petition) if reads else None,
        "now": at,
    }
    return render(request, "casework/returns/return_case.html", context, status=attempt.status)


@signed_in
@require_safe
def returned(request: SignedInRequest) -> HttpResponse:
    """List the petitions that wait for their filers' corrections, the next to lapse first."""
    open_to(Role.INTAKE, request, "Only an intake clerk returns petitions for correction.")
    page = Paginator(corrections.returned_cases(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/returns/returned.html", {"page": page, "now": moment(request)})
