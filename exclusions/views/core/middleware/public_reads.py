"""Lets the pages that everybody may read be made through the public database role."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from exclusions.queries.public.public_reads import public_reads

# Held to the import contract "public-reads" of pyproject.toml by tests/unit/test_public_side.py.
DOORS = frozenset(
    {
        "exclusions.views.lookup.number",
        "exclusions.views.lookup.context",
        "exclusions.views.lookup.search",
        "exclusions.views.lookup.statistics",
        "exclusions.views.lookup.fit",
        "exclusions.views.lookup.watch_feed",
        "exclusions.views.lookup.refunds",
        "exclusions.views.public.docket",
        "exclusions.views.public.docket_exports",
        "exclusions.views.public.docket_feed",
        "exclusions.views.public.docket_list",
        "exclusions.views.public.dumps",
        "exclusions.views.lookup.exclusions",
        "exclusions.views.public.home",
        "exclusions.views.public.listed",
        "exclusions.views.public.notices",
        "exclusions.views.public.rounds",
        "exclusions.views.public.standing_answers",
        "exclusions.views.lookup.tariff",
        "exclusions.views.public.verify",
        "exclusions.views.lookup.help",
        "exclusions.views.lookup.robots",
        "exclusions.views.lookup.sitemap",
        "exclusions.api.anchors",
        "exclusions.api.docket",
        "exclusions.api.exclusions",
        "exclusions.api.fit",
        "exclusions.api.listed",
        "exclusions.api.mirrors.changes",
        "exclusions.api.questionnaires",
        "exclusions.api.refunds",
        "exclusions.api.rounds",
        "exclusions.api.search",
        "exclusions.api.tariff",
    }
)


def door_of(view: Any) -> str:
    """Return the module of a view function, of an API view's class, or of a feed."""
    inner = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    return str(inner.__module__ if hasattr(inner, "__name__") else type(inner).__module__)


class PublicReadsMiddleware:
    """Wraps the view of a public page; a streamed answer is read through the public role to its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, keywords: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Make the answer here when the view is a public one; other views go their way."""
        if door_of(view) not in DOORS:
            return None
        with public_reads():
            response: HttpResponseBase = view(request, *arguments, **keywords)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            pieces = response.streaming_content
            if isinstance(pieces, Iterator):
                response.streaming_content = _through(pieces)
        return response


def _through(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what is streamed, each piece made through the public role."""
    while True:
        with public_reads():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
