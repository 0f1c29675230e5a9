"""The words in a file and what it tells besides them, for the leak check: text under a black box is text all the same.

Call it where a limit ends it: see `parsing`.
"""

import io
from collections.abc import Callable
from typing import BinaryIO

from PIL import Image

from exclusions.gateways.documents.inspection import CSV, DOCX, JPEG, PDF, PNG, TXT, XLSX
from exclusions.gateways.documents.office.reading import read_office
from exclusions.gateways.documents.pdf.reading import read_pdf
from exclusions.gateways.documents.pictures import UnreadPicture, picture_words
from exclusions.gateways.documents.reading_result import MAX_TEXT, READER, Reading
from exclusions.gateways.documents.text_parts import BODY

__all__ = ["READER", "Reading", "read_content"]


def read_content(content_type: str, content: bytes | BinaryIO) -> Reading:
    """Return the text and metadata of an accepted file. What cannot be read leaves `whole` false and raises nothing.

    Only a lack of memory raises.
    """
    readers: dict[str, Callable[[BinaryIO], Reading]] = {
        PDF.content_type: read_pdf,
        DOCX.content_type: read_office,
        XLSX.content_type: read_office,
        PNG.content_type: _image,
        JPEG.content_type: _image,
        TXT.content_type: _plain,
        CSV.content_type: _plain,
    }
    if content_type not in readers:
        return Reading(whole=False)
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stream.seek(0)
    try:
        return readers[content_type](stream)
    except MemoryError:
        raise  # a limit, and no damage of the file
    # A damaged file raises whatever its damage meets deep inside a parser; to us it is a file that cannot be read.
    except Exception:
        return Reading(whole=False)


def _plain(stream: BinaryIO) -> Reading:
    data = stream.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return Reading({BODY: text[:MAX_TEXT]}, whole=len(text) <= MAX_TEXT)


def _image(stream: BinaryIO) -> Reading:
    with Image.open(stream) as image:
        image.verify()
    stream.seek(0)
    told: dict[str, str] = {}
    try:
        for place, said in picture_words(stream):
            told[place] = f"{told[place]}\n{said}" if place in told else said
    except UnreadPicture:
        return Reading(metadata=told, whole=False, pictures="a picture", unknown=("data beside the picture",))
    return Reading(metadata=told, pictures="a picture")
