"""Does mine fit? Goods in anybody's words, compared with each exclusion that names their number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.forms.lookup.fit import FitQuestion
from exclusions.queries.lookup.fit import fit_found
from exclusions.views.core.clock import moment
from exclusions.workflow.deadlines import eastern_date

PAGE = "lookup/fit.html"


@require_safe
def fit(request: HttpRequest) -> HttpResponse:
    """Ask for a number and a description; show which exclusions fit, miss, or hang on what, as of a day."""
    today = eastern_date(moment(request))
    asked = FitQuestion(request.GET or None, today=today)
    context = {"form": asked.form, "as_of": asked.day, "today": today, "found": None}
    if asked.is_bound and not asked.form.is_valid():
        return render(request, PAGE, context, status=400)
    if asked.is_bound and asked.number:
        context["found"] = fit_found(asked.number, asked.goods_text, asked.day)
    return render(request, PAGE, context)
