"""The items of a note as the registry holds them: each term under a heading, with the wording printed there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from exclusions import hts
from exclusions.facts.exclusions import wording_on
from exclusions.gateways.annex.rows import AnnexRow, in_order
from exclusions.models import ActionRate, ExclusionTerm, ExclusionText, PrintedWording

DELETED = "[Deleted.]"
Place = tuple[int, str, str, int]


def annex_rows(heading: str) -> list[AnnexRow]:
    """Return the items of a heading (plain), by subdivision and paragraph, without those that wait for a notice."""
    terms = ExclusionTerm.objects.filter(heading=heading).exclude(status=ExclusionTerm.Status.PENDING)
    return _joined(rows_of_terms(terms.select_related("exclusion__action").order_by("note", "seq", "pk")))


def _joined(rows: Iterable[AnnexRow]) -> list[AnnexRow]:
    """Return the rows, those of terms that go on from one another at one place as one: the note prints it once."""
    last: dict[tuple[str, str, int], int] = {}
    found: list[AnnexRow] = []
    for row in sorted(rows, key=lambda row: row.starts_on):
        place = (row.exclusion, row.note, row.number)
        before = found[last[place]] if place in last else None
        if before and before.last_day and row.first_day == before.last_day + timedelta(days=1):
            found[last[place]] = replace(row, starts_on=before.starts_on)
        else:
            last[place] = len(found)
            found.append(row)
    return in_order(found)


def rows_of_terms(terms: Iterable[ExclusionTerm]) -> list[AnnexRow]:
    """Return terms as rows of an annex, in order. As many statements as there are kinds of rows."""
    terms = list(terms)
    exclusions = {term.exclusion_id for term in terms}
    wordings: dict[int, dict[int, ExclusionText]] = {}
    for text in ExclusionText.objects.filter(exclusion__in=exclusions).order_by("version", "revision"):
        wordings.setdefault(text.exclusion_id, {})[text.version] = text
    printed: dict[Place, int] = {
        (row.exclusion_id, row.heading, row.note, row.seq): row.version
        for row in PrintedWording.objects.filter(exclusion__in=exclusions).order_by("pk")
    }
    bases = released_headings()
    found = []
    for term in terms:
        place = (term.exclusion_id, term.heading, term.note, term.seq)
        text = wording_at(term.valid_from, wordings.get(term.exclusion_id, {}), printed.get(place))
        deleted = term.status == ExclusionTerm.Status.DELETED
        words = text.text if text else ""
        found.append(
            AnnexRow(
                kind="grant",
                list_code=term.exclusion.action.code,
                base_headings=bases.get(term.exclusion.action_id, ()),
                heading=hts.dotted(term.heading),
                note=term.note,
                number=term.seq,
                printed=term.item,
                text=DELETED if deleted and not words.startswith("[") else words,
                starts_on=term.valid_from.isoformat() if term.valid_from else "",
                ends_on=term.valid_to.isoformat() if term.valid_to else "",
                exclusion=term.exclusion.reference,
                status="deleted" if deleted else "",
            )
        )
    return in_order(found)


def wording_at(day: date | None, versions: Mapping[int, ExclusionText], printed: int | None) -> ExclusionText | None:
    """Return which wording of an exclusion stands at a place: the one noted there, else that of the day.

    Where no day is known it is the last.
    """
    if printed is not None and printed in versions:
        return versions[printed]
    return wording_on(versions.values(), day or date.max)


def released_headings() -> dict[int, tuple[str, ...]]:
    """Return the duty headings (dotted) of each action, by its key, in order. One statement."""
    kinds = (ActionRate.Kind.WHOLE, ActionRate.Kind.PARTIAL)
    rows = ActionRate.objects.filter(kind__in=kinds).order_by("heading").values_list("action_id", "heading")
    found: dict[int, dict[str, None]] = {}
    for action, heading in rows:
        found.setdefault(action, {})[hts.dotted(heading)] = None
    return {action: tuple(headings) for action, headings in found.items()}
