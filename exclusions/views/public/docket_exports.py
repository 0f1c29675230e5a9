"""The docket for programs and people with spreadsheets: CSV, XLSX, JSON and a feed, with the list's filters."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.spreadsheet import csv_lines, json_pieces, workbook_pieces
from exclusions.models.public import PublicPetition
from exclusions.queries.answers.docket_files import COLUMNS, file_object, file_rows
from exclusions.queries.answers.docket_pages import SORTS
from exclusions.queries.public import docket
from exclusions.workflow.deadlines import EASTERN

PLAIN = "text/plain; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEED_FIELDS = (
    "reference",
    "organization_name",
    "hts10",
    "product_name",
    "stage",
    "posted_on",
    "decided_on",
    "updated_at",
)


@require_safe
def docket_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Send every petition that the filters leave, in the list's order, as `csv`, `xlsx` or `json`."""
    chosen = DocketFilter(request.GET, PublicPetition.objects.all())
    sort = request.GET.get("sort") or "newest"
    if chosen.sentences or sort not in SORTS:
        wrong = chosen.sentences or [f"Order: choose one of {', '.join(SORTS)}, not “{sort[:40]}”."]
        return HttpResponse(" ".join(wrong), status=400, content_type=PLAIN)
    rows = file_rows(chosen.qs, sort)
    headers = {"Content-Disposition": f'attachment; filename="docket.{kind}"'}
    titles = list(COLUMNS.values())
    if kind == "xlsx":
        return StreamingHttpResponse(workbook_pieces("Docket", titles, rows), content_type=XLSX, headers=headers)
    if kind == "json":
        pieces = json_pieces("results", map(file_object, rows))
        return StreamingHttpResponse(pieces, content_type="application/json", headers=headers)
    return StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv; charset=utf-8", headers=headers)


def _version(request: HttpRequest, *_: Any, **__: Any) -> str:
    """The tag of a feed: what is posted, and the filters."""
    return f'"{docket.version()}-{docket.key_of(request.GET.dict())}"'


@method_decorator([require_safe, condition(etag_func=_version)], name="__call__")
class DocketFeed(Feed):  # type: ignore[type-arg]
    """The newest posted petitions as an Atom feed (RFC 4287), with the list's filters."""

    feed_type = Atom1Feed
    subtitle = "New petitions on the docket"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> DocketFilter:
        """The filters in use."""
        return DocketFilter(request.GET, PublicPetition.objects.all())

    def title(self, obj: DocketFilter) -> str:
        """What it is a feed of, with the filters in words."""
        words = [f"{obj.base_filters[name].label}: {value[:60]}" for name, value in obj.chosen.items()]
        return ", ".join(["New tariff exclusion petitions", *words])

    def link(self, obj: DocketFilter) -> str:
        """The list with the same filters."""
        return _with_filters("docket", obj)

    def feed_url(self, obj: DocketFilter) -> str:
        """Its own address, with the filters."""
        return _with_filters("docket-feed", obj)

    def feed_guid(self, obj: DocketFilter) -> str:
        """What names it: another filter is another feed."""
        return self.feed_url(obj)

    def author_name(self, obj: DocketFilter) -> str:
        """Who publishes the docket; of each petition, the entry says who filed it."""
        return "Tariff exclusion docket"

    def items(self, obj: DocketFilter) -> "list[PublicPetition]":
        """The 50 newest petitions that the filters leave; none when a filter is not valid."""
        if obj.sentences:
            return []
        return list(obj.qs.order_by(*docket.NEWEST_FIRST).only(*FEED_FIELDS)[:50])

    def item_title(self, item: Any) -> str:
        """Reference and product."""
        return f"{item.reference}: {item.product_name}"

    def item_description(self, item: Any) -> str:
        """Organization, number, stage, and the day of the decision."""
        decided = f", decided {item.decided_on}" if item.decided_on else ""
        return f"{item.organization_name}, HTSUS {item.hts10}, {item.get_stage_display()}{decided}"

    def item_author_name(self, item: Any) -> str:
        """The organization."""
        return item.organization_name or "Not given in the docket"

    def item_pubdate(self, item: Any) -> datetime | None:
        """The beginning of the day of posting in New York."""
        return datetime.combine(item.posted_on, time(), EASTERN) if item.posted_on else None

    def item_updateddate(self, item: Any) -> datetime:
        """When its public copy was last written."""
        moment: datetime = item.updated_at
        return moment

    def item_categories(self, item: Any) -> list[str]:
        """Its stage."""
        return [item.get_stage_display()]

    def item_link(self, item: Any) -> str:
        """The petition's own page."""
        return reverse("docket-petition", args=[item.reference])


def _with_filters(name: str, chosen: DocketFilter) -> str:
    return reverse(name) + (f"?{urlencode(chosen.chosen)}" if chosen.chosen else "")
