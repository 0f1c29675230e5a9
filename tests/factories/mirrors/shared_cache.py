"""A shared cache between people and the site, as RFC 9111 allows one to behave, and no better."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

FRESH = re.compile(r"s-maxage=(\d+)")


class SharedCache:
    """Keeps what it may keep and gives it to whoever asks for the same address while it is fresh."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, ...], tuple[float, int, Any]] = {}
        self.varying: dict[str, list[str]] = {}
        self.hits = 0

    def get(self, client: Client, address: str, **headers: str) -> Any:
        """Return the answer for a person's client: one that is kept, or the site's, which may be kept."""
        now, sent = timezone.now().timestamp(), {name.lower(): value for name, value in headers.items()}
        sent["cookie"] = client.cookies.output(header="", sep=";")
        key = self._key(address, sent)
        known = self.kept.get(key)
        if known and now - known[0] < known[1]:
            self.hits += 1
            return known[2]
        if known:  # stale: asked whether it is still so
            answer = client.get(address, headers={**headers, "if-none-match": known[2].get("ETag", "none")})
            if answer.status_code == 304:
                self.kept[key] = (now, known[1], known[2])
                return known[2]
        answer = client.get(address, headers=headers)
        if answer.streaming:
            answer.whole = b"".join(answer)
        self._keep(address, sent, answer, now)
        return answer

    def _keep(self, address: str, sent: dict[str, str], answer: Any, now: float) -> None:
        said = answer.get("Cache-Control", "")
        fresh, varying = FRESH.search(said), [name.strip().lower() for name in answer.get("Vary", "").split(",")]
        barred = {"no-store", "private", "no-cache"} & {word.strip() for word in said.split(",")} or "*" in varying
        if fresh and not barred:
            self.varying[address] = [name for name in varying if name]
            # A cookie that is set is kept with the answer, and given to the next one.
            self.kept[self._key(address, sent)] = (now, int(fresh[1]), answer)

    def _key(self, address: str, sent: dict[str, str]) -> tuple[str, ...]:
        return (address, *(f"{name}={sent.get(name, '')}" for name in self.varying.get(address, ())))


def body_of(answer: Any) -> bytes:
    """Return the body of an answer that may have been streamed, and may have been read before."""
    if not answer.streaming:
        return bytes(answer.content)
    if not hasattr(answer, "whole"):
        answer.whole = b"".join(answer)
    return bytes(answer.whole)


def kept(response: HttpResponse) -> bool:
    """Whether a browser may show the answer again once its reader has signed out."""
    return "no-store" not in response.get("Cache-Control", "")
