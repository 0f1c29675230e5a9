"""A form that could not be taken, shown with all that was typed in it, to be sent again. Nothing of it is stored."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

# Of a form of the account library what may go back is named: its secrets have many names.
LIBRARY = "allauth."
ADDRESSES = frozenset({"email", "login"})


def resubmit_page(request: HttpRequest, why: str) -> HttpResponse:
    """Answer 403 with what was typed, why it was not taken, and a way to send it again."""
    context = {"why": why, "fields": typed(request), "action": request.get_full_path(), "files": chosen(request)}
    answer = render(request, "core/resubmit.html", context, status=403)
    answer["Cache-Control"] = "no-store"
    return answer


def from_own_page(request: HttpRequest) -> bool:
    """Say whether a form came from a page of ours: its token was found valid, or its Origin header says so.

    Browsers set that header on every POST, and a page of another site cannot choose what it says.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    return getattr(request, "csrf_processing_done", False) or (origin.netloc or None) == request.get_host()


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that were sent, but no token, password or code; of the account library's pages the address."""
    theirs = _is_of_the_library(request)
    return [
        (name, value) for name, values in request.POST.lists() if _may_be_shown(name, theirs=theirs) for value in values
    ]


def chosen(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Return the names of the files that came, by field: a browser keeps none, so they have to be chosen again."""
    return [(field, [file.name or "file" for file in files]) for field, files in request.FILES.lists()]


def _may_be_shown(name: str, *, theirs: bool) -> bool:
    return name in ADDRESSES if theirs else name != "csrfmiddlewaretoken" and "password" not in name


def _is_of_the_library(request: HttpRequest) -> bool:
    """Say whether a page of the account library was asked for, which takes secrets under many names."""
    try:
        return resolve(request.path_info).func.__module__.startswith(LIBRARY)
    except Resolver404:
        return False
