"""Letters as anyone may verify them: the public facts alone."""

from dataclasses import dataclass
from datetime import datetime

from exclusions.models.public import PublicLetter


@dataclass(frozen=True)
class IssuedLetter:
    """What the page of a code shows: kind of letter in words, petition, moment of issue, SHA-256 of the file, and
    the state of the record that it prints; empty for letters that printed none. `supersedes` and `superseded_by` are
    the codes of the letter before and after it, `reason` why it took that one's place."""

    code: str
    kind: str
    reference: str
    issued_at: datetime
    sha256: str
    head: str
    anchor: str
    taken_down_at: datetime | None = None
    why: str = ""
    supersedes: str = ""
    superseded_by: str = ""
    superseded_at: datetime | None = None
    reason: str = ""


def normal_code(text: str) -> str:
    """Return a verification code as it is stored, from what somebody typed off a letter: capitals, in fours."""
    typed = [char for char in text.upper() if char.isascii() and char.isalnum()][:32]
    return "-".join("".join(typed[start : start + 4]) for start in range(0, len(typed), 4))


def issued_letter(code: str) -> IssuedLetter | None:
    """Return the public facts of the letter with this code; None when no such letter was issued."""
    row = PublicLetter.objects.filter(code=normal_code(code)).first()
    if row is None:
        return None
    facts = (row.code, row.kind, row.reference, row.issued_at, row.sha256, row.head, row.anchor)
    order = (row.supersedes, row.superseded_by, row.superseded_at, row.reason)
    return IssuedLetter(*facts, row.taken_down_at, row.get_ground_display(), *order)
