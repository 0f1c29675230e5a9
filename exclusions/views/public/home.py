"""The start page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.queries.public.decided import latest_decisions
from exclusions.queries.public.rounds import open_rounds
from exclusions.views.frame.moment import moment
from exclusions.views.frame.site import MINE, STAFF


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the site is for, its three doors, the open rounds and the latest decisions: three statements."""
    at = moment(request)
    return render(request, "public/home.html", {"now": at, "rounds": open_rounds(at), "decisions": latest_decisions()})


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send a person who has just signed in to where their work is: the first page of their role, or their petitions."""
    assert request.user.is_authenticated
    route, _ = STAFF.get(request.user.role, MINE)[0]
    return redirect(route)
