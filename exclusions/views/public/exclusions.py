"""The exclusions registry: the list with its exports, and one exclusion with every wording and term."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.forms.exclusions import ExclusionDay, RegistryFilter
from exclusions.gateways.spreadsheet import csv_lines, workbook
from exclusions.models.exclusion import Exclusion
from exclusions.queries.public import registry
from exclusions.views.frame.moment import moment
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.two_persons import CORRECTORS

KINDS = ("csv", "xlsx", "json")
COLUMNS = {
    "reference": "Reference",
    "list": "List",
    "heading": "Chapter 99 heading",
    "note": "U.S. note",
    "item": "Item",
    "numbers": "Statistical numbers",
    "whole_number": "Whole statistical number",
    "from": "From",
    "to": "To (inclusive)",
    "status": "Status",
    "in_force": "In force",
    "authority": "Federal Register",
    "published_on": "Published",
    "dates_from": "Where the dates come from",
    "text": "Text",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def exclusion_list(request: HttpRequest) -> HttpResponseBase:
    """Show the exclusions that the query string leaves, 25 a page; `?format=` sends them as a file instead."""
    kind = request.GET.get("format", "")
    if kind in KINDS:
        return exclusion_export(request, kind)
    chosen = RegistryFilter(request.GET, Exclusion.objects.all())
    valid = chosen.form.is_valid()
    rows = chosen.qs if valid else Exclusion.objects.none()
    page = Paginator(registry.with_details(rows), registry.PAGE_SIZE).get_page(request.GET.get("page"))
    on = chosen.as_of_day or eastern_date(moment(request))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "entries": [registry.entry(exclusion, on) for exclusion in page.object_list],
        "on": on,
        "lists": registry.lists(),
        "headings": registry.headings(),
        "heading": chosen.heading_chosen,
        "query": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "public/exclusions/list.html", context, status=200 if valid else 400)


@require_safe
def exclusion_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one exclusion as of a day: wording, numbers, terms under each heading, the petitions it answered."""
    asked = ExclusionDay(request.GET, Exclusion.objects.none(), today=eastern_date(moment(request)))
    on = asked.day
    found = registry.exclusion_page(reference, on)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "entry": found.entry,
        "exclusion": found.entry.exclusion,
        "on": on,
        "may_correct": getattr(request.user, "role", "") in CORRECTORS,
    }
    return render(request, "public/exclusions/exclusion.html", context)


@require_safe
def exclusion_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Send every term that the filters leave, one row a term, as `csv`, `xlsx` or `json`."""
    chosen = RegistryFilter(request.GET, Exclusion.objects.all())
    if not chosen.form.is_valid():
        reasons = " ".join(str(error) for errors in chosen.form.errors.values() for error in errors)
        return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
    rows = registry.export_rows(
        chosen.qs,
        heading=chosen.heading_chosen,
        as_of=chosen.as_of_day,
        on=chosen.as_of_day or eastern_date(moment(request)),
    )
    headers = {"Content-Disposition": f'attachment; filename="exclusions.{kind}"'}
    if kind == "json":
        return JsonResponse({"results": list(rows)}, headers=headers)
    cells = ([row[name] for name in COLUMNS] for row in rows)
    if kind == "xlsx":
        body = workbook("Exclusions", list(COLUMNS.values()), cells)
        return HttpResponse(body, content_type=XLSX, headers=headers)
    lines = csv_lines(list(COLUMNS.values()), cells)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
