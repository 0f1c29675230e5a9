"""The exclusions registry: the list with its exports, and one exclusion with every wording and term."""

from collections.abc import Iterable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.http import quote_etag, urlencode
from django.views.decorators.http import require_safe

from exclusions.facts.on_file import OnFile
from exclusions.forms.lookup.exclusions import ExclusionDay, RegistryFilter
from exclusions.gateways.spreadsheet import csv_lines, workbook_pieces
from exclusions.hts import dotted
from exclusions.models.exclusion import Exclusion
from exclusions.models.tariff import TariffVersion
from exclusions.queries.list_pages import ListPages
from exclusions.queries.lookup.registry_rows import listed
from exclusions.queries.lookup.registry_standings import (
    ANY,
    IN_FORCE,
    ORDERS,
    REFERENCE,
    STANDINGS,
    Standings,
    count_standings,
    in_order,
    standing_on,
)
from exclusions.queries.public import registry
from exclusions.queries.public.docket import key_of
from exclusions.views.core.clock import moment
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.two_persons import CORRECTORS

PAGE_SIZE = 25
WRITTEN = 1  # raise it where a file's rows are written otherwise: programs keep the file that they have
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
    "fictional": "Fictional",
    "text": "Text",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_opened(asked: QueryDict) -> QueryDict:
    """Return what the list is asked: those in force where nothing but a day narrows it, since most exclusions are
    over.
    """
    if set(asked) - {"page", "sort", "as_of"}:
        return asked
    found = asked.copy()
    found["standing"] = IN_FORCE
    return found


def _standings(counts: Standings, query: QueryDict) -> list[tuple[str, str, int, str]]:
    """Each standing with its name, how many there are, and the address of its list."""
    asked = dict(query.lists())
    return [
        (value, name, counts.number_of(value), f"?{urlencode({**asked, 'standing': value}, doseq=True)}")
        for value, name in STANDINGS.items()
    ]


def _headings(offered: Iterable[str]) -> list[tuple[str, str]]:
    """Return the headings that a filter offers, by their dotted numbers."""
    return [("", "Any heading"), *((shown, shown) for shown in map(dotted, offered))]


@require_safe
def exclusion_list(request: HttpRequest) -> HttpResponseBase:
    """Show the exclusions that the query string leaves, 25 a page; `?format=` sends them as a file instead."""
    kind = request.GET.get("format", "")
    if kind in KINDS:
        return exclusion_export(request, kind)
    asked = as_opened(request.GET)
    chosen = RegistryFilter(asked, Exclusion.objects.none(), today=eastern_date(moment(request)))
    valid, on = chosen.form.is_valid(), chosen.judged_on
    rows = chosen.of_any_standing if valid else Exclusion.objects.none()
    standing, order = (chosen.standing_chosen, chosen.order) if valid else (ANY, REFERENCE)
    counts = count_standings(rows, on)
    left = in_order(standing_on(rows, standing, on), order, on)
    page = ListPages(left, PAGE_SIZE, asked.get("page"), known=counts.number_of(standing)).page_asked()
    exclusions, axis = listed(page.object_list, on)
    offered, query = registry.offered(), asked.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "exclusions": exclusions,
        "axis": axis,
        "on": on,
        "standings": _standings(counts, query),
        "lists": [("", "Any list"), *offered.lists],
        "headings": _headings(offered.headings),
        "heading": dotted(chosen.heading_chosen),
        "orders": list(ORDERS.items()),
        "standing": asked.get("standing"),
        "on_file": OnFile(on),
        "query": f"?{query.urlencode()}" if query else "",
    }
    return render(request, "lookup/exclusions/list.html", context, status=200 if valid else 400)


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
    return render(request, "lookup/exclusions/exclusion.html", context)


def _object(row: dict[str, str]) -> dict[str, str | bool | None]:
    """Return a term as the JSON file has it: what is true or not, and null for a day that is not known."""
    known: dict[str, str | bool | None] = {**row}
    return (
        known
        | {name: row[name] == "yes" for name in ("whole_number", "in_force", "fictional")}
        | {name: row[name] or None for name in ("from", "to", "published_on")}
    )


@require_safe
def exclusion_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Send every term that the filters leave, one row a term, as `csv`, `xlsx` or `json`."""
    chosen = RegistryFilter(request.GET, Exclusion.objects.all(), today=eastern_date(moment(request)))
    if not chosen.form.is_valid():
        reasons = " ".join(str(error) for errors in chosen.form.errors.values() for error in errors)
        return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
    rows = registry.export_rows(
        chosen.qs,
        heading=chosen.heading_chosen,
        as_of=chosen.term_day,
        on=chosen.judged_on,
    )
    headers = {"Content-Disposition": f'attachment; filename="exclusions.{kind}"'}
    if stamp := TariffVersion.current():
        asked = key_of(request.GET.dict() | {"on": str(chosen.judged_on), "kind": kind})
        headers["ETag"] = quote_etag(f"{stamp}-{asked}-{WRITTEN}")
    if kind == "json":
        return JsonResponse({"results": list(map(_object, rows))}, headers=headers)
    cells = ([row[name] for name in COLUMNS] for row in rows)
    if kind == "xlsx":
        pieces = workbook_pieces("Exclusions", list(COLUMNS.values()), cells)
        return StreamingHttpResponse(pieces, content_type=XLSX, headers=headers)
    lines = csv_lines(list(COLUMNS.values()), cells)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
