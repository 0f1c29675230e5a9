"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.public.decided import latest_decisions
from exclusions.queries.public.rounds import open_rounds
from exclusions.views.frame.moment import moment


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is for, its three doors, the open rounds and the latest decisions: two statements."""
    at = moment(request)
    return render(request, "public/home.html", {"now": at, "rounds": open_rounds(at), "decisions": latest_decisions()})
