"""Reads the words of a PDF back with pikepdf, through each font's ToUnicode map."""

import io
import re

import pikepdf


def pdf_text(pdf: bytes) -> str:
    """Return the words of all pages in drawing order, each run of blanks as one."""
    return re.sub(r"\s+", " ", " ".join(pages_of(pdf)))


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page, each run of blanks as one."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [re.sub(r"\s+", " ", _page_text(page)) for page in document.pages]


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _glyph_map(font) for name, font in page.Resources.Font.items()}
    words: list[str] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "BT":
                words.append(" ")
            case "Tj" | "TJ":
                runs = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                words += [_decoded(bytes(run), current) for run in runs if isinstance(run, pikepdf.String)]
    return "".join(words)


def _decoded(run: bytes, glyphs: dict[int, str]) -> str:
    return "".join(glyphs.get(int.from_bytes(run[at : at + 2]), "") for at in range(0, len(run), 2))


def _glyph_map(font: pikepdf.Object) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    glyphs: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            glyphs[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            first = ord(bytes.fromhex(text).decode("utf-16-be"))
            glyphs |= {code: chr(first + code - int(low, 16)) for code in range(int(low, 16), int(high, 16) + 1)}
    return glyphs
