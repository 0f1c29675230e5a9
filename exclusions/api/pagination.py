"""Cursor pagination: `next`, `previous`, `results`; its cost does not grow with the page."""

from rest_framework.pagination import CursorPagination


class ByCursor(CursorPagination):
    """Pages of 50 rows, up to 200 with `page_size`."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering: str | tuple[str, ...] = "pk"


class NewestPosted(ByCursor):
    """The docket's order: newest posted first, then by reference."""

    ordering = ("-posted_on", "-reference")
