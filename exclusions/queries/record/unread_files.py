"""Public files that the leak check could not read whole: whatever they give away, it was not looked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from exclusions.gateways.documents.object_store import StoreError, open_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.models import Document, PublicDocument
from exclusions.permissions.leaks import said_by


@dataclass(frozen=True)
class UnreadFile:
    """A public file that was not read whole, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}, so that nobody knows what it gives away."


def unread_files() -> Iterator[UnreadFile]:
    """Yield every public file that is missing, whose kept text is missing, or that cannot be read whole now."""
    for shown in PublicDocument.objects.select_related("petition").iterator(200):
        where = f"{shown.petition.reference}, public file {shown.key}"
        document = Document.objects.filter(pk=shown.key).first()
        try:
            with open_file(shown.storage_key) as file:
                whole = read_apart(shown.content_type, file)[1]
        except StoreError:
            yield UnreadFile(where, "it is not in the store")
            continue
        if not whole:
            yield UnreadFile(where, "its text cannot be read whole")
        elif document is not None and not said_by(document).whole:
            yield UnreadFile(where, "the text that was checked when it was filed is missing or not whole")
