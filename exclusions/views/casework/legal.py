"""Counsel's list."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.casework.lists.short_worklists import cases_of
from exclusions.views.casework.desk import chosen_page, open_to
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role


@signed_in
@require_safe
def legal(request: SignedInRequest) -> HttpResponse:
    """List the cases in legal review with what both levels recommended, in pages, to be narrowed and chosen from."""
    open_to(Role.LEGAL, request, "This page is for the Office of General Counsel.")
    return render(request, "casework/legal.html", chosen_page(request, partial(cases_of, Role.LEGAL)))
