"""A drawing of lines is read as text, wherever its format keeps words; its measures are no words."""

import base64
import gzip
import struct

import pytest

from exclusions.gateways.documents.drawings import drawing_words
from tests.unit.gateways.pictures.test_picture_words import ENTRIES

SECRET = "Hidden Supplier Works"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def svg(content: str) -> bytes:
    return _SVG.format(content).encode()


def emf_record(kind: int, content: bytes) -> bytes:
    content += b"\0" * (-len(content) % 4)
    return struct.pack("<II", kind, 8 + len(content)) + content


def emf(*records: bytes, description: str = "") -> bytes:
    """Return an EMF by [MS-EMF]: the head, these records, the end."""
    told = description.encode("utf-16-le")
    head = bytes(32) + b" EMF" + struct.pack("<IIIHHIIIII", 0x10000, 0, 3, 1, 0, len(told) // 2, 80, 0, 100, 100)
    return emf_record(1, head + told) + b"".join(records) + emf_record(14, bytes(12))


def emf_text(text: str, *, wide: bool = True, options: int = 0, line: int = 7) -> bytes:
    said = text.encode("utf-16-le" if wide else "cp1252")
    drawn = struct.pack("<iiIII", 1, line, len(text), 76, options) + bytes(16) + struct.pack("<I", 0)
    return emf_record(84 if wide else 83, bytes(28) + drawn + said)


def emf_small(text: str) -> bytes:
    head = struct.pack("<iiIIIff", 1, 2, len(text), 0x100 | 0x200, 1, 1.0, 1.0)
    return emf_record(108, head + text.encode())


def wmf_record(kind: int, content: bytes) -> bytes:
    content += b"\0" * (len(content) % 2)
    return struct.pack("<IH", 3 + len(content) // 2, kind) + content


def wmf(*records: bytes) -> bytes:
    """Return a placeable WMF by [MS-WMF]."""
    head = b"\xd7\xcd\xc6\x9a" + bytes(18) + struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    return head + b"".join(records) + wmf_record(0, b"")


def padded(text: str) -> bytes:
    return text.encode() + b"\0" * (len(text) % 2)


PNG_WITHIN = base64.b64encode(ENTRIES["packed text"]()).decode()
DRAWINGS: dict[str, tuple[str, bytes]] = {
    "text": ("a.svg", svg(f"<text>{SECRET}</text>")),
    "text in pieces": ("a.svg", svg("<text>Hidden Sup<tspan x='9'>plier</tspan> Works</text>")),
    "title": ("a.svg", svg(f"<title>{SECRET}</title>")),
    "description": ("a.svg", svg(f"<g><desc>{SECRET}</desc></g>")),
    "label": ("a.svg", svg(f'<path aria-label="{SECRET}" d="M1 2"/>')),
    "name of a layer": ("a.svg", svg(f'<g id="{SECRET}"/>')),
    "metadata": ("a.svg", svg(f"<metadata><x><y>{SECRET}</y></x></metadata>")),
    "comment": ("a.svg", svg(f"<!-- {SECRET} -->")),
    "instruction": ("a.svg", svg(f"<?note {SECRET}?>")),
    "style": ("a.svg", svg(f"<style>/* {SECRET} */</style>")),
    "picture within": ("a.svg", svg(f'<image xlink:href="data:image/png;base64,{PNG_WITHIN}"/>')),
    "packed": ("a.svgz", gzip.compress(svg(f"<text>{SECRET}</text>"))),
    "wide text": ("a.emf", emf(emf_text(SECRET))),
    "narrow text": ("a.emf", emf(emf_text(SECRET, wide=False))),
    "small text": ("a.emf", emf(emf_small(SECRET))),
    "text letter by letter": ("a.emf", emf(*(emf_text(letter) for letter in SECRET))),
    "description of an EMF": ("a.emf", emf(description=f"Draw\0{SECRET}\0\0")),
    "comment of an EMF": ("a.emf", emf(emf_record(70, struct.pack("<I", len(SECRET)) + SECRET.encode()))),
    "EMF+": ("a.emf", emf(emf_record(70, struct.pack("<I", 99) + b"EMF+\1\2\3" + SECRET.encode("utf-16-le")))),
    "unknown record": ("a.emf", emf(emf_record(4000, SECRET.encode()))),
    "behind an EMF": ("a.emf", emf() + SECRET.encode()),
    "text of a WMF": ("a.wmf", wmf(wmf_record(0x0521, struct.pack("<H", 21) + padded(SECRET) + bytes(4)))),
    "extended text": ("a.wmf", wmf(wmf_record(0x0A32, struct.pack("<hhHH", 1, 2, 21, 0) + padded(SECRET)))),
    "text in a box": ("a.wmf", wmf(wmf_record(0x0A32, struct.pack("<hhHH", 1, 2, 21, 4) + bytes(8) + padded(SECRET)))),
    "comment of a WMF": ("a.wmf", wmf(wmf_record(0x0626, struct.pack("<HH", 15, 21) + padded(SECRET)))),
    "behind a WMF": ("a.wmf", wmf() + SECRET.encode()),
}


def said(name: str, data: bytes) -> str | None:
    words = drawing_words(name, data)
    return None if words is None else "\n".join(said for _, said in words)


@pytest.mark.parametrize("case", DRAWINGS)
def test_each_place_of_a_drawing_is_read(case: str) -> None:
    assert SECRET in (said(*DRAWINGS[case]) or "")


def test_measures_and_colours_are_no_words() -> None:
    drawn = '<path id="p" d="M1416065 7" fill="#123456" style="x:98765"/><style>a{width:4711123px}</style>'
    assert not any(number in (said("a.svg", svg(drawn)) or "") for number in ("1416065", "123456", "98765", "4711123"))
    assert "12345" not in (said("a.emf", emf(emf_record(27, b"12345678"))) or "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", svg("<text>")),
        ("a.svg", b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + svg("<text>&a;</text>")),
        ("a.svg", svg('<image href="data:image/png;base64,AAAA"/>')),
        ("a.svgz", gzip.compress(svg("x"))[:-9]),
        ("a.svgz", gzip.compress(b"<svg>" + b" " * 60_000_000)),
        ("a.emf", emf()[:90]),
        ("a.emf", emf(struct.pack("<II", 84, 8))),
        ("a.wmf", wmf(wmf_record(0x0521, b""))),
        ("a.pict", b"\0" * 600),
    ],
)
def test_what_cannot_be_read_is_told(name: str, data: bytes) -> None:
    assert said(name, data) is None
