"""The token of a page's forms is one that Django's own middleware takes, and reads otherwise each time."""

from collections import Counter

from django.middleware import csrf
from django.test import RequestFactory

from exclusions.views.frame.csrf import csrf_token, masked


def test_a_masked_secret_is_one_that_django_takes() -> None:
    for _ in range(200):
        secret = csrf._get_new_csrf_string()
        token = masked(secret)
        csrf._check_token_format(token)
        assert csrf._unmask_cipher_token(token) == secret


def test_every_letter_stands_everywhere_as_often_as_any_other() -> None:
    secret = csrf._get_new_csrf_string()
    tokens = [masked(secret) for _ in range(4000)]
    assert len(set(tokens)) == len(tokens)
    for place in range(len(tokens[0])):
        found = Counter(token[place] for token in tokens)
        assert set(found) == set(csrf.CSRF_ALLOWED_CHARS)
        assert max(found.values()) < 130  # about 65 are to be expected


def test_a_browser_without_a_secret_is_given_one_and_one_that_has_one_keeps_it() -> None:
    request = RequestFactory().get("/")
    token = str(csrf_token(request)["csrf_token"])
    assert csrf._does_token_match(token, request.META["CSRF_COOKIE"])
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert csrf._does_token_match(str(csrf_token(request)["csrf_token"]), request.META["CSRF_COOKIE"])
    assert csrf._does_token_match(csrf.get_token(request), request.META["CSRF_COOKIE"])


def test_a_page_that_shows_no_token_gives_no_secret() -> None:
    request = RequestFactory().get("/")
    csrf_token(request)
    assert "CSRF_COOKIE" not in request.META
