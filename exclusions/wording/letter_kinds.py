"""Every kind of letter as one table: what causes it, and what its template may name and has to.

A field is a word of the case that stands in a sentence, `{reference}`; a part is a whole passage that the case brings,
such as the findings, and stands in a paragraph of its own. All are public facts: the addressee is set beside the
template, never by it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Field:
    """What a template may name in braces: its name, what it stands for, and whether it is a passage of its own.

    `empty`: a case may be without it; the paragraph that names it is then left out.
    """

    name: str
    says: str
    part: bool = False
    empty: bool = False


_ROWS = (
    Field("reference", "the reference of the petition"),
    Field("docket", "the docket of the round"),
    Field("organization", "the petitioner's legal name"),
    Field("product_name", "the name of the product"),
    Field("hts10", "the number, dotted"),
    Field("action", "the tariff action"),
    Field("round", "the title of the round"),
    Field("citation", "the notice of the round"),
    Field("basis", "the statute and the notice of the round"),
    Field("contact", "whom to ask at the agency"),
    Field("dated", "the day of the letter"),
    Field("submitted", "when the petition was filed"),
    Field("sha256", "the fingerprint of what was certified", empty=True),
    Field("cure_by", "the last moment to correct"),
    Field("returned", "when it was returned"),
    Field("filed", "when the petition was filed"),
    Field("because", "why it is closed, as intake gave it", part=True),
    Field("points", "the questions, each with its remedy", part=True),
    Field("facts", "the facts that a closing rests on", part=True),
    Field("withdrawn", "when it was withdrawn"),
    Field("reason", "the reason that was given", part=True, empty=True),
    Field("posted", "when it was posted"),
    Field("responses_until", "the last moment for responses", empty=True),
    Field("response", "the reference of the response"),
    Field("responder", "the organization that responded"),
    Field("position", "whether it supports or opposes"),
    Field("reply_by", "the last moment to reply", empty=True),
    Field("reason_codes", "the coded reasons", part=True),
    Field("rationale", "the rationale as signed", part=True, empty=True),
    Field("explanations", "departures and further reasons", part=True, empty=True),
    Field("findings", "each criterion with its finding", part=True),
    Field("extent", "in whole, or to the extent of the product described"),
    Field("narrowing", "what was asked, what is granted, why narrower, who proposed it", part=True),
    Field("exclusion", "the product with heading, note, days and notice", part=True),
    Field("first_day", "the first day of entries that it covers"),
    Field("last_day", "the last day of entries that it covers", empty=True),
    Field("heading", "the chapter 99 heading"),
    Field("note", "the paragraph of the U.S. note"),
    Field("notice", "the Federal Register notice with its day"),
    Field("psc_from", "entries filed from this day on are open to a post summary correction, as a guide"),
    Field("protest_from", "entries filed from this day on are open to a protest, as a guide"),
    Field("first_psc", "the last day of a correction for an entry of the first day, as a guide"),
    Field("first_protest", "the last day of a protest for an entry of the first day, as a guide"),
    Field("correction", "what was corrected, by which authority and why", part=True),
)
FIELDS: Final = {row.name: row for row in _ROWS}
EVERY_LETTER: Final = (
    "reference", "docket", "organization", "product_name", "hts10", "action", "round", "citation", "basis", "contact",
    "dated",
)  # fmt: skip
MUST: Final = ("basis", "contact")
_EXCLUSION = ("exclusion", "first_day", "last_day", "heading", "note", "notice")
_REFUND = ("psc_from", "protest_from", "first_psc", "first_protest")
_SIGNED = ("rationale", "explanations", "findings")


@dataclass(frozen=True)
class LetterKind:
    """One kind: its name, the transitions, acts or deeds of the clock that cause it, and the fields of its own.

    `must`: what its template has to name, beside the basis in law and the contact.
    """

    key: str
    causes: tuple[str, ...]
    own: tuple[str, ...]
    must: tuple[str, ...]

    @property
    def fields(self) -> dict[str, Field]:
        """What a template of this kind may name."""
        return {name: FIELDS[name] for name in (*EVERY_LETTER, *self.own)}


_KINDS = (
    LetterKind("receipt", ("submit",), ("submitted", "sha256"), ("submitted",)),
    LetterKind("returned", ("return",), ("points", "cure_by"), ("points", "cure_by")),
    LetterKind("lapsed", ("lapse",), ("points", "cure_by", "returned"), ("points", "cure_by")),
    LetterKind("posted", ("post",), ("posted", "responses_until"), ("posted", "responses_until")),
    LetterKind(
        "response",
        ("post_response",),
        ("response", "responder", "position", "reply_by"),
        ("response", "position", "reply_by"),
    ),
    LetterKind("withdrawal", ("withdraw",), ("withdrawn", "reason"), ("withdrawn",)),
    LetterKind("incomplete", ("close_incomplete",), ("facts", "because", "filed"), ("facts", "because")),
    LetterKind("covered", ("close_covered",), ("facts", "because", "filed"), ("facts", "because")),
    LetterKind("duplicate", ("close_duplicate",), ("facts", "because", "filed"), ("facts", "because")),
    LetterKind("denial", ("deny",), ("reason_codes", *_SIGNED), ("reason_codes", "rationale", "findings")),
    LetterKind("grant", ("grant",), ("extent", *_EXCLUSION, *_SIGNED), ("extent", "exclusion", "findings")),
    LetterKind(
        "in_part", ("grant_in_part",), ("narrowing", *_EXCLUSION, *_SIGNED), ("narrowing", "exclusion", "findings")
    ),
    LetterKind("publication", ("publish",), (*_EXCLUSION, *_REFUND), ("exclusion", "notice", "heading")),
    LetterKind(
        "correction",
        ("correct_exclusion", "undo_publication"),
        ("correction", *_EXCLUSION),
        ("correction", "exclusion"),
    ),
    LetterKind("expiry", ("tell_of_expiry",), _EXCLUSION, ("exclusion", "last_day")),
)
KINDS: Final = {row.key: row for row in _KINDS}
