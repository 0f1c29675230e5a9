"""The exclusions on file as a load reads them, to compare a file with, and what the load is to write."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exclusions.gateways.tariff.exclusion_item import ExclusionItem
from exclusions.models import Exclusion, ExclusionTerm, ExclusionText, PrintedWording, TariffAction, TariffVersion

Place = tuple[str, str, str, int]


@dataclass
class Registry:
    """What is on file, and what the load adds to it or changes in it, at one moment.

    `stamp` is that of the tariff when this was read: while it is the same, nothing of this has changed.
    """

    at: datetime
    stamp: str = ""
    exclusions: dict[tuple[str, str], Exclusion] = field(default_factory=dict)
    texts: dict[str, list[ExclusionText]] = field(default_factory=dict)
    terms: dict[Place, list[ExclusionTerm]] = field(default_factory=dict)
    new: dict[type, list[Any]] = field(default_factory=lambda: {Exclusion: [], ExclusionText: [], ExclusionTerm: []})
    printed: dict[tuple[str, str, str, int], int] = field(default_factory=dict)
    # The text of the last item at each place of the file: an amendment comes behind what it amends.
    printed_last: dict[Place, str] = field(default_factory=dict)
    new_printed: list[PrintedWording] = field(default_factory=list)
    changed_texts: dict[int, ExclusionText] = field(default_factory=dict)
    changed_terms: dict[int, ExclusionTerm] = field(default_factory=dict)
    amended: set[Place] = field(default_factory=set)
    # What a correction took the place of: a file that still says it brings nothing back.
    corrected_texts: set[tuple[str, str]] = field(default_factory=set)
    corrected_places: set[Place] = field(default_factory=set)
    ended: int = 0

    @property
    def changes_anything(self) -> bool:
        """Whether the load has something to write."""
        return bool(any(self.new.values()) or self.new_printed or self.changed_texts or self.changed_terms)

    def term_at(self, item: ExclusionItem) -> ExclusionTerm | None:
        """Return the term that stands in the item's place: the same product's, else that of the note it amends.

        A product decided here may have been numbered into a place that the printed note gives to another one.
        """
        there = self.terms.get(place_of(item), [])
        for term in there:
            wordings = self.texts.get(term.exclusion.reference, [])
            if term.exclusion.product_key == item.key or any(text.text == item.text for text in wordings):
                return term
        return next((term for term in there if term.exclusion.origin == Exclusion.Origin.NOTE), None)


def place_of(item: ExclusionItem) -> Place:
    """Return the place of an item: list, heading, subdivision, number."""
    return (item.list_code, item.heading, item.note, item.seq)


def read_registry(actions: dict[str, TariffAction], at: datetime) -> Registry:
    """Return what is on file now. No transaction is needed: the stamp tells whether it is still so."""
    codes = {action.pk: action.code for action in actions.values()}
    registry = Registry(at, TariffVersion.current())
    texts = list(ExclusionText.objects.order_by("version", "revision"))
    terms = list(ExclusionTerm.objects.exclude(note="").order_by())
    printed = list(PrintedWording.objects.order_by("pk"))
    # Last: an exclusion is never deleted, so that there is one for each of the rows above.
    by_pk = {exclusion.pk: exclusion for exclusion in Exclusion.objects.order_by()}
    for exclusion in by_pk.values():
        registry.exclusions[codes[exclusion.action_id], exclusion.product_key] = exclusion
    for text in texts:
        text.exclusion = by_pk[text.exclusion_id]
        registry.texts.setdefault(text.exclusion.reference, []).append(text)
    for term in terms:
        term.exclusion = by_pk[term.exclusion_id]
        place = (codes[term.exclusion.action_id], term.heading, term.note, term.seq)
        registry.terms.setdefault(place, []).append(term)
    for row in printed:
        registry.printed[by_pk[row.exclusion_id].reference, row.heading, row.note, row.seq] = row.version
    _read_corrections(registry, codes, by_pk)
    return registry


def _read_corrections(registry: Registry, codes: dict[int, str], by_pk: dict[int, Exclusion]) -> None:
    corrected = {"superseded_by__isnull": False, "superseded_by__corrected_by__gt": ""}
    for text in ExclusionText.versions.filter(**corrected).order_by():
        if text.exclusion_id in by_pk:
            registry.corrected_texts.add((by_pk[text.exclusion_id].reference, text.text))
    for term in ExclusionTerm.versions.filter(**corrected).order_by():
        if term.exclusion_id in by_pk:
            place = (codes[by_pk[term.exclusion_id].action_id], term.heading, term.note, term.seq)
            registry.corrected_places.add(place)
