"""Names of files: as a cell lists them, and as they are compared with the names in a ZIP."""

import unicodedata

from exclusions.gateways.documents.inspection import kind_of_name

LONGEST = 255  # characters


def file_names(text: str) -> list[str]:
    """Return the names of files that stand in a cell, joined by semicolons, each once."""
    names: dict[str, str] = {}
    for name in filter(str.strip, text.split(";")):
        names.setdefault(file_key(name), " ".join(name.split())[:LONGEST])
    return list(names.values())


def file_key(name: str) -> str:
    """Return what a name of a file is compared by: programs write one name in capitals, or in other signs."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())[:LONGEST]


def named_type(name: str) -> str:
    """Return the media type that the name of a file says; "" for an ending that is not accepted."""
    kind = kind_of_name(name)
    return kind.content_type if kind else ""
