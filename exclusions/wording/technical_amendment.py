"""Technical amendments of a note: which words go out and which come in, so that the text names the new number too.

The form is that of the notices that follow a change of the schedule: by deleting "3923.21.0095" and inserting
"3923.21.0095 prior to July 1, 2020; described in statistical reporting number 3923.21.0085 effective July 1, 2020" in
lieu thereof.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from exclusions.days import in_full

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"(?:{MONTHS})\s+\d{{1,2}},\s+\d{{4}}"


def amended_words(text: str, old: str, new: Sequence[str], day: date) -> tuple[str, str] | None:
    """Return what is deleted from a text and what is inserted, so that from the day on it names the new numbers, all
    dotted.

    The days of the old number end on the eve. Where it stands in a row of numbers that share their days, it alone is
    replaced. None where the text does not name the old number.
    """
    found = re.search(
        rf"{re.escape(old)}(?P<or>,? or )?(?:,?\s+(?:effective|post)\s+(?P<since>{DAY}))?(?P<through>,?\s+through\b)?",
        text,
    )
    if found is None:
        return None
    followers = " or ".join(new)
    if found["or"] or found["through"] or _is_last_of_several(text, found.start()):
        return old, followers
    phrase = "described in statistical reporting number "
    lead = phrase if text[: found.start()].endswith("number ") else ""
    since = found["since"]
    eve = day - timedelta(days=1)
    kept = f"{old} effective {since} through {in_full(eve)}" if since else f"{old} prior to {in_full(day)}"
    return found[0], f"{kept}; {lead}{followers} effective {in_full(day)}"


def amendment(place: str, deleted: str, inserted: str) -> str:
    """Return the instruction for one place of a note, such as “U.S. note 20(q)(16)”."""
    return f"{place} is modified by deleting “{deleted}” and inserting “{inserted}” in lieu thereof."


def opening(day: date) -> str:
    """Return the sentence that goes before the instructions."""
    return (
        "Effective with respect to goods entered for consumption, or withdrawn from warehouse for consumption, on or "
        f"after 12:01 a.m. eastern time on {in_full(day)}, subchapter III of chapter 99 of the Harmonized Tariff "
        "Schedule of the United States is modified as follows:"
    )


def _is_last_of_several(text: str, start: int) -> bool:
    return bool(re.search(r"\d{4}\.\d{2}\.\d{4},?\s+or\s+$", text[:start]))
