"""Taking any public thing of a case down, and putting it back, for staff."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.record import quarantine as actions
from exclusions.actions.record.accesses import log_reading
from exclusions.forms.take_down import CorrectionForm
from exclusions.models import Quarantine
from exclusions.permissions import may_read_confidential
from exclusions.permissions.quarantine import restoring_refusal
from exclusions.queries.record.public_things import text_of
from exclusions.views.casework.case.open_case import open_case, open_with_standing
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.core.take_down import back, replace_file, take_down_page


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_quarantine(request: SignedInRequest, reference: str) -> HttpResponse:
    """Let staff take down anything public of a case."""
    return take_down_page(request, *open_with_standing(request, reference), staff=True)


@signed_in
@require_POST
def case_restore(request: SignedInRequest, reference: str, quarantine_id: int) -> HttpResponse:
    """Put back what was taken down, or a corrected file in its stead."""
    petition = open_case(request, reference)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    pressed = Pressed(request)
    with pressed:
        actions.restore(taken, by=request.user, at=moment(request))
        messages.success(request, "It is public again.")
    return pressed.answer(back(petition, staff=True))


@signed_in
@require_POST
def case_replace(request: SignedInRequest, reference: str, quarantine_id: int) -> HttpResponse:
    """Take a corrected file for one that was taken down; it is put back once somebody has looked it through."""
    petition = open_case(request, reference)
    taken = get_object_or_404(Quarantine, pk=quarantine_id, petition=petition)
    return replace_file(request, taken, back(petition, staff=True))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case_correct(request: SignedInRequest, reference: str, quarantine_id: int) -> HttpResponse:
    """Show a text that was taken down, which is a reading that is logged, and publish a corrected one in its place."""
    petition, at = open_case(request, reference), moment(request)
    taken = get_object_or_404(Quarantine.objects.select_related("response"), pk=quarantine_id, petition=petition)
    refused = restoring_refusal(petition, request.user, at)
    if refused or not may_read_confidential(request.user, petition, at):
        raise PermissionDenied(*(refused.reasons if refused else []))
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial={"text": taken.correction})
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            actions.correct(taken, text=form.cleaned_data["text"], by=request.user, at=at)
            messages.success(request, "The corrected text is public.")
            return back(petition, staff=True)
    log_reading(petition, f"taken down: {taken.kind}", by=request.user, at=at)
    context = {"petition": petition, "taken": taken, "text": text_of(petition, taken), "form": form}
    return render(request, "casework/case/quarantine/correct.html", context, status=attempt.status)
