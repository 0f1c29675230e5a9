"""A form that could not be taken, shown with all that was typed in it, to be sent again. Nothing of it is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never shown again: tokens, and what proves a second factor.
SECRETS = frozenset({"csrfmiddlewaretoken", "code", "credential"})


def held_page(request: HttpRequest, why: str) -> HttpResponse:
    """Answer 403 with what was typed, why it was not taken, and a way to send it again."""
    context = {"why": why, "fields": typed(request), "action": request.get_full_path(), "files": chosen(request)}
    held = render(request, "frame/held.html", context, status=403)
    held["Cache-Control"] = "no-store"
    return held


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields that were sent, but no token and no password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRETS and "password" not in name
        for value in values
    ]


def chosen(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Return the names of the files that came, by field: a browser keeps none, so they have to be chosen again."""
    return [(field, [file.name or "file" for file in files]) for field, files in request.FILES.lists()]
