"""Taking out of a public file what it tells besides its content: authors, companies, places, programs, dates."""

import io
import zipfile

import pikepdf
from PIL import Image, ImageOps

from exclusions.gateways.file_inspection import DOCX, JPEG, PDF, PNG, XLSX
from exclusions.gateways.file_reading import PROPERTIES

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


def without_metadata(content_type: str, data: bytes) -> bytes:
    """Return the file without its metadata; text files, which have none, come back as they are.

    PDF: document information, XMP, private data of programs. Word and Excel: the three property parts. Images: EXIF,
    text and everything after the picture, which is turned upright first. Raises CannotClean.
    """
    try:
        if content_type == PDF.content_type:
            return _pdf(data)
        if content_type in (DOCX.content_type, XLSX.content_type):
            return _office(data)
        if content_type in (PNG.content_type, JPEG.content_type):
            return _image(data)
    except (pikepdf.PdfError, zipfile.BadZipFile, OSError, SyntaxError, ValueError) as error:
        raise CannotClean("The file is damaged or locked with a password.") from error
    return data


def _pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for holder in (document.Root, *(page.obj for page in document.pages)):
            for key in ("/Metadata", "/PieceInfo"):
                if key in holder:
                    del holder[key]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and "/Metadata" in thing:
                del thing["/Metadata"]
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _office(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        for part in given.infolist():
            content = _EMPTY[part.filename].encode() if part.filename in PROPERTIES else given.read(part)
            clean.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _image(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        kind = image.format
        upright = ImageOps.exif_transpose(image)
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        if upright.mode == "P" and upright.palette:
            bare.putpalette(upright.palette)
        bare.save(out, format=kind, **({"quality": 95} if kind == "JPEG" else {}))
    return out.getvalue()
