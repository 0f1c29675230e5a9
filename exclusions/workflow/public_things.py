"""What of a case is public and can be taken down by itself, why it is, and what stands in its place."""

from datetime import date

from django.db.models import TextChoices

from exclusions.days import in_full


class Kind(TextChoices):
    """A kind of public thing. Its value begins the key by which one such thing of a petition is named."""

    PETITION = "petition", "Petition"
    ANSWER = "answer", "Answer"
    DOCUMENT = "document", "Document"
    RESPONSE = "response", "Response"
    RESPONSE_ANSWER = "response-answer", "Answer of a response"
    REPLY = "reply", "Reply"
    REPLY_ANSWER = "reply-answer", "Answer of a reply"
    RATIONALE = "rationale", "Rationale of the decision"
    FINDING = "finding", "Reasons of a finding"
    EXPLANATION = "explanation", "Further reasons of the decision"
    LETTER = "letter", "Letter"
    INQUIRY = "inquiry", "Question of the agency"
    INQUIRY_ANSWER = "inquiry-answer", "Answer to a question of the agency"


class Ground(TextChoices):
    """Why something was taken down, as everybody may read it: it repeats nothing of what was wrong."""

    CONFIDENTIAL = "confidential", "it held business confidential information"
    PERSONAL = "personal", "it held personal information"
    ANOTHERS = "anothers", "it held what another party may not have published"
    MISTAKE = "mistake", "it was published by mistake"
    AUTHOR = "author", "its author asked for it"
    WITHDRAWN = "withdrawn", "withdrawn by its author"
    LAW = "law", "a law or an order requires it"


# The agency's own words: only the agency takes them down.
STAFF_ALONE = frozenset({Kind.RATIONALE, Kind.FINDING, Kind.EXPLANATION, Kind.LETTER, Kind.INQUIRY})
# Texts, in whose place a corrected text can stand.
OF_DECISIONS = frozenset({Kind.RATIONALE, Kind.FINDING, Kind.EXPLANATION})
OF_INQUIRIES = frozenset({Kind.INQUIRY, Kind.INQUIRY_ANSWER})
TEXTS = frozenset({Kind.ANSWER, Kind.RESPONSE_ANSWER, Kind.REPLY_ANSWER}) | OF_DECISIONS | OF_INQUIRIES
# What belongs to the author of a response.
OF_RESPONDERS = frozenset({Kind.RESPONSE, Kind.RESPONSE_ANSWER})


def key_of(kind: Kind, *parts: object) -> str:
    """Return the key of one public thing of a petition: "answer:product_name", "response:" and its reference."""
    return ":".join([kind.value, *(str(part) for part in parts)])


def day(on: date) -> str:
    """Return a day in words, as tombstones have it."""
    return in_full(on)


def tombstone(on: date, ground: str) -> str:
    """Return what stands in the place of something that was taken down on that day."""
    why = Ground(ground).label if ground in Ground.values else ""
    return f"Taken down on {day(on)}: {why}." if why else f"Taken down on {day(on)}."
