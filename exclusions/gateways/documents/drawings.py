"""What a drawing of lines says: EMF, WMF and SVG are read as text, since their words are no pixels."""

import zlib
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from exclusions.gateways.documents.formats.blocks import UnreadPicture
from exclusions.gateways.documents.formats.metafiles import emf_words, is_emf, is_wmf, wmf_words
from exclusions.gateways.documents.formats.svg import svg_words
from exclusions.gateways.documents.pictures import picture_words

_GZIP = b"\x1f\x8b"
_MOST = 50_000_000  # bytes of a drawing that is unpacked


def drawing_words(name: str, data: bytes) -> Iterator[tuple[str, str]] | None:
    """Return (place, words) of an EMF, WMF or SVG drawing, packed or not; None when its bytes cannot be read as one.

    `name` is what its file or part is called: what ends as an SVG does is read as XML, the others tell by their bytes.
    """
    try:
        plain = _unpacked(data)
        reader = _reader(name, plain)
        return None if reader is None else iter([(where, said) for where, said in reader(plain) if said.strip()])
    except (UnreadPicture, ParseError, DefusedXmlException, ValueError, LookupError, RecursionError, zlib.error):
        return None


def _reader(name: str, data: bytes) -> Callable[[bytes], Iterator[tuple[str, str]]] | None:
    if is_emf(data):
        return emf_words
    if is_wmf(data):
        return wmf_words
    is_svg = name.lower().endswith((".svg", ".svgz")) or b"<svg" in data[:4096]
    return (lambda plain: svg_words(plain, picture_words)) if is_svg else None


def _unpacked(data: bytes) -> bytes:
    """Return what gzip packed (.emz, .wmz, .svgz); raise UnreadPicture where it is more than is read."""
    if not data.startswith(_GZIP):
        return data
    packed = zlib.decompressobj(wbits=31)
    found = packed.decompress(data, _MOST)
    if packed.unconsumed_tail or not packed.eof:
        raise UnreadPicture("It unpacks to more than is read, or is cut off.")
    return found + packed.unused_data
