"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.queries.public.decided import latest_decisions
from exclusions.queries.public.rounds import open_rounds
from exclusions.views.core.clock import moment
from exclusions.views.core.context_processors import home_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead whoever is signed in to the work; show everybody else the start page."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user.role))
    return _start_page(request)


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Show the start page to everybody; search engines know it by its other address."""
    return _start_page(request, again=True)


def _start_page(request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """Show what the site is for, its ways in, the open rounds and the latest decisions: two statements."""
    at = moment(request)
    facts = {"now": at, "rounds": open_rounds(at), "decisions": latest_decisions(), "again": again}
    return render(request, "public/home.html", facts)
