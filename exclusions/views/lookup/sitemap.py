"""The map of the public pages as search engines read it (sitemaps.org)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.queries.lookup.site_map import Mapped, mapped, parts

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the map."""
    lines = [f"<sitemap><loc>{_whole(reverse('sitemap-part', args=[one.name]))}</loc></sitemap>" for one in parts()]
    body = f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n' + "\n".join(lines) + "\n</sitemapindex>\n"
    return HttpResponse(body, content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give one part, streamed: at most 50,000 addresses with the day of their last change."""
    found = mapped(name)
    if found is None:
        raise Http404
    return StreamingHttpResponse(_lines(found), content_type=XML)


def _lines(found: Iterable[Mapped]) -> Iterator[str]:
    yield f'{HEAD}<urlset xmlns="{SCHEMA}">\n'
    for one in found:
        changed = f"<lastmod>{_stamp(one.changed)}</lastmod>" if one.changed else ""
        yield f"<url><loc>{_whole(one.path)}</loc>{changed}</url>\n"
    yield "</urlset>\n"


def _whole(path: str) -> str:
    return escape(f"{settings.BASE_URL}{path}")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
