"""What of a petition is in quarantine, and what stands in its place wherever it was public."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from exclusions.models import Decision, Petition, Quarantine
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Ground, Kind, day, key_of, tombstone


@dataclass(frozen=True)
class Down:
    """The quarantines of one petition that stand."""

    rows: Sequence[Quarantine]

    def quarantine_of(self, kind: Kind, *parts: object) -> Quarantine | None:
        """Return the quarantine of one thing; None where it is not down."""
        key = key_of(kind, *parts)
        return next((row for row in self.rows if row.thing == key), None)

    def any_of(self, kind: Kind, *parts: object) -> Quarantine | None:
        """Return the quarantine of a thing, or of what a later decision says in its place, or None."""
        key = key_of(kind, *parts)
        return next((row for row in self.rows if row.thing == key or row.thing.startswith(f"{key}:")), None)

    def in_place(self, text: str, kind: Kind, *parts: object) -> str:
        """Return a public text, or what stands in its place: a corrected text, or the words of a tombstone."""
        taken = self.quarantine_of(kind, *parts)
        return in_its_place(taken) if taken else text

    def placing(self, kind: Kind, *of: object) -> Callable[[str, str], str]:
        """Return what says, for the value of a question, what stands in its place."""
        return lambda value, question: self.in_place(value, kind, *of, question)

    @property
    def documents(self) -> dict[Any, Quarantine]:
        """The quarantines of files, by the file."""
        return {row.document_id: row for row in self.rows if row.document_id}

    @property
    def file_names(self) -> dict[str, str]:
        """What is printed for the name of a file that is down: a corrected file, once it is public, has its own."""
        names = {str(row.replacement_id): row.replacement.file_name for row in self.rows if row.replacement}
        down = {str(key) for key in self.documents}
        return {
            str(row.document_id): "Taken down"
            if str(row.replacement_id) in down or row.replacement is None
            else names[str(row.replacement_id)]
            for row in self.rows
            if row.document_id
        }

    @property
    def public_rows(self) -> list[dict[str, str]]:
        """The public list of what was taken down. It omits file names: the name may be why the file was taken down."""
        corrected = {row.replacement_id for row in self.rows} - {None}
        return [_public_row(row) for row in self.rows if row.document_id is None or row.document_id not in corrected]


def down_of(petition: Petition) -> Down:
    """Return what of a petition is down now, in the order in which it was taken down. One statement."""
    return down_of_each([petition.pk])[petition.pk]


def down_of_each(petitions: Iterable[UUID]) -> dict[UUID, Down]:
    """Return the same of several petitions, by key; one statement."""
    found: dict[UUID, list[Quarantine]] = {key: [] for key in petitions}
    rows = Quarantine.objects.filter(petition__in=list(found), restored_at__isnull=True)
    for row in rows.select_related("response", "document", "replacement", "letter").order_by("taken_at", "pk"):
        found[row.petition_id].append(row)
    return {key: Down(taken) for key, taken in found.items()}


def in_its_place(taken: Quarantine) -> str:
    """Return the text that is published where something was taken down."""
    return taken.correction or tombstone(eastern_date(taken.taken_at), taken.ground)


def corrected_label(label: str, taken: Quarantine) -> str:
    """Return the label of an answer that was taken down, with the day on which it was corrected."""
    return f"{label} (corrected on {day(eastern_date(taken.corrected_at))})" if taken.corrected_at else label


def words_of(decision: Decision, kind: Kind, key: str = "") -> str:
    """Return the rationale of a decision, the reasons of its finding on a criterion, or what else it explains."""
    if kind is Kind.RATIONALE:
        return decision.rationale
    if kind is Kind.EXPLANATION:
        return {str(said["key"]): str(said["reasons"]) for said in decision.explanations}.get(key, "")
    return {str(finding["criterion"]): str(finding["reasons"]) for finding in decision.findings}.get(key, "")


def explained(decision: Decision, signed: Sequence[Decision], down: Down) -> list[dict[str, str]]:
    """Return what a decision says beside rationale and findings, with what stands in the place of what is down."""
    return [
        {
            "key": said["key"],
            "title": said["title"],
            "words": explained_words(said, down),
            "reasons": words_in_place(decision, signed, down, Kind.EXPLANATION, said["key"]),
        }
        for said in decision.explanations
    ]


def explained_words(said: Mapping[str, str], down: Down) -> str:
    """Return what an explanation is about: of an argument whose text is down now, what stands in its place.

    Of a corrected text the words stay that the correction says, too. A file that is down is not named.
    """
    words = said["words"]
    for file in (row.document for row in down.rows if row.document):
        words = words.replace(f"Document: {file.file_name}", "Document: taken down")
    gone = {said.get("cites"), said.get("within")} - {None, ""}
    taken = next((row for row in down.rows if row.thing in gone), None)
    if taken is None or (taken.correction and words in taken.correction):
        return words
    return tombstone(eastern_date(taken.taken_at), taken.ground)


def words_in_place(decision: Decision, signed: Sequence[Decision], down: Down, kind: Kind, key: str = "") -> str:
    """Return the words of a decision as they are public; those that were taken down of another one are down here too.

    `signed` are all decisions on the petition: one that was reopened may say what the next one says again.
    """
    words, of = words_of(decision, kind, key), [key] if key else []
    for other in (decision, *signed):
        taken = down.quarantine_of(kind, *of, *other.mark)
        if taken and words_of(other, kind, key) == words:
            return in_its_place(taken)
    return words


def _public_row(row: Quarantine) -> dict[str, str]:
    reference = row.response.reference if row.response else row.letter.code if row.letter else ""
    return {
        "kind": row.kind,
        "what": str(row.get_kind_display()),
        "reference": str(reference or ""),
        "label": row.label,
        "on": eastern_date(row.taken_at).isoformat(),
        "ground": row.ground,
        "why": str(Ground(row.ground).label) if row.ground else "",
        "corrected_on": eastern_date(row.corrected_at).isoformat() if row.corrected_at else "",
    }
