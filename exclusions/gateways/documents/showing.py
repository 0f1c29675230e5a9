"""What one part of a Word or Excel file says, for a person to read. Runs in a child process only; see `parsing`."""

import re
import zipfile
from typing import BinaryIO

from exclusions.gateways.documents.reading_result import named_parts

LONGEST = 100_000  # characters that a person is shown
# Letters and digits without a space are no words: a picture or a program written as text, which nobody can read.
_CODED = re.compile(r"[A-Za-z0-9+/=_-]{200,}")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class CannotShow(ValueError):
    """A part that no person can read; the message is a sentence."""


def names_shown(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the names in the file of what people are shown as that part."""
    return [name for name in archive.namelist() if named_parts([name]) == (part,)]


def shown_text(content: BinaryIO, part: str) -> str:
    """Return all that a part says. Raises CannotShow where it is not there by itself, is no text, or is too long."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            found = [_text_of(archive, name) for name in names_shown(archive, part)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise CannotShow("This part cannot be opened by itself.") from error
    if not found:
        raise CannotShow("This part cannot be opened by itself.")
    return "\n\n".join(found)


def _text_of(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > 4 * LONGEST:
        raise CannotShow("This part is too long for a person to read.")
    data = archive.read(name)
    try:
        text = data.decode(_MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotShow("This part is not text, so nobody can read it.") from error
    if not all(letter.isprintable() or letter in "\t\r\n" for letter in text) or _CODED.search(text):
        raise CannotShow("This part is not text, so nobody can read it.")
    if len(text) > LONGEST:
        raise CannotShow("This part is too long for a person to read.")
    return text
