"""Sends words compressed: pages, tables, feeds, the API. A public page of 40 KB takes 7 on the wire."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from exclusions.views.core.middleware.no_store import STRANGERS_FORM

WORDS = ("text/", "application/json", "application/xml", "application/atom+xml", "application/problem+json",
         "application/vnd.oai.openapi", "image/svg+xml")  # fmt: skip


class CompressedMiddleware(GZipMiddleware):
    """Compress what holds words and may be kept.

    The length of a compressed answer tells something of what it holds beside what the asker put into it (BREACH). So an
    answer within a session, which `NoStoreMiddleware` has marked, goes out as it is: confidential figures are there.
    What strangers read holds no secret but the token of a form, which Django masks anew each time, and Django
    adds a name of random length. Files of others (PDF, XLSX, pictures) are compressed in themselves.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed where the browser takes that."""
        said, kind = response.get("Cache-Control", ""), response.get("Content-Type", "")
        if ("no-store" in said and said != STRANGERS_FORM) or not kind.startswith(WORDS):
            return response
        found: HttpResponseBase = super().process_response(request, response)
        return found
