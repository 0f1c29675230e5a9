"""Taking out of a public file what it tells besides its content: authors, companies, places, programs, dates."""

import zipfile
from typing import BinaryIO

import pikepdf
from PIL import Image, ImageOps

from exclusions.gateways.documents.inspection import DOCX, JPEG, PDF, PNG, XLSX
from exclusions.gateways.documents.office.cleaning import clean_office
from exclusions.gateways.documents.pdf.stripping import strip


class CannotClean(ValueError):
    """A file whose metadata cannot be taken out, since it is damaged or locked."""


def clean_into(content_type: str, source: BinaryIO, target: BinaryIO) -> bool:
    """Write a file without its metadata; return False, with nothing written, for text files, which have none.

    PDF: document information, XMP, private data of programs, authors of notes. Word and Excel: properties, names of
    authors, parts that no page shows. Images: EXIF, text and everything after the picture, which is turned upright
    first. Raises CannotClean.
    """
    cleaners = {PDF: strip, DOCX: clean_office, XLSX: clean_office, PNG: _image, JPEG: _image}
    clean = next((cleaner for kind, cleaner in cleaners.items() if kind.content_type == content_type), None)
    if clean is None:
        return False
    source.seek(0)
    try:
        clean(source, target)
    except (pikepdf.PdfError, pikepdf.PasswordError, zipfile.BadZipFile, OSError, SyntaxError, ValueError) as error:
        raise CannotClean("The file is damaged or locked with a password.") from error
    return True


def _image(source: BinaryIO, target: BinaryIO) -> None:
    with Image.open(source) as image:
        kind = image.format
        upright = ImageOps.exif_transpose(image)
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        if upright.mode == "P" and upright.palette:
            bare.putpalette(upright.palette)
        bare.save(target, format=kind, **({"quality": 95} if kind == "JPEG" else {}))
