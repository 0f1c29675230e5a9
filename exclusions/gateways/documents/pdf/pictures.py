"""The pictures of a PDF as files: the bytes of those that are kept as JPEG or JPEG 2000, and without their notes."""

from collections.abc import Iterator

import pikepdf

from exclusions.gateways.documents.formats.blocks import UnreadPicture
from exclusions.gateways.documents.pictures import bare_picture

_FILES = ("/DCTDecode", "/DCT", "/JPXDecode")
# Pixels packed in other ways: nothing but pixels is in them.
_PIXELS = {
    "/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCII85Decode",
    "/ASCIIHexDecode", "/Fl", "/LZW", "/RL", "/CCF", "/A85", "/AHx",
}  # fmt: skip


def picture_bytes(stream: pikepdf.Stream) -> bytes | None:
    """Return the file that a picture is kept as; None for bare pixels.

    Raises UnreadPicture for a filter that is not known, pikepdf.PdfError when it is damaged.
    """
    filters = filters_of(stream)
    if not filters or filters[-1] not in _FILES:
        if any(name not in _PIXELS for name in filters):
            raise UnreadPicture("It is packed in a way that is not known.")
        return None
    data = stream.read_raw_bytes()
    if len(filters) == 1:
        return data
    if any(name not in _PIXELS for name in filters[:-1]):
        raise UnreadPicture("It is packed in a way that is not known.")
    outer = pikepdf.Array([pikepdf.Name(name) for name in filters[:-1]])
    with pikepdf.new() as document:
        return document.make_stream(data, Filter=outer).read_bytes()


def bare_pictures(document: pikepdf.Pdf) -> None:
    """Take camera data, captions and comments out of the pictures of a document; not a pixel changes."""
    for stream in _kept_as_files(document):
        try:
            data = picture_bytes(stream)
            bare = bare_picture(data) if data is not None else data
        except (UnreadPicture, pikepdf.PikepdfError):
            continue  # whoever reads it says so
        if bare is not None and bare != data:
            last, parameters = pikepdf.Name(filters_of(stream)[-1]), stream.get("/DecodeParms")
            own = parameters[-1] if isinstance(parameters, pikepdf.Array) and len(parameters) else parameters
            stream.write(bare, filter=last, decode_parms=own if isinstance(own, pikepdf.Dictionary) else None)


def filters_of(stream: pikepdf.Stream) -> list[str]:
    """Return the names of the ways in which a stream is packed, the outermost first."""
    filters = stream.get("/Filter")
    return [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters else []


def _kept_as_files(document: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and (filters := filters_of(thing)) and filters[-1] in _FILES:
            yield thing
