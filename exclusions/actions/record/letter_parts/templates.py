"""Which words a letter is set in: the version of its template that is in force, or the shipped one."""

from exclusions.actions.record.many.batch import Batch
from exclusions.gateways.letter_words import shipped_words
from exclusions.models import LetterTemplate

SHIPPED = "shipped"


def words_in_force(kind: str) -> tuple[str, str]:
    """Return the text of the template of a kind that is used now, and what a letter calls it. One statement."""
    rows = LetterTemplate.objects.filter(kind=kind, in_force_at__isnull=False)
    found = rows.order_by("-in_force_at", "-number").first()
    return (found.text, found.name) if found else (shipped_words(kind), SHIPPED)


def words_for(kind: str, batch: Batch | None) -> tuple[str, str]:
    """Return the same as `words_in_force`; for a batch of cases it is looked up once."""
    if batch is None:
        return words_in_force(kind)
    if kind not in batch.templates:
        batch.templates[kind] = words_in_force(kind)
    return batch.templates[kind]
