"""The correction notice that an edition asks for: one technical amendment a place that names a settled number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exclusions.gateways.annex.blocks import Block
from exclusions.hts import dotted
from exclusions.models import ExclusionNumber, ExclusionTerm, HtsEdition, NumberSettlement
from exclusions.models.exclusion import note_cited
from exclusions.models.tariff import lasts_to
from exclusions.wording.technical_amendment import amended_words, amendment, opening


@dataclass(frozen=True)
class Correction:
    """One place of the note whose words are to change, and how: `words` is the instruction."""

    reference: str
    heading: str
    place: str
    old_number: str
    words: str


def corrections(edition: HtsEdition) -> list[Correction]:
    """Every amendment that the settled numbers of the edition ask for, in the order of the note. Three statements."""
    rows = NumberSettlement.objects.filter(edition=edition).order_by("pk")
    settled = {row.old_number: row.successors for row in rows}
    following = {number: found for number, found in settled.items() if found}
    named = ExclusionNumber.objects.filter(number__in=following).filter(lasts_to(edition.valid_from))
    texts = list(
        named.order_by("pk").values_list("number", "text__exclusion_id", "text__exclusion__reference", "text__text")
    )
    places = _places({exclusion for _, exclusion, *_ in texts}, edition.valid_from)
    found = []
    for number, exclusion, reference, text in texts:
        words = amended_words(text, dotted(number), [dotted(one) for one in following[number]], edition.valid_from)
        for heading, place in places[exclusion] if words else ():
            said = amendment(f"{place}, heading {heading},", *words) if words else ""
            found.append(Correction(reference, heading, place, number, said))
    return sorted(dict.fromkeys(found), key=lambda one: (one.heading, one.place, one.old_number))


def _places(exclusions: set[int], day: date) -> dict[int, list[tuple[str, str]]]:
    """Where each exclusion stands on the day or after: heading and paragraph."""
    terms = ExclusionTerm.objects.filter(lasts_to(day), exclusion_id__in=exclusions)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    columns = ("exclusion_id", "heading", "note", "item")
    published = terms.filter(status=ExclusionTerm.Status.PUBLISHED).order_by("heading", "seq")
    for exclusion, heading, note, item in published.values_list(*columns):
        place = f"U.S. note {note_cited(note, item)}" if note else "The exclusion"
        found[exclusion].append((dotted(heading), place))
    return found


def notice_blocks(edition: HtsEdition, found: Sequence[Correction]) -> list[Block]:
    """Return the draft as paragraphs, to be set as text or as a Word file."""
    return [
        Block("title", "Notice of Technical Amendments: China’s Acts, Policies, and Practices"),
        Block("para", "Office of the United States Trade Representative.", "AGENCY:"),
        Block("para", "Notice of technical amendments.", "ACTION:"),
        Block(
            "para",
            "This notice makes technical amendments to product exclusions whose statistical reporting numbers were "
            f"changed by HTSUS {edition.name}.",
            "SUMMARY:",
        ),
        Block("heading", "Annex"),
        Block("para", opening(edition.valid_from)),
        *(Block("item", one.words, f"{place}.") for place, one in enumerate(found, start=1)),
    ]


def as_text(blocks: Sequence[Block]) -> str:
    """Return the paragraphs as plain text."""
    return "\n\n".join(block.line for block in blocks) + "\n"
