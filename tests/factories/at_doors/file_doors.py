"""The door of public files that wait for an intake clerk."""

from collections.abc import Mapping
from typing import Any

from exclusions.models import Document
from tests.factories.at_doors.door import VIEWS, Door
from tests.factories.world import World


def waiting_file(world: World) -> Mapping[str, Any]:
    """Let a part of the public file of the posted petition wait, and name the file."""
    Document.objects.filter(pk=world.public_file.pk).update(unread_parts="word/odd.bin")
    return {"document_id": world.public_file.pk}


OF_FILES = (
    Door(
        "casework.waiting_files.review_file",
        "intake",
        "review-file",
        waiting_file,
        f"{VIEWS}casework.waiting_files.note_part_read",
        {"decision": "read", "part": "word/odd.bin"},
    ),
)
