"""Sending one hostile request, and judging the answer."""

import re
import traceback
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlencode, urlsplit
from uuid import uuid4

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from zeal import zeal_ignore

from tests.integration.fuzz.forms import Pairs

MAIN = re.compile(r"<main.*?</main>", re.S)
TAG = re.compile(r"<[^>]*>")
SENTENCE = re.compile(r"[A-Z“][^.?:]{8,}[.?:]")


@dataclass(frozen=True)
class Case:
    """One request: how, whereto (percent-encoded), with which fields or file, and what is hostile in it."""

    method: str
    address: str
    what: str
    pairs: tuple[tuple[str, str], ...] | None = None
    file: tuple[str, str] | None = None  # the field, and what the file is called

    def __str__(self) -> str:
        return f"{self.method} {self.address[:100]} {self.what[:80]!r}"


def encoded(pairs: Pairs) -> str:
    """Return the fields as a browser encodes them, halves of a pair too."""
    raw = [(name.encode("utf-8", "surrogatepass"), value.encode("utf-8", "surrogatepass")) for name, value in pairs]
    return urlencode(raw)


def ask(client: Client, case: Case) -> Any:
    """Send it, and undo what it did; return the answer."""
    parts = urlsplit(case.address)
    # PATH_INFO as a server gives it: the bytes of the address, each as one character.
    how: dict[str, Any] = {"PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"), "QUERY_STRING": parts.query}
    body: Any = ""
    content_type = "application/x-www-form-urlencoded"
    if case.file:
        upload = SimpleUploadedFile("x", b"hostile", content_type="text/plain")
        upload._name = case.file[1]  # Django would clean it here; a sender does not
        body = {**dict(case.pairs or ()), case.file[0]: upload}
    elif case.pairs is not None:
        body = encoded(list(case.pairs))
    kept = client.cookies.copy()
    if parts.path.startswith("/accounts/"):
        cache.key_prefix = uuid4().hex  # the limits of the sign-in have tests of their own
    with transaction.atomic(), zeal_ignore():
        if case.file:
            answer = client.post("/", body, **how)
        else:
            answer = client.generic(case.method, "/", body, content_type, **how)
        let_go(answer)
        transaction.set_rollback(True)
    client.cookies = kept
    return answer


def let_go(answer: Any) -> None:
    """Read a streamed answer to its end and close its file, as a server does; a HEAD leaves that open."""
    if answer.streaming:
        b"".join(answer)
        for close in answer._resource_closers:
            close()


def fault(case: Case, answer: Any) -> str:
    """Return what is wrong with an answer; an empty text where nothing is."""
    if answer.status_code >= 500:
        return f"{answer.status_code}: {_broke(answer)}"
    if answer.status_code < 400 or case.method in {"HEAD", "OPTIONS", "TRACE"} or answer.streaming:
        return ""
    text = answer.content.decode()
    if answer["Content-Type"].startswith("text/html"):
        main = MAIN.search(text)
        text = " ".join(unescape(TAG.sub(" ", main.group() if main else text)).split())
        return "" if SENTENCE.search(text) else f"{answer.status_code} without a sentence: {text[:60]!r}"
    return "" if text.strip() else f"{answer.status_code} without a word"


def _broke(answer: Any) -> str:
    """Return which error it was, and the last place of ours that it came through."""
    if not answer.exc_info:
        return answer.content.decode()[:200]
    kind, error, trace = answer.exc_info
    places = [place for place in traceback.extract_tb(trace) if "/site-packages/" not in place.filename]
    last = f" at {places[-1].filename.rpartition('/exclusions/')[2]}:{places[-1].lineno}" if places else ""
    return f"{kind.__name__}{last} ({str(error)[:80]})"


def percent(text: str) -> str:
    """Return a text as it stands in an address, halves of a pair too."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))
