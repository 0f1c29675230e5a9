"""The whole docket as files: the page that lists them, and each file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from exclusions.gateways.documents.as_download import as_download
from exclusions.gateways.dumps.described import DICTIONARY, LICENCE, MANIFEST
from exclusions.queries.mirrors.dumps import current_dump, dump_file, files_of

AWAY = "We cannot find this file at the moment. Try again in an hour: we make all files again each night.\n"


@require_safe
def dumps(request: HttpRequest) -> HttpResponse:
    """List the files with size, rows and hash, and say when they were made."""
    dump = current_dump()
    context = {
        "dump": dump,
        "files": files_of(dump) if dump else [],
        "licence": LICENCE,
        "manifest": MANIFEST,
        "dictionary": DICTIONARY,
    }
    return render(request, "public/dumps.html", context)


@require_safe
def dump(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file; 404 where there is none of the name, 503 where the store has it no more.

    A program that has the file already is told so (304), before the store is asked for it.
    """
    found = dump_file(name)
    if found is None:
        raise Http404
    tag, made = quote_etag(found.sha256), int(found.dump.made_at.timestamp())
    known = get_conditional_response(request, etag=tag, last_modified=made)
    answer = known or as_download(found.storage_key, found.name, found.content_type, asked="docket-dump")
    if answer is None:
        return HttpResponse(AWAY, status=503, content_type="text/plain; charset=utf-8")
    answer["ETag"], answer["Last-Modified"] = tag, http_date(made)
    return answer
