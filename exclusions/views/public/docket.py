"""The public docket: one petition, its public files. Reads the public tables only."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.actions.record.downloads import log_download
from exclusions.gateways.documents import thumbnails
from exclusions.models.public import PublicDocument
from exclusions.queries.public import docket
from exclusions.queries.public.petition_story import story
from exclusions.views.core.clock import moment
from exclusions.views.core.downloads import send_file


@require_safe
def docket_petition(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one posted petition: its way, both sides, the decision, what is like it, and how to cite it."""
    now = moment(request)
    found = docket.petition_page(reference, now)
    if found is None:
        return _gone(request, reference)
    context = {
        "found": found,
        "petition": found.petition,
        "story": story(found.petition, found.responses, now),
        "address": request.build_absolute_uri(request.path),
        "now": now,
    }
    return render(request, "public/docket/petition.html", context)


def _gone(request: HttpRequest, reference: str, key: UUID | None = None) -> HttpResponse:
    """Answer 410 with reference and date where something was taken down, and 404 where nothing ever was."""
    grave = docket.tombstone(reference, key)
    if grave is None:
        raise Http404
    context = {"grave": grave, "is_file": grave.key is not None}
    return render(request, "public/docket/taken_down.html", context, status=410)


@require_safe
def docket_document(request: HttpRequest, reference: str, key: UUID) -> HttpResponseBase:
    """Send a public file of a posted petition as a download, under the type that its content has; the fetch is logged.

    With `?small` the small picture of a photograph is sent, which pages show and nobody logs. No cache between here and
    the reader keeps either, so that a file that is taken down is gone at once.
    """
    document = docket.public_file(reference, key)
    if document is None:
        return _gone(request, reference, key)
    if "small" in request.GET:
        return _small_picture(request, document)
    if request.method == "GET":
        log_download(document, by=request.user if request.user.is_authenticated else None, at=moment(request))
    response = send_file(request, document.storage_key, document.file_name, document.content_type, document.scan)
    response["Cache-Control"] = "no-store"
    return response


def _small_picture(request: HttpRequest, document: PublicDocument) -> HttpResponseBase:
    if not document.thumbnail_key:
        raise Http404
    response = send_file(
        request, document.thumbnail_key, f"small-{document.key}.jpg", thumbnails.CONTENT_TYPE, document.scan
    )
    response["Cache-Control"] = "no-store"
    return response
