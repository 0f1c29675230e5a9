"""The docket for programs and people with spreadsheets: CSV, XLSX, JSON and a feed, with the list's filters."""

from collections.abc import Iterator
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.spreadsheet import csv_lines, workbook
from exclusions.models.public import PublicPetition
from exclusions.queries.public import docket

# The columns of the agency's own “Exclusion Request Status Index”.
COLUMNS = (
    "Doc Type",
    "Request Doc-ID",
    "Organization Name",
    "10-Digit HTS",
    "Date Posted",
    "Response Closes",
    "Reply Closes",
    "Stages",
)
EXPORT_FIELDS = (
    "reference",
    "organization_name",
    "hts10",
    "product_name",
    "stage",
    "posted_on",
    "response_closes_at",
    "reply_closes_at",
    "decided_on",
)


def _rows(request: HttpRequest) -> "Iterator[PublicPetition] | None":
    chosen = DocketFilter(request.GET, PublicPetition.objects.all())
    if not chosen.form.is_valid():
        return None
    rows = chosen.qs.order_by(*docket.NEWEST_FIRST).only(*EXPORT_FIELDS)
    return rows.iterator(chunk_size=2000)  # type: ignore[no-any-return]


def _cells(petition: PublicPetition) -> list[str]:
    return [
        "REQUEST",
        petition.reference,
        petition.organization_name,
        petition.hts10,
        docket.day_text(petition.posted_on),
        docket.day_text(petition.response_closes_at),
        docket.day_text(petition.reply_closes_at),
        petition.get_stage_display(),
    ]


def _json(petition: PublicPetition) -> dict[str, Any]:
    return {
        "reference": petition.reference,
        "organization": petition.organization_name,
        "hts10": petition.hts10,
        "product": petition.product_name,
        "stage": petition.get_stage_display(),
        "posted_on": docket.day_text(petition.posted_on) or None,
        "response_closes_on": docket.day_text(petition.response_closes_at) or None,
        "reply_closes_on": docket.day_text(petition.reply_closes_at) or None,
        "decided_on": docket.day_text(petition.decided_on) or None,
    }


@require_safe
def docket_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Send every petition that the filters leave, as `csv`, `xlsx` or `json`."""
    rows = _rows(request)
    if rows is None:
        return HttpResponse("A filter in the address is not valid; see the docket page.", status=400)
    disposition = f'attachment; filename="docket.{kind}"'
    if kind == "json":
        return JsonResponse({"results": [_json(row) for row in rows]}, headers={"Content-Disposition": disposition})
    cells = (_cells(row) for row in rows)
    if kind == "xlsx":
        return HttpResponse(
            workbook("Docket", COLUMNS, cells),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": disposition},
        )
    return StreamingHttpResponse(
        csv_lines(COLUMNS, cells),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


class DocketFeed(Feed):  # type: ignore[type-arg]
    """The newest posted petitions as an Atom feed, with the list's filters."""

    feed_type = Atom1Feed
    title = "Tariff exclusion petitions: newly posted"
    subtitle = "Petitions as they are posted to the docket"

    def link(self) -> str:
        """The docket itself."""
        return reverse("docket")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> "list[PublicPetition]":
        """The 50 newest petitions that the filters leave; none when a filter is not valid."""
        chosen = DocketFilter(request.GET, PublicPetition.objects.all())
        if not chosen.form.is_valid():
            return []
        return list(chosen.qs.order_by(*docket.NEWEST_FIRST).only(*EXPORT_FIELDS)[:50])

    def items(self, obj: "list[PublicPetition]") -> "list[PublicPetition]":
        """The entries."""
        return obj

    def item_title(self, item: Any) -> str:
        """Reference and product."""
        return f"{item.reference}: {item.product_name}"

    def item_description(self, item: Any) -> str:
        """Organization, number and stage."""
        return f"{item.organization_name}, HTSUS {item.hts10}, {item.get_stage_display()}"

    def item_link(self, item: Any) -> str:
        """The petition's own page."""
        return reverse("docket-petition", args=[item.reference])
