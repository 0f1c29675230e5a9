"""What forms send in fields that nobody types in: numbers of rows and of revisions."""

from django.http import HttpRequest

MOST_DIGITS = 18  # of what a database's own number takes; Python itself refuses to read 5,000


def sent_number(request: HttpRequest, name: str) -> int | None:
    """Return the whole number that a form sent under that name; None for anything else, and where it sent nothing."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def is_piece(request: HttpRequest) -> bool:
    """Say whether htmx asks for a piece of a page, not the page; the answer varies by `HX-Request` then."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
