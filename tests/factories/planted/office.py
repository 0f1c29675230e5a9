"""Values planted in Word and Excel files: by hand, by openpyxl and python-docx, and by LibreOffice."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.factories.planted import Planted, by_hand_in_excel, by_hand_in_word, by_libraries, by_libreoffice

# Where the value is in the public copy, and nobody can say what its bytes are: the part is named, and the file waits.
NAMED = {"data model": "xl/model/item.data", "bytes of a kind that is not known": "word/own/x.bin"}
TAKEN_OUT = {
    "camera data of a picture", "behind a picture", "comment in the code", "instruction in the code",
    "drawing a second time", "core properties", "core properties by another name", "core properties in another case",
    "second application properties", "custom XML", "custom XML in another folder", "part that nothing leads to",
    "building block", "small picture of the first page", "font in the file", "list of people", "author of a change",
    "comment on the archive", "who made a pivot table anew", "user of a scenario", "comment on a scenario",
    "name of a saved view", "author of a comment", "settings of a printer", "property of a sheet",
    "folder of the writer", "author (openpyxl)", "custom property (openpyxl)", "keywords (python-docx)",
    "custom property (LibreOffice)", "author of a comment (LibreOffice)",
}  # fmt: skip


@cache
def planted() -> tuple[Planted, ...]:
    """Return every one of them, each with a value of its own."""
    return tuple(_planted())


def _planted() -> Iterator[Planted]:
    values = iter(f"5416{number:03}" for number in range(101, 999, 7))
    for ending, places in (
        ("docx", by_hand_in_word.PLACES),
        ("xlsx", by_hand_in_excel.PLACES),
        ("docx", by_libraries.IN_WORD),
        ("xlsx", by_libraries.IN_EXCEL),
    ):
        for place, made in places.items():
            value = next(values)
            yield Planted(place, f"a.{ending}", made(value), value)


@cache
def planted_by_libreoffice() -> tuple[Planted, ...]:
    """Return the files that LibreOffice writes; a test that asks for them is not run without it."""
    with TemporaryDirectory() as folder:
        return tuple(by_libreoffice.planted((f"5917{number:03}" for number in range(101, 999, 7)), Path(folder)))
