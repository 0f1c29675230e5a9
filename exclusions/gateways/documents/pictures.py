"""What the file of a picture says besides its picture: camera data, captions, comments, what follows its end.

Of the picture itself nothing is read: a person looks at it.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from exclusions.gateways.documents.formats import jpeg, others, png
from exclusions.gateways.documents.formats.blocks import (
    EXIF,
    IPTC,
    PROFILE,
    XMP,
    Block,
    UnreadPicture,
    besides_notices,
    bounded,
    runs,
)
from exclusions.gateways.documents.formats.exif import exif_words, iptc_words
from exclusions.gateways.documents.formats.xml import xml_words

__all__ = ["UnreadPicture", "bare_picture", "picture_words", "xmp_words"]

_READERS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], Iterator[Block]]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), jpeg.blocks),
    (re.compile(re.escape(png.FIRST_BYTES)), png.blocks),
    (re.compile(rb"GIF8[79]a"), others.gif),
    (re.compile(rb"II(?:\*\0|\+\0)|MM(?:\0\*|\0\+)"), others.tiff),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), others.webp),
    (re.compile(rb"BM"), others.bmp),
    (re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"), others.jpeg_2000),
)
_BARE = ((b"\xff\xd8\xff", jpeg.bare), (png.FIRST_BYTES, png.bare))
_PACKET = re.compile(rb"<(?:\?xpacket|x:xmpmeta|rdf:RDF).*>", re.DOTALL)


def picture_words(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Yield (place, words) of what a PNG, JPEG, GIF, TIFF, BMP, WebP or JPEG 2000 file says besides its picture.

    Raises UnreadPicture, a ValueError, for a file of another kind, a damaged one, and one that says more than is read.
    """
    data = stream.read()
    reader = next((reader for first, reader in _READERS if first.match(data)), None)
    if reader is None:
        raise UnreadPicture("It is of a kind that is not known.")
    try:
        for place, block in bounded(reader(data)):
            yield from ((where, said) for where, said in _read_block(place, block) if said.strip())
    except (IndexError, OSError, SyntaxError, KeyError, TypeError, OverflowError) as error:
        raise UnreadPicture("It is damaged.") from error


def bare_picture(data: bytes) -> bytes:
    """Return a JPEG or PNG with the same pixels and nothing beside them; a file of another kind as it is.

    How it is drawn stays: colour profile, and which side is up. Raises UnreadPicture when it is damaged.
    """
    bare = next((bare for first, bare in _BARE if data.startswith(first)), None)
    try:
        return bare(data) if bare else data
    except IndexError as error:
        raise UnreadPicture("It is damaged.") from error


def xmp_words(packet: bytes) -> Iterator[tuple[str, str]]:
    """Yield what an XMP packet says in texts, attributes and comments; of a damaged one, whatever may be words."""
    found = _PACKET.search(packet)
    try:
        said = list(xml_words((found[0] if found else packet).strip(b"\0 \r\n"), lambda *_: True))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        said = [("", "\n".join(runs(packet)))]
    yield from (("XMP", words) for where, words in said if where != "instruction")
    if found:
        yield "XMP", "\n".join(runs(packet[: found.start()] + packet[found.end() :]))


def _read_block(place: str, block: bytes) -> Iterator[tuple[str, str]]:
    if place == EXIF:
        return exif_words(block)
    if place.startswith(XMP):
        return xmp_words(block)
    if place == IPTC:
        return iptc_words(block)
    words = runs(block)
    return iter([(place, "\n".join(besides_notices(words) if place == PROFILE else words))])
