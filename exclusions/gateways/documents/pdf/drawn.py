"""The text of a stream of drawing commands, whoever draws it: a page, a stamp, a pattern, a letter of a font."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from exclusions.gateways.documents.pdf.fonts import Font

_SHOWS = re.compile(rb"T[jJ]|['\"]|BDC|BMC|DP|MP|\bBI\b")
_WANTED = "Tf Tj TJ ' \" Td TD Tm T* BDC BMC DP MP BI ID EI"
_COMMENT = re.compile(rb"%([^\r\n]{3,})")
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*+\)", re.DOTALL)
_WORD_GAP = -180  # thousandths of the size of letters
_NEXT_LINE = frozenset(("T*", "'", '"'))
Fonts = Callable[[str], Font | None]


@dataclass
class Drawn:
    """What drawing commands say: the text as a program copies it, and as it is shown where that differs."""

    said: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    marked: list[Any] = field(default_factory=list)  # what stands beside marked content
    pictures: list[bytes] = field(default_factory=list)  # those among the commands
    is_sure: bool = True  # whether each letter could be compared with how it is drawn

    def texts(self) -> Iterator[str]:
        """Yield the text, by each account of it."""
        said, shown = "".join(self.said), "".join(self.shown)
        yield said
        if shown != said:
            yield shown


def drawn_by(content: Any, commands: bytes, fonts: Fonts) -> Drawn:
    """Read a page or a stream, whose bytes are `commands`; `fonts` gives a font by its name there.

    Raises pikepdf.PdfError when it is damaged.
    """
    drawn = Drawn()
    if not _SHOWS.search(commands):
        return drawn
    font, line = None, None
    for instruction in pikepdf.parse_content_stream(content, _WANTED):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            drawn.pictures.append(bytes(instruction.iimage.unparse()))
            continue
        command, given = str(instruction.operator), instruction.operands
        if command == "Tf" and given:
            font = fonts(str(given[0]))
        elif command in ("Td", "TD", "Tm"):
            height = _height(given)
            is_same = (height == line) if command == "Tm" else not height
            line = height if command == "Tm" else line
            _put(drawn, " " if is_same else "\n")
        elif command in ("BDC", "BMC", "DP", "MP"):
            drawn.marked += given
        else:
            if command in _NEXT_LINE:
                _put(drawn, "\n")
            _show(drawn, font, given[-1:])
    return drawn


def comments(commands: bytes) -> str:
    """Return what stands behind percent signs among drawing commands, outside plain texts."""
    if b"%" not in commands:
        return ""
    return "\n".join(said.decode("utf-8", "replace") for said in _COMMENT.findall(_STRING.sub(b"()", commands)))


def _height(given: Any) -> float:
    """Return how far down, or how high, a command puts the text: the last of its numbers."""
    try:
        return float(given[-1])
    except (IndexError, TypeError, ValueError):
        return 0.0


def _show(drawn: Drawn, font: Font | None, given: Any) -> None:
    for item in given:
        for part in item if isinstance(item, pikepdf.Array) else (item,):
            if isinstance(part, pikepdf.String):
                data = bytes(part)
                drawn.is_sure = drawn.is_sure and font is not None and font.is_sure(data)
                drawn.said.append(font.copied_text(data) if font else data.decode("latin-1"))
                drawn.shown.append(font.drawn(data) if font else data.decode("latin-1"))
            elif not isinstance(part, pikepdf.Object) and part is not None and float(part) < _WORD_GAP:
                _put(drawn, " ")


def _put(drawn: Drawn, space: str) -> None:
    drawn.said.append(space)
    drawn.shown.append(space)
