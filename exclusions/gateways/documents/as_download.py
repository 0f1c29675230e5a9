"""A stored file as a download: the one place from which pages and programs get what the store has."""

import logging

from django.http import FileResponse

from exclusions.gateways.documents import object_store

logger = logging.getLogger(__name__)


def as_download(key: str, name: str, content_type: str, *, asked: str) -> FileResponse | None:
    """Return the stored file under a name and type; None where the store has it no more. StoreAway goes on.

    The log gets the key, by which an operator finds row and copy and which opens nothing, and what was `asked`; no name
    of a file, which may tell what is confidential, and no code of a letter.
    """
    try:
        content = object_store.open_file(key)
    except object_store.StoreAway:
        raise
    except object_store.StoreError:
        logger.error("Stored file %s is not in the store (%s); `verify_record` names what it belongs to.", key, asked)
        return None
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
