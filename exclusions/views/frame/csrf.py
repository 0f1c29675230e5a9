"""The token of a page's forms, and what a form is told whose token is not valid.

Django draws the 64 letters of a token one by one, for each page that holds a form: half of our pages' headers do.
"""

import secrets
from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from exclusions.views.frame.held import from_own_page, held_page

_LETTERS = CSRF_ALLOWED_CHARS.encode()
_COUNT = len(_LETTERS)
_LETTER_OF = bytes(_LETTERS[number % _COUNT] for number in range(256))
_NUMBER_OF = bytes(max(_LETTERS.find(letter), 0) for letter in range(256))
_UNEVEN = bytes(range(256 - 256 % _COUNT, 256))  # with these, some letters would be drawn more often


def csrf_token(request: HttpRequest) -> dict[str, object]:
    """Return what templates put into a form: the secret of the browser's cookie, masked anew for each page.

    As Django's own processor does, whose answer this one replaces: a browser without a secret is given one.
    """
    return {"csrf_token": SimpleLazyObject(partial(_token, request))}


def _token(request: HttpRequest) -> str:
    if "CSRF_COOKIE" not in request.META:
        request.META["CSRF_COOKIE"] = _drawn().decode()
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return masked(request.META["CSRF_COOKIE"])


def masked(secret: str) -> str:
    """Return a secret so that it reads otherwise each time: a mask, and behind it the secret moved on by the mask."""
    mask = _drawn()
    # As one number each: the sum of two letters' numbers is below 256, so that nothing is carried over.
    moved = int.from_bytes(secret.encode().translate(_NUMBER_OF)) + int.from_bytes(mask.translate(_NUMBER_OF))
    return (mask + moved.to_bytes(CSRF_SECRET_LENGTH).translate(_LETTER_OF)).decode()


def _drawn() -> bytes:
    """So many letters, each drawn as often as any other."""
    found = b""
    while len(found) < CSRF_SECRET_LENGTH:
        found += secrets.token_bytes(2 * CSRF_SECRET_LENGTH).translate(_LETTER_OF, _UNEVEN)
    return found[:CSRF_SECRET_LENGTH]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not valid. One of our own pages is held, to be sent again with a new token."""
    if from_own_page(request) and "X-Autosave" not in request.headers:
        return held_page(request, "This page was open while you signed in or out elsewhere.")
    reasons = ["This form did not come from this site, or your browser refuses cookies. Open the page again."]
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": reasons, "renew": True}, status=403)
    return render(request, "403.html", {"reasons": reasons}, status=403)
