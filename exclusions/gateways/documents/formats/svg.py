"""SVG as words: all but what the standard defines as geometry, colour and style."""

import base64
import binascii
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from exclusions.gateways.documents.formats.xml import xml_words

Words = Iterator[tuple[str, str]]
# The attribute index of SVG 2 and its presentation attributes, as far as they are measures, colours or style.
_DRAWN = re.compile(
    r"d|points|transform|gradientTransform|patternTransform|viewBox|preserveAspectRatio|(?:[cfr]?[xy])[12]?|[rd][xy]?|fr"
    r"|width|height|x[12]|y[12]|offset|rotate|textLength|lengthAdjust|startOffset|pathLength|style|class|fill|stroke"
    r"|fill-.*|stroke-.*|stop-.*|font-.*|letter-spacing|word-spacing|color.*|opacity|clip.*|mask.*|marker.*|filter|values"
    r"|flood-.*|lighting-.*|std\w+|k[1-4]|order|kernel\w+|in2?|result|mode|type|version|baseProfile|overflow|display"
    r"|visibility|text-anchor|text-rendering|shape-rendering|image-rendering|dominant-baseline|alignment-baseline"
    r"|baseline-shift|direction|writing-mode|unicode-bidi|pointer-events|\w+Units|spreadMethod|paint-order|begin|dur|end"
    r"|keyTimes|keySplines|repeatCount|from|to|by|space|enable-background|orient|ref[XY]|solid-.*|nodetypes|cx|cy"
)
_RUNNING = frozenset(("tspan", "textPath", "a", "tref"))
_STYLE = re.compile(r"#[0-9a-fA-F]{3,8}\b|-?[0-9]*\.?[0-9]+(?:px|pt|em|rem|ex|mm|cm|in|pc|%|deg|s)?")
_PICTURE = re.compile(r"\s*data:(?P<kind>[^,;]*)[^,]*?(?P<coded>;base64)?,(?P<data>.*)", re.DOTALL)


def svg_words(data: bytes, of_picture: Callable[[BinaryIO], Words]) -> Words:
    """Yield (where, what it says); `of_picture` reads a picture within.

    Raises ParseError or DefusedXmlException, and what `of_picture` does.
    """
    for where, said in xml_words(data, lambda _, key: not _DRAWN.fullmatch(key), _RUNNING):
        if where == "href" and (embedded := _PICTURE.match(said)):
            yield from _within(embedded, of_picture)
        else:
            yield where, _STYLE.sub(" ", said) if where == "style" else said


def _within(embedded: re.Match[str], of_picture: Callable[[BinaryIO], Words]) -> Words:
    try:
        data = unquote_to_bytes(embedded["data"])
        data = base64.b64decode(data) if embedded["coded"] else data
    except (binascii.Error, ValueError):
        yield "picture within", embedded["data"]
        return
    yield from (svg_words(data, of_picture) if "svg" in embedded["kind"] else of_picture(io.BytesIO(data)))
