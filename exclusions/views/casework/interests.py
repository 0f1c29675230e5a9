"""The interests that a member of staff has declared."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.review import interests as actions
from exclusions.forms.casework.interests import InterestForm, NotThemForm
from exclusions.models import Interest
from exclusions.queries.people.organizations import companies_named, still_named
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """Show a staff member's own interests, and take a new one."""
    if not request.user.role:
        raise PermissionDenied("Only staff declare interests.")
    form = InterestForm(request.POST if request.method == "POST" else None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = actions.declare(user=request.user, **form.cleaned_data, by=request.user, at=moment(request))
            who = (
                ", ".join(companies_named(made.name, actions.MOST_COMPANIES))
                if made.organization_id is None
                else made.name
            )
            said = who or f"{made.name}, once a company of that name is on file"
            messages.success(request, f"Declared. You no longer see or act in cases with {said}.")
            return redirect("review-interests")
    mine = Interest.objects.filter(user=request.user)
    context = {"form": form, "interests": mine.order_by("-declared_at", "-pk")}
    return render(request, "casework/interests.html", context, status=attempt.status)


@signed_in
@require_POST
def end_interest(request: SignedInRequest, interest_id: int) -> HttpResponse:
    """End one of the person's own interests."""
    found = get_object_or_404(Interest, pk=interest_id, user=request.user)
    pressed = Pressed(request)
    with pressed:
        actions.end(found, by=request.user, at=moment(request))
    return pressed.answer(redirect("review-interests"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def not_them(request: SignedInRequest, interest_id: int) -> HttpResponse:
    """Let an administrator record that a company is not the one of somebody’s interest."""
    if request.user.role != Role.ADMIN:
        raise PermissionDenied("Only an administrator says which company is not meant by an interest.")
    found = get_object_or_404(Interest, pk=interest_id)
    form = NotThemForm(request.POST or None, companies=still_named(found))
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            actions.record_not_them(found, **form.cleaned_data, by=request.user, at=moment(request))
            messages.success(request, "Recorded. The interest no longer keeps the person from cases of that company.")
            return redirect("interest-not-them", found.pk)
    recorded = found.not_them.select_related("recorded_by").order_by("-recorded_at", "-pk")
    context = {"interest": found, "form": form, "recorded": recorded}
    return render(request, "casework/interests/not_them.html", context, status=attempt.status)
