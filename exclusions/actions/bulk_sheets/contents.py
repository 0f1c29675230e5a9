"""What the drafts of a sheet consist of as they are worked on, many at once: two statements, however many there are."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from exclusions.actions.filing.judged_files import with_judged_files
from exclusions.models import Document, Petition, PetitionVersion
from exclusions.permissions.importer.bulk_proofs import draft_digest
from exclusions.permissions.leaks import JudgedFiles

NO_FILES = JudgedFiles([], [], None)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Content:
    """The answers of a draft as they are worked on, and the files that are attached to it."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)

    def digest(self, petition: Petition) -> str:
        """Return what stands for all of it."""
        return draft_digest(petition, self.answers, self.documents)


def contents_of(petitions: Collection[UUID]) -> dict[UUID, Content]:
    """Return the contents of the drafts of these keys."""
    versions = PetitionVersion.objects.open().filter(petition__in=petitions).order_by("number")
    answers = dict(versions.values_list("petition_id", "answers"))
    found = {key: Content(answers.get(key, {})) for key in petitions}
    for document in Document.objects.filter(petition__in=petitions, removed_at__isnull=True).order_by("pk"):
        if document.petition_id:
            found[document.petition_id].documents.append(document)
    return found


def having_files(petitions: Collection[UUID]) -> set[UUID]:
    """Return those of these drafts to which files are attached. One statement, which reads no answers."""
    attached = Document.objects.filter(petition__in=petitions, removed_at__isnull=True)
    return set(attached.values_list("petition_id", flat=True))


def with_files(petition: Petition, has_files: bool, act: Callable[[JudgedFiles], Result]) -> Result:
    """Do as `with_judged_files` does; of a draft without files nothing is asked. Raises Conflict."""
    return with_judged_files(petition, act) if has_files else act(NO_FILES)


def content_of(petition: Petition) -> Content:
    """Return the content of one draft."""
    return contents_of([petition.pk])[petition.pk]
