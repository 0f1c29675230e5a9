"""The company's part of a bulk sheet: the first step of the form, answered once for all rows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exclusions.actions.bulk_sheets import sheets
from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.actions.bulk_sheets.working import TASK
from exclusions.facts.forms import petition_form
from exclusions.forms.questionnaire import step_form
from exclusions.gateways.queue import ask_for
from exclusions.questionnaires.sheet_columns import company_step
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Show the company's part, or save it; what is not complete yet stands beside its field."""
    opened = owned_sheet(request, sheet_id)
    form_of_round = petition_form(opened.round)
    step = company_step(form_of_round)
    at = moment(request)
    attempt = Attempt()
    if request.method == "POST":
        form = step_form(form_of_round, step, opened.company, request.POST, request.FILES)
        with attempt:
            saved = sheets.save_company(
                opened, answers=form.answers(), revision=sent_number(request, "revision"), by=request.user, at=at
            )
            left = Judge(saved, at).company_remarks()
            ask_for(TASK)
            if not left:
                messages.success(request, _("The company’s part is complete."))
                return redirect("bulk-sheet", opened.pk)
            return redirect(f"{reverse('bulk-sheet-company', args=[opened.pk])}?gaps")
    else:
        form = step_form(form_of_round, step, opened.company)
        if "gaps" in request.GET:
            form.show(Judge(opened, at).company_remarks())
    context = {
        "sheet": opened,
        "form": form,
        "step": form_of_round.step(step),
        "reasons": attempt.reasons,
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("bulk-sheets"), _("Bulk sheets")),
            (reverse("bulk-sheet", args=[opened.pk]), _("Sheet")),
        ],
    }
    return render(request, "importer/bulk_company/company.html", context, status=attempt.status)
