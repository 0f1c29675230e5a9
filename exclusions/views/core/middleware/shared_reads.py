"""What programs read of the public side, so that caches between them and this site may share one answer.

One list of names says which addresses those are; no page is among them. Whoever asks is forgotten before anything
looks: without cookie and token no view behind here can tell one person from another, and an answer that is the same
for everybody may be given to everybody (RFC 9111).
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, resolve

from exclusions.views.core.rate_limit import count
from exclusions.views.core.sender import network

# Names of addresses, never a prefix: whatever is put under it later would be shared. A test puts each address of the
# site on one side.
OF_API: Final = frozenset(
    {
        "api-rounds",
        "api-round",
        "api-listed",
        "api-listed-exclusion",
        "api-questionnaire",
        "api-tariff-lines",
        "api-tariff-line",
        "api-exclusions",
        "api-exclusion",
        "api-fit",
        "api-docket",
        "api-docket-changes",
        "api-docket-petition",
        "api-search",
        "api-anchors",
        "api-schema",
    }
)
FILES: Final = frozenset(
    {"docket-dump", "docket-export", "exclusion-export", "statistics-table", "context-table", "anchors-text"}
)
FEEDS: Final = frozenset({"docket-feed", "rounds-feed", "watch-feed"})
SHARED: Final = OF_API | FILES | FEEDS

SECONDS: Final = 60  # for so long a shared cache may show what was taken down since
# Browsers ask each time, by the tag that they have; what is shared may be as old as this.
MAY_BE_SHARED: Final = f"public, max-age=0, s-maxage={SECONDS}"
# The rate of the API; where that has none, files and feeds still have one.
A_MINUTE: Final = int((settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["anon"] or "600/min").partition("/")[0])
POLICY: Final = f'"reads";q={A_MINUTE};w=60'
# How many requests are left is told to one sender, and no cache gives it to the next.
OF_ONE_SENDER: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
FOR_SCRIPTS: Final = "ETag, Last-Modified, RateLimit-Policy, Retry-After, Content-Disposition"
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TOO_MANY: Final = (
    f"You sent more than {A_MINUTE} requests within a minute. Wait a minute, then go on. Each answer has "
    "an ETag: send it back as If-None-Match, and you get what changed alone."
)


class SharedReadsMiddleware:
    """Stands outside the sessions, so that nobody's is asked, and inside what gives an answer its general headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._conditional = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what is shared is not sent again to whoever has it (304)."""
        name = _shared_name(request)
        if not name:
            return self._get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _with_headers(HttpResponse(status=204, headers={"Access-Control-Allow-Headers": "If-None-Match"}))
        _forget_who_asks(request)
        # The API counts by itself. Both go by one number.
        if name not in OF_API and count("reads", network(request), seconds=60) > A_MINUTE:
            refused = HttpResponse(TOO_MANY, status=429, content_type="text/plain; charset=utf-8")
            refused["Retry-After"] = "60"
            return _with_headers(refused)
        return _with_headers(self._conditional.process_response(request, self._get_response(request)))


def _shared_name(request: HttpRequest) -> str:
    """Return the name of an address that is shared and read; "" of any other."""
    if request.method not in READS:
        return ""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return ""
    return name if name in SHARED else ""


def _forget_who_asks(request: HttpRequest) -> None:
    """Take cookies and token away, for everything that looks at this request from here on."""
    request.COOKIES = {}
    for header in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
        request.META.pop(header, None)


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    """Say who may keep the answer, and that scripts of any site may read it; they send no cookie for it."""
    whole = response.status_code in (200, 304) and not response.cookies
    response["Cache-Control"] = MAY_BE_SHARED if whole else "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = FOR_SCRIPTS
    response["RateLimit-Policy"] = POLICY
    if whole:
        for header in OF_ONE_SENDER:
            del response[header]
    return response
