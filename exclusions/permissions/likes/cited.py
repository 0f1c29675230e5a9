"""What a distinction cites on either side, and whether that is still public: one that cites what is gone sets nothing
apart.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exclusions.models import Document, Quarantine, Reply, Response
from exclusions.workflow.public_things import Kind, key_of

REFERENCE = re.compile(r"\b[A-Z]+-\d{4}-\d{4}-\d{6}\b")  # of a petition filed here
ROW, TEXT = "row", "text"  # cited of a historical case, and of an exclusion
_EXPLAINED, _REPLIED = "explanation", "text"  # the questions under which a response and a reply say it in one text


@dataclass(frozen=True)
class Cited:
    """One citation: whose it is, by reference, its key there, and the words under which it is printed."""

    reference: str
    citation: str
    words: str

    @classmethod
    def in_row(cls, row: Mapping[str, Any]) -> "tuple[Cited, ...]":
        """Return what a row of a consistency review cites."""
        return tuple(cls(one["reference"], one["citation"], one["words"]) for one in row.get("cites", ()))

    @classmethod
    def in_quotes(cls, said: Mapping[str, Any]) -> "tuple[Cited, ...]":
        """Return what an explanation of a decision quotes."""
        return tuple(cls(one["reference"], one["citation"], one["words"]) for one in said.get("quotes", ()))

    @property
    def as_row(self) -> dict[str, str]:
        """The citation as a row of a consistency review keeps it."""
        return {"reference": self.reference, "citation": self.citation, "words": self.words}

    @property
    def in_public(self) -> str:
        """How it is printed where the public reads it."""
        return f"cited: {self.reference}, {self.words}"

    def as_read_on(self, reference: str) -> str:
        """Return how it is printed on the record of a case: another one’s with its reference."""
        return self.words if self.reference == reference else f"{self.reference}, {self.words}"

    @property
    def things(self) -> set[str]:
        """The public things with which it goes, as a quarantine names them."""
        kind, _, name = self.citation.partition(":")
        of, _, question = name.partition(":")
        found = {key_of(Kind.PETITION)}
        if kind == "answer":
            found |= {key_of(Kind.ANSWER, name)}
        elif kind == "response":
            found |= {key_of(Kind.RESPONSE, of), key_of(Kind.RESPONSE_ANSWER, of, question or _EXPLAINED)}
        elif kind == "reply":
            found |= {
                key_of(Kind.RESPONSE, of),
                key_of(Kind.REPLY, of),
                key_of(Kind.REPLY_ANSWER, of, _REPLIED),
            }
        elif kind == "document":
            found |= {key_of(Kind.DOCUMENT, of)}
        return found


def fallen(cited: Iterable[Cited]) -> set[Cited]:
    """Return those that are not public any more: taken down, declined, withdrawn, or a file that was removed.

    One statement where anything of a live case is cited, one more for each kind of responses, replies and files.
    """
    live = {one for one in cited if one.citation not in (ROW, TEXT)}
    if not live:
        return set()
    rows = Quarantine.objects.filter(petition__reference__in={one.reference for one in live}, restored_at__isnull=True)
    down = set(rows.values_list("petition__reference", "thing"))
    there = _there({one.citation for one in live})
    return {
        one
        for one in live
        if not down.isdisjoint((one.reference, thing) for thing in one.things) or _name(one.citation) not in there
    }


def _name(citation: str) -> str:
    """Return what of a citation may be gone as a whole: its response, reply or file; "" of an answer."""
    kind, _, name = citation.partition(":")
    return f"{kind}:{name.partition(':')[0]}" if kind in ("response", "reply", "document") else ""


def _there(citations: Iterable[str]) -> set[str]:
    """Return which of the responses, replies and files that are cited are still there, and ""."""
    wanted: dict[str, set[str]] = {}
    for citation in citations:
        kind, _, key = _name(citation).partition(":")
        wanted.setdefault(kind, set()).add(key)
    found = {""}
    if keys := wanted.get("response"):
        rows = Response.objects.filter(reference__in=keys, status=Response.Status.POSTED)
        found |= {f"response:{one}" for one in rows.values_list("reference", flat=True)}
    if keys := wanted.get("reply"):
        replies = Reply.objects.let_through().filter(response__reference__in=keys)
        found |= {f"reply:{one}" for one in replies.values_list("response__reference", flat=True)}
    if keys := wanted.get("document"):
        files = Document.objects.filter(pk__in=keys, removed_at__isnull=True)
        found |= {f"document:{one}" for one in files.values_list("pk", flat=True)}
    return found
