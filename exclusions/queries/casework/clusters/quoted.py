"""What a citation says, as the public tables have it at this moment: nothing else is quoted in a letter or a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from exclusions.models import PublicPetition, PublicResponse
from exclusions.permissions.likes.cited import Cited
from exclusions.queries.casework.case.evidence import OF_FORM
from exclusions.queries.casework.case.passages import EXPLANATION, TEXT, excerpt

MOST = 200  # characters of a quotation


def quotations(cites: Iterable[Cited]) -> dict[Cited, str]:
    """Return the beginning of each passage that these cite; nothing of a file, a row, or what was taken down.

    One statement for the petitions, one for the responses.
    """
    wanted = list(dict.fromkeys(cites))
    answers, said = _answers_of(wanted), _responses_of(wanted)
    found = {}
    for one in wanted:
        kind, _, name = one.citation.partition(":")
        if f"{kind}:" in OF_FORM:
            rows, key = answers.get(one.reference, []), name
        else:
            of, _, key = name.partition(":")
            rows = said.get((kind, of), [])
            key = key or (TEXT if kind == "reply" else EXPLANATION)
        if words := _text_under(rows, key):
            found[one] = excerpt(words, MOST)
    return found


def _answers_of(cites: Iterable[Cited]) -> Mapping[str, list[dict[str, Any]]]:
    names = {one.reference for one in cites}
    rows = PublicPetition.objects.filter(reference__in=names).order_by("pk") if names else PublicPetition.objects.none()
    return dict(rows.values_list("reference", "answers"))


def _responses_of(cites: Iterable[Cited]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the public answers of the cited responses and replies, by the kind and the reference of the response."""
    parts = [one.citation.split(":") for one in cites]
    names = {part[1] for part in parts if part[0] in ("response", "reply")}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    if names:
        rows = PublicResponse.objects.filter(reference__in=names).order_by("pk")
        for name, answers, replies in rows.values_list("reference", "answers", "reply_answers"):
            found |= {("response", name): answers, ("reply", name): replies}
    return found


def _text_under(rows: Iterable[Mapping[str, Any]], key: str) -> str:
    about = [row for row in rows if row.get("key") == key]
    return "" if any("taken_down" in row for row in about) else "; ".join(str(row["value"]) for row in about)
