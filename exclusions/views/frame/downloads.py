"""Sending a stored file: always as a download, under the type of its content, and never before a demanded scan."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from exclusions.gateways.documents import object_store
from exclusions.gateways.documents.scanner import ScanStatus


def send_file(request: HttpRequest, key: str, name: str, content_type: str, scan: str) -> HttpResponseBase:
    """Return the stored file as a download; 409 with a sentence while CLAMD_URL is set and the file is not scanned.

    Raises Http404 when it is gone. The headers keep a browser from guessing at its type and from running it.
    """
    if settings.CLAMD_URL and scan != ScanStatus.CLEAN:
        sentence = "This file has not been virus-scanned yet. It can be downloaded once it is; try again later."
        return render(request, "frame/downloads.html", {"sentence": sentence}, status=409)
    response = _attachment(key, name, content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def send_letter(key: str, reference: str | None, kind: str) -> FileResponse:
    """Return a letter of that kind of a petition as a PDF to keep; it is ours. Raises Http404 when its file is gone."""
    return _attachment(key, f"{reference}-{kind}.pdf", "application/pdf")


def _attachment(key: str, name: str, content_type: str) -> FileResponse:
    try:
        content = object_store.open_file(key)
    except object_store.StoreAway:
        raise
    except object_store.StoreError as missing:
        raise Http404 from missing
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
