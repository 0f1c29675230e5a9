"""The forms of what a Federal Register notice says: its citation, the subdivision of a U.S. note, a heading.

All three are printed and none is a place for words. Each function returns "" or a sentence that says what is wrong and
what would help.
"""

import re

from exclusions import hts

# The mark is for the inventions of a demonstration.
CITATION = re.compile(r"(?P<volume>[0-9]{1,3}) FR [0-9]{1,6}(?: \(fictional\))?")
_NOTE = re.compile(r"(?:[0-9]{1,2})?\(?[a-z]{0,4}(?:\([ivx0-9]{1,6}\))?\)?")


def citation_fault(text: str) -> str:
    """Say what is wrong with a Federal Register citation (volume and page)."""
    if CITATION.fullmatch(text):
        return ""
    return f"“{text}” is not a Federal Register citation. Give volume and page, for example 84 FR 38717."


def note_fault(text: str) -> str:
    """Say what is wrong with a subdivision of a U.S. note, with or without the number of the note."""
    if _NOTE.fullmatch(text.strip()):
        return ""
    return f"“{text.strip()}” is not a subdivision of a U.S. note. Give it as 20(p), or its letters alone."


def heading_fault(text: str) -> str:
    """Say what is wrong with the chapter 99 heading under which an exclusion is claimed, dotted or plain."""
    if not text.strip():
        return "Give the chapter 99 heading under which the exclusion is claimed, such as 9903.88.13."
    try:
        number = hts.parse(text, digits=(8,))
    except hts.HtsError as error:
        return str(error)
    return "" if number.chapter == "99" else f"{number.dotted} is not a heading of chapter 99."
