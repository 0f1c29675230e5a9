"""What may differ between two commits though nobody changed it, by name: each is a pattern, and what stands instead."""

import re

MASKED: dict[str, tuple[re.Pattern[str], str]] = {
    "the token of a form": (re.compile(r'(csrfmiddlewaretoken"? (?:type="hidden" )?value=")\w{64}'), r"\1TOKEN"),
    "the token of a page for its scripts": (re.compile(r'("X-CSRFToken": ?")\w{64}'), r"\1TOKEN"),
    "the nonce of a page": (re.compile(r"(nonce[-=]\"?)[\w+/=-]{16,}"), r"\1NONCE"),
    "how long requests and the database took": (re.compile(r"(?m)^(\w+_seconds\w*(?:\{.*\})? )\S+$"), r"\1SECONDS"),
    "the hash in a file's name": (re.compile(r"\.[0-9a-f]{12}(?=\.(?:css|js|woff2|svg|png|ico|webmanifest)\b)"), ""),
}
# Headers that follow from what is compared anyway, or from the masked parts of it.
UNREAD = {"content-length", "etag", "server-timing", "x-request-id"}


REQUEST = "X-Request-ID"  # the number of a request, which pages of errors tell, is masked too


def mask(text: str, request: str = "") -> str:
    """Return the text with what is masked, the number of its own request among it."""
    if request:
        text = text.replace(request, "REQUEST")
    for pattern, instead in MASKED.values():
        text = pattern.sub(instead, text)
    return text
