"""EXIF data and IPTC records of a picture as words."""

import warnings
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from exclusions.gateways.documents.formats.blocks import runs

# Where pixels and further directories are, and their sizes: places in the file, and nothing that anybody says.
_PLACES = {
    273, 279, 322, 323, 324, 325, 330, 513, 514, 34665, 34853, 40965, 256, 257, 258, 259, 262, 277, 278, 284, 317, 338,
    339, 40962, 40963, 320, 301, 529, 530, 531, 532, 282, 283, 296, 34675,
}  # fmt: skip
_XP = range(40091, 40096)  # Windows' own: title, comment, author, words, subject
_USER_COMMENT = 37510
_CODES = {b"ASCII\0\0\0": "latin-1", b"JIS\0\0\0\0\0": "euc_jp", b"UNICODE\0": "utf-16"}
_NAMES = {**ExifTags.TAGS, **ExifTags.GPSTAGS}
_MOST_VALUES = 64  # of one tag: more are a table of the camera


def exif_words(block: bytes) -> Iterator[tuple[str, str]]:
    """Yield (name of the tag, what it says) of EXIF data, then all else in them that may be words."""
    for table in _tables(block):
        for tag, value in table.items():
            said = "" if tag in _PLACES else _readable(tag, value)
            if said:
                yield f"EXIF {_NAMES.get(tag, tag)}", said
    yield "EXIF", "\n".join(runs(block))


def _tables(block: bytes) -> list[dict[Any, Any]]:
    """Return {tag: value} of each directory; none when they are damaged."""
    exif = Image.Exif()
    try:
        with warnings.catch_warnings(action="ignore"):  # Pillow tells of damage by warnings
            exif.load(block if block.startswith(b"Exif\0\0") else b"Exif\0\0" + block)
            return [dict(exif), *(dict(exif.get_ifd(ifd)) for ifd in ExifTags.IFD)]
    except Exception:  # whatever the damage meets inside: its bytes are read besides
        return []


def iptc_words(block: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the records of IPTC-IIM, and all else that Photoshop keeps, may say."""
    yield "IPTC", "\n".join(runs(block))


def _readable(tag: Any, value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(filter(None, (_readable(None, said) for said in value.values())))
    if isinstance(value, bytes) and tag in _XP:
        return value.decode("utf-16-le", "replace").strip("\0")
    if isinstance(value, bytes):
        coding = _CODES.get(value[:8], "") if tag == _USER_COMMENT else ""
        return value[8:].decode(coding, "replace").strip("\0") if coding else "\n".join(runs(value))
    if isinstance(value, tuple):
        return " / ".join(_readable(None, said) for said in value[:_MOST_VALUES])
    if isinstance(value, IFDRational):
        return "" if not value.denominator else f"{float(value):.6f}".rstrip("0").rstrip(".")
    return str(value).strip("\0 ")
