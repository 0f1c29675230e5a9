"""Answers of the office to arguments that come again and again: read by staff, written and withdrawn by counsel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.review.standing_answers import publish_standing_answer, withdraw_standing_answer
from exclusions.forms.notices.standing_answers import StandingAnswerForm
from exclusions.models import StandingAnswer
from exclusions.permissions.arguments.marked import may_answer_for_office
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import READS_CONFIDENTIAL


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def standing_answers(request: SignedInRequest) -> HttpResponse:
    """List the answers, those in use first, and publish another one."""
    writes = may_answer_for_office(request.user)
    if request.user.role not in READS_CONFIDENTIAL or (request.method == "POST" and not writes):
        raise PermissionDenied("Staff who work cases read standing answers. The Office of General Counsel writes them.")
    form = StandingAnswerForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = publish_standing_answer(**form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, f"Standing answer {made.pk} is published. Decisions may cite it.")
            return redirect("staff-standing-answers")
    rows = StandingAnswer.objects.order_by("-pk")
    context = {
        "form": form if writes else None,
        "in_use": [row for row in rows if row.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.withdrawn_at],
    }
    return render(request, "notices/standing_answers/list.html", context, status=attempt.status)


@signed_in
@require_POST
def withdraw(request: SignedInRequest, key: int) -> HttpResponse:
    """Withdraw an answer, with the reason that everybody reads."""
    pressed = Pressed(request, why="Why it is withdrawn")
    with pressed:
        withdraw_standing_answer(key, why=request.POST.get("why", ""), by=request.user, at=moment(request))
        messages.success(request, f"Standing answer {key} is withdrawn. Cases that cite it need another answer.")
    return pressed.answer(redirect("staff-standing-answers"))
