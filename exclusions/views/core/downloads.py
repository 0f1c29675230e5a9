"""Sending a stored file: always as a download, under the type of its content, and never before a demanded scan."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from exclusions.gateways.documents.as_download import as_download
from exclusions.gateways.documents.scanner import ScanStatus
from exclusions.gateways.observed.told_once import let_pass

PAGE = "core/downloads.html"
TO_SET = (
    "We issued the letter, and its verification code is valid. We are still preparing the PDF. Try again in a few "
    "minutes."
)
MISSING = (
    "This file is on record, but we cannot find it at the moment. We told the agency. Try again later. If it is still "
    "missing tomorrow, ask the agency for the file"
)


def send_file(request: HttpRequest, key: str, name: str, content_type: str, scan: str) -> HttpResponseBase:
    """Return the stored file as a download; 409 with a sentence while CLAMD_URL is set and the file is not scanned.

    503 with a sentence when the store has it no more. The headers keep a browser from guessing at its type and from
    running it.
    """
    if settings.CLAMD_URL and scan != ScanStatus.CLEAN:
        sentence = "We have not scanned this file for viruses yet. Try again later."
        return render(request, PAGE, {"sentence": sentence}, status=409)
    response = _attachment(request, key, name, content_type)
    if isinstance(response, FileResponse):
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def send_letter(request: HttpRequest, key: str, reference: str | None, kind: str) -> HttpResponseBase:
    """Return a letter of that kind of a petition as a PDF to keep; it is ours. 503 when the store has it no more.

    409 with a sentence while it is still to be set.
    """
    if not key:
        facts = {"heading": "We are preparing this letter", "sentence": TO_SET}
        response = render(request, PAGE, facts, status=409)
        response["Cache-Control"] = "no-store"
        return response
    return _attachment(request, key, f"{reference}-{kind}.pdf", "application/pdf")


def _attachment(request: HttpRequest, key: str, name: str, content_type: str) -> HttpResponseBase:
    asked = request.resolver_match.view_name if request.resolver_match else ""
    return as_download(key, name, content_type, asked=asked) or _missing(request, name)


def _missing(request: HttpRequest, name: str) -> HttpResponse:
    """Answer 503, not 404: the file is there by the record, and comes back from a copy of the store."""
    facts = {"heading": "We cannot find this file at the moment", "sentence": f"{MISSING} {name}."}
    response = render(request, PAGE, facts, status=503)
    response["Cache-Control"] = "no-store"
    let_pass(request)
    return response
