"""Forms made from the questions of one that is shipped: the list of them, and the making of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions import questionnaires
from exclusions.actions.rounds.made_forms import make_form
from exclusions.forms.people.made_form import MadeFormForm
from exclusions.models import MadeForm
from exclusions.queries.record.rounds import petition_forms, questions_of
from exclusions.questionnaires.made import Asked
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, administrators_only, signed_in


@signed_in
@require_safe
def staff_forms(request: SignedInRequest) -> HttpResponse:
    """List the forms that are shipped and those that were made."""
    administrators_only(request)
    shipped = [(key, questionnaires.get(key).title) for key in petition_forms()]
    made = MadeForm.objects.order_by("slug", "-version")
    return render(request, "people/made_forms/forms.html", {"shipped": shipped, "made": made})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def staff_form(request: SignedInRequest, key: str) -> HttpResponse:
    """Offer the questions of a form, shipped or made, and make a form of those that are chosen."""
    administrators_only(request)
    before = next((form for form in MadeForm.objects.order_by("pk") if form.key == key), None)
    based_on = before.based_on if before else key
    if based_on not in petition_forms():
        raise Http404
    base = questionnaires.get(based_on)
    chosen = questions_of(before) if before else {question.key: Asked() for question in base.questions}
    initial = {"slug": before.slug, "title": before.title} if before else {}
    form = MadeFormForm(request.POST or None, base=base, before=chosen, initial=initial)
    attempt = Attempt(form)
    if form.is_valid():
        given = form.cleaned_data
        with attempt:
            made = make_form(
                slug=given["slug"],
                title=given["title"],
                based_on=based_on,
                asked=form.asked(),
                by=request.user,
                at=moment(request),
            )
            messages.success(request, f"You made {made}. To use it, choose it in a round.")
            return redirect("staff-forms")
    context: dict[str, Any] = {"form": form, "base": base, "before": before}
    return render(request, "people/made_forms/form.html", context, status=attempt.status)
