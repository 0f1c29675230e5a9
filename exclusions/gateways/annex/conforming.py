"""Conforming amendments: what the schedule says elsewhere of a heading that a notice adds.

As the notices of the rounds write them: by deleting words of the last heading excepted, and inserting them with the new
one (U.S. note 20 to subchapter III of chapter 99, subdivisions (a) to (g), (r) and (s), and the headings themselves).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from exclusions.days import in_full
from exclusions.gateways.annex.facts import NewHeading
from exclusions.gateways.annex.tables import note_words

# The subdivisions of note 20 that name what is excepted from a duty heading.
SUBDIVISIONS = {
    "9903.88.01": ("a", "b"),
    "9903.88.02": ("c", "d"),
    "9903.88.03": ("e", "f"),
    "9903.88.04": ("g",),
    "9903.88.15": ("r", "s"),
}
NO_DUTY = "The duty provided in the applicable subheading"


def article_description(new: NewHeading) -> str:
    """Return the article description of a heading for exclusions, with the days that it is for."""
    start = in_full(date.fromisoformat(new.starts_on)) if new.starts_on else ""
    end = in_full(date.fromisoformat(new.ends_on)) if new.ends_on else ""
    days = f" on or after {start}" if start else ""
    days += f"{' and' if start else ''} through {end}" if end else ""
    articles = (
        f"rticles the product of China, as provided for in U.S. note 20{note_words(new.note.partition('(')[0])} to "
        "this subchapter, each covered by an exclusion granted by the U.S. Trade Representative"
    )
    return f"Effective with respect to entries{days}, a{articles}" if days else f"A{articles}"


def amendments(headings: Sequence[NewHeading]) -> Iterator[str]:
    """Yield the amendments that the new headings make necessary, each as what follows “is modified”."""
    for new in headings:
        for base, excepted in new.released:
            deleted, inserted = in_description([heading for heading, _ in excepted], new.heading)
            yield (
                f"by amending the article description of heading {base} by deleting “{deleted}” and inserting "
                f"“{inserted}”"
            )
            for letters in SUBDIVISIONS.get(base, ()):
                deleted, inserted = in_note(excepted, new.heading, new.note)
                instead = f"deleting “{deleted}” and " if deleted else ""
                where = f"U.S. note 20({letters}) to subchapter III of chapter 99"
                yield f"by amending {where} by {instead}inserting “{inserted}”"


def in_description(excepted: Sequence[str], new: str) -> tuple[str, str]:
    """Return what is deleted from, and inserted into, a description that excepts these headings, dotted."""
    if not excepted:
        articles = "articles the product of China"
        return articles.capitalize().replace("china", "China"), f"Except as provided in heading {new}, {articles}"
    if len(excepted) == 1:
        return f"heading {excepted[0]}", f"headings {excepted[0]} or {new}"
    before, last = excepted[-2:]
    if len(excepted) == 2:
        return f"headings {before} or {last}", f"headings {before}, {last}, or {new}"
    return f"{before}, or {last}", f"{before}, {last}, or {new}"


def in_note(excepted: Sequence[tuple[str, str]], new: str, note: str) -> tuple[str, str]:
    """Return what is deleted from, and inserted into, a note that excepts these headings; with none, what is added."""
    added = f"heading {new} and U.S. note 20{note_words(note)} to subchapter III of chapter 99"
    if not excepted:
        granted = "except products of China granted an exclusion by the U.S. Trade Representative and provided for in"
        return "", f"{granted} (1) {added}"
    heading, its_note = excepted[-1]
    count = len(excepted)
    last = f"({count}) heading {heading} and U.S. note 20{note_words(its_note)} to subchapter III of chapter 99"
    return f"{'or ' if count > 1 else ''}{last}", f"{last}; or ({count + 1}) {added}"
