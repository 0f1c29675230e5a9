"""A form that could not be taken, shown with all that was typed in it, to be sent again. Nothing of it is stored."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# The account pages ask for secrets under many names; what may go back is named instead.
ACCOUNTS = "/accounts/"
ADDRESSES = frozenset({"email", "login"})


def held_page(request: HttpRequest, why: str) -> HttpResponse:
    """Answer 403 with what was typed, why it was not taken, and a way to send it again."""
    context = {"why": why, "fields": typed(request), "action": request.get_full_path(), "files": bool(request.FILES)}
    held = render(request, "frame/held.html", context, status=403)
    held["Cache-Control"] = "no-store"
    return held


def from_own_page(request: HttpRequest) -> bool:
    """Say whether a form came from a page of ours: its token was found valid, or its Origin header says so.

    Browsers set that header on every POST, and a page of another site cannot choose what it says.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    return getattr(request, "csrf_processing_done", False) or (origin.netloc or None) == request.get_host()


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that were sent, but no token, password or code; of the account pages the address alone."""
    return [(name, value) for name, values in request.POST.lists() if _may_be_shown(request, name) for value in values]


def _may_be_shown(request: HttpRequest, name: str) -> bool:
    if request.path_info.startswith(ACCOUNTS):
        return name in ADDRESSES
    return name != "csrfmiddlewaretoken" and "password" not in name
