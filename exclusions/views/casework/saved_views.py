"""Keeping a worklist under a name, and removing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from exclusions.actions.casework.saved_views import remove_view, save_view
from exclusions.queries.casework.lists.worklist_address import as_query
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep the worklist that the form stands on under the name that was typed."""
    query, name = as_query(request.POST), request.POST.get("name", "")
    pressed = Pressed(request, name="Name of the view")
    with pressed:
        shared = bool(request.POST.get("shared"))
        view = save_view(name=name, query=query, shared=shared, by=request.user, at=moment(request))
        messages.success(request, f"Kept as “{view.name}”.")
    return pressed.answer(redirect(f"{reverse('review')}{'?' if query else ''}{query}"))


@signed_in
@require_POST
def remove(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Remove one's own view."""
    pressed = Pressed(request)
    with pressed:
        messages.success(request, f"Removed: “{remove_view(view_id, by=request.user)}”.")
    return pressed.answer(redirect("review"))
