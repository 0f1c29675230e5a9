"""What the office answers to an argument that comes again and again, as decisions cite it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.models.standing_answers import StandingAnswer


@require_safe
def standing_answers(request: HttpRequest) -> HttpResponse:
    """List the answers: those in use first, then the withdrawn ones, which earlier decisions still cite."""
    rows = list(StandingAnswer.objects.order_by("-pk"))
    context = {
        "in_use": [row for row in rows if row.withdrawn_at is None],
        "withdrawn": [row for row in rows if row.withdrawn_at],
    }
    return render(request, "public/standing_answers.html", context)
