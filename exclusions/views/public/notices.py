"""Published notices: what they say, what they change, and their files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.gateways.annex.blocks import notice_blocks, notice_title
from exclusions.gateways.annex.facts import read_facts
from exclusions.gateways.annex.files import TYPES, notice_file
from exclusions.queries.public.notices import published_notice, published_notices
from exclusions.views.core.clock import moment


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """List the published notices, newest first."""
    return render(request, "public/notices/list.html", {"notices": published_notices()})


@require_safe
def published(request: HttpRequest, number: int) -> HttpResponse:
    """Show one published notice in its own words, with its files."""
    found = published_notice(number)
    if found is None:
        raise Http404
    facts = read_facts(found.facts)
    context = {"notice": found, "title": notice_title(facts), "blocks": notice_blocks(facts)[1:], "kinds": list(TYPES)}
    return render(request, "public/notices/notice.html", context)


@require_safe
def published_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Send a file of a published notice: `docx`, `pdf`, `csv` or `json`."""
    found = published_notice(number)
    if found is None or kind not in TYPES:
        raise Http404
    body = notice_file(read_facts(found.facts), kind, at=moment(request))
    name = f'attachment; filename="notice-{number}.{kind}"'
    return HttpResponse(body, content_type=TYPES[kind], headers={"Content-Disposition": name})
