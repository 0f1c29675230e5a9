"""All rules over one text."""

import re
from dataclasses import replace

from exclusions.wording.named_numbers import CODES, is_whole_number, split_tail
from exclusions.wording.parsing import parse
from exclusions.wording.remarks.form import form
from exclusions.wording.remarks.measures import measures
from exclusions.wording.remarks.names import names
from exclusions.wording.remarks.remark import Known, Remark, Rule, Text
from exclusions.wording.remarks.users import users
from exclusions.wording.remarks.vague import vague

RULES: tuple[Rule, ...] = (form, names, users, vague, measures)
_COMPILER = re.compile(r"\s*\[Compiler.s note[^\]]*\]\s*$")
_DELETED = re.compile(r"^\[[^\]]*\bdeleted\b.*\]$", re.IGNORECASE)
_LONGEST_SUGGESTION = 200
_IDLE_END = re.compile(r"[\s,;:(-]+$|\s+(?:by|for|of|in|and|or|with|to|the|a)$", re.IGNORECASE)


def lint(text: str, known: Known | None = None) -> list[Remark]:
    """Return the remarks on a text, errors first, then in the order of the words; empty when there are none.

    Each names its words and their place. Where words are better left out, the remedy gives the text without all such
    words, whole words always. A text that is a statistical number alone, or a deleted item, is not remarked on.
    """
    known = known or Known()
    if is_whole_number(text.strip()) or _DELETED.match(text.strip()):
        return []
    plain = _COMPILER.sub("", text)
    body = _body(plain)
    given = Text(text, body, parse(plain), known)
    found = list(dict.fromkeys(remark for rule in RULES for remark in rule(given)))
    found = _suggested(body, found)
    return sorted(found, key=lambda remark: (remark.severity != "error", remark.start, remark.end))


def _body(text: str) -> str:
    """Return the text as given before the numbers at its end."""
    if not CODES.search(text) and "described in" not in text:
        return text.rstrip()
    tail = split_tail(text)[1]
    return (text[: len(text) - len(tail)] if tail else text).rstrip()


def _suggested(body: str, found: list[Remark]) -> list[Remark]:
    better = without(body, [(remark.start, remark.end) for remark in found if remark.leave_out])
    if not better or better == body.strip() or len(better) > _LONGEST_SUGGESTION:
        return found
    return [
        replace(remark, remedy=f"Leave it out: “{better}”. {remark.remedy}") if remark.leave_out else remark
        for remark in found
    ]


def without(body: str, spans: list[tuple[int, int]]) -> str:
    """Return the words without those in the spans, whole words always, idle commas removed; "" when little is left."""
    kept, at = "", 0
    for start, end in sorted(spans):
        while start > 0 and body[start - 1].isalnum() and body[start].isalnum():
            start -= 1
        while end < len(body) and body[end].isalnum() and body[end - 1].isalnum():
            end += 1
        kept += body[at : max(at, start)]
        at = max(at, end)
    kept += body[at:]
    kept = re.sub(r"\s+", " ", kept)
    kept = re.sub(r"\(\s*\)", "", kept)
    kept = re.sub(r"\s+([,;)])", r"\1", kept)
    kept = re.sub(r"(?:[,;]\s*){2,}", ", ", kept).strip(" ,;.")
    while (cut := _IDLE_END.sub("", kept)) != kept:
        kept = cut
    return kept if len(re.findall(r"[A-Za-z]{3,}", kept)) else ""
