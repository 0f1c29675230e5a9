"""Statements that words are no leak: those of a case, a new coincidence, and a second person's word for one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import statements as actions
from exclusions.forms.casework.statements import CoincidenceForm
from exclusions.models import LeakSettlement, Petition
from exclusions.permissions import may_read_confidential
from exclusions.permissions.screening import Waiting
from exclusions.queries.casework.screenings import statements_of, things_of
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in


def _open(request: SignedInRequest, reference: str) -> Petition:
    petition = open_case(request, reference)
    if not may_read_confidential(request.user, petition, moment(request)):
        raise PermissionDenied("Only staff who read the whole case see these statements.")
    return petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what was stated of a case, and take a new statement."""
    petition, at = _open(request, reference), moment(request)
    things = things_of(petition)
    places = {**{place: what for place, (what, _) in things.items()}, **actions.TYPED_PLACES}
    sent = request.POST if request.method == "POST" else None
    form = CoincidenceForm(sent, places=places, initial={"place": request.GET.get("place", "")})
    attempt = Attempt(form)
    if form.is_valid():
        place = form.cleaned_data["place"]
        words = things[place][1] if place in things else Waiting(place, [("text", form.cleaned_data["words"])])
        with attempt:
            statement = form.cleaned_data["statement"]
            actions.state_coincidence(petition, words, statement=statement, by=request.user, at=at)
            messages.success(request, "Stated. It counts once a second member of staff agrees.")
            return redirect("case-statements", petition.reference)
    log_reading(petition, "statements on confidential matter", by=request.user, at=at)
    context = {"petition": petition, "form": form, "statements": statements_of(petition), "now": at}
    return render(request, "casework/case/statements.html", context, status=attempt.status)


@signed_in
@require_POST
def second(request: SignedInRequest, reference: str, statement_id: int) -> HttpResponse:
    """Agree to a colleague's statement."""
    petition = _open(request, reference)
    found = get_object_or_404(LeakSettlement, pk=statement_id, petition=petition)
    pressed = Pressed(request)
    with pressed:
        actions.second(found, by=request.user, at=moment(request))
        messages.success(request, "Agreed. These words may now be let through.")
    return pressed.answer(redirect("case-statements", petition.reference))
