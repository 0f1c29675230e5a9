"""Taking out of a public file what it tells besides its content: authors, companies, places, programs, dates."""

import io
import subprocess
import sys
import zipfile
from typing import BinaryIO

import pikepdf
from PIL import Image, ImageOps

from exclusions.gateways.documents import pdf_stripping
from exclusions.gateways.documents.inspection import DOCX, JPEG, PDF, PNG, XLSX
from exclusions.gateways.documents.pdf_stripping import strip
from exclusions.gateways.documents.reading import PROPERTIES

_MOST_SECONDS = 60

_EMPTY = {
    "docProps/core.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}


class CannotClean(ValueError):
    """A file whose metadata cannot be taken out, since it is damaged or locked."""


def clean_into(content_type: str, source: BinaryIO, target: BinaryIO) -> bool:
    """Write a file without its metadata; return False, with nothing written, for text files, which have none.

    PDF: document information, XMP, private data of programs. Word and Excel: the three property parts. Images: EXIF,
    text and everything after the picture, which is turned upright first. Raises CannotClean.
    """
    cleaners = {PDF: _pdf, DOCX: _office, XLSX: _office, PNG: _image, JPEG: _image}
    clean = next((cleaner for kind, cleaner in cleaners.items() if kind.content_type == content_type), None)
    if clean is None:
        return False
    source.seek(0)
    try:
        clean(source, target)
    except (pikepdf.PdfError, pikepdf.PasswordError, zipfile.BadZipFile, OSError, SyntaxError, ValueError) as error:
        raise CannotClean("The file is damaged or locked with a password.") from error
    return True


def _pdf(source: BinaryIO, target: BinaryIO) -> None:
    if isinstance(source, io.BytesIO):
        strip(source, target)
        return
    program = [sys.executable, "-I", pdf_stripping.__file__]
    try:
        done = subprocess.run(program, stdin=source, stdout=target, stderr=subprocess.DEVNULL, timeout=_MOST_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ValueError("It takes too long to read.") from error
    if done.returncode:
        raise ValueError("It cannot be read.")


def _office(source: BinaryIO, target: BinaryIO) -> None:
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as clean:
        for part in given.infolist():
            content = _EMPTY[part.filename].encode() if part.filename in PROPERTIES else given.read(part)
            clean.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)


def _image(source: BinaryIO, target: BinaryIO) -> None:
    with Image.open(source) as image:
        kind = image.format
        upright = ImageOps.exif_transpose(image)
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        if upright.mode == "P" and upright.palette:
            bare.putpalette(upright.palette)
        bare.save(target, format=kind, **({"quality": 95} if kind == "JPEG" else {}))
