"""Questions to the filer: the filer's page of one, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.review import inquiries
from exclusions.forms.casework.inquiries import InquiryAnswerForm
from exclusions.models import Inquiry
from exclusions.queries.casework.inquiries import asked_of
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer_inquiry(request: SignedInRequest, petition_id: UUID, number: int) -> HttpResponse:
    """Show a question of the agency to the owners of the petition, and take their answer."""
    petition, at = owned_petition(request, petition_id), moment(request)
    inquiry = get_object_or_404(Inquiry, petition=petition, number=number)
    form = InquiryAnswerForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            inquiries.answer(inquiry, text=form.cleaned_data["text"], by=request.user, at=at)
            messages.success(request, "Your answer is on the record.")
            return redirect("petition", petition.pk)
    asked = next(one for one in asked_of(petition) if one.inquiry.number == number)
    context = {"petition": petition, "asked": asked, "form": form, "now": at}
    return render(request, "casework/case/inquiries/answer.html", context, status=attempt.status)


@signed_in
@require_POST
def take_back_inquiry(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Take a question back that one put."""
    petition = open_case(request, reference)
    inquiry = get_object_or_404(Inquiry, petition=petition, number=number)
    pressed = Pressed(request)
    with pressed:
        inquiries.take_back(inquiry, by=request.user, at=moment(request))
        messages.success(request, f"Question {number} is taken back.")
    return pressed.answer(redirect("case", reference))
