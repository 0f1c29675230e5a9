"""A PDF that means to hold its reader up takes time in proportion to its size."""

import time
from collections.abc import Callable

import pikepdf
import pytest

from exclusions.gateways.documents.inspection import PDF
from exclusions.gateways.documents.reading import read_content
from tests.factories.file_parts import changed_pdf

D, N = pikepdf.Dictionary, pikepdf.Name


def commands(unit: bytes, before: bytes = b"", behind: bytes = b"") -> Callable[[pikepdf.Pdf, int], None]:
    def change(document: pikepdf.Pdf, count: int) -> None:
        document.pages[0].Contents = document.make_stream(before + unit * count + behind)

    return change


def letters(unit: bytes) -> Callable[[pikepdf.Pdf, int], None]:
    def change(document: pikepdf.Pdf, count: int) -> None:
        document.pages[0].obj.Resources.Font.F1.ToUnicode = document.make_stream(b"begincmap " + unit * count)
        document.pages[0].Contents = document.make_stream(b"BT /F1 9 Tf (abc) Tj ET")

    return change


def stamps(document: pikepdf.Pdf, count: int) -> None:
    drawn = document.make_indirect(D({f"/A{number}": document.make_stream(b"BT (x) Tj ET") for number in range(count)}))
    notes = [document.make_indirect(D(Subtype=N.Stamp, Rect=[0, 0, 1, 1], AP=D(N=drawn))) for _ in range(count)]
    document.pages[0].obj.Annots = pikepdf.Array(notes)


# Each: what is done to a file so many times, and how many times.
HOSTILE: dict[str, tuple[Callable[[pikepdf.Pdf, int], None], int]] = {
    "comments": (commands(b"% aaaa bbb\n"), 50_000),
    "open texts": (commands(b"(a"), 100_000),
    "open texts and comments": (commands(b"(a%"), 100_000),
    "open pictures": (commands(b"BI "), 50_000),
    "pictures": (commands(b"BI /W 1 ID x EI "), 3_000),
    "texts": (commands(b"(abc) Tj ", b"BT ", b"ET"), 3_000),
    "open maps of letters": (letters(b"beginbfchar "), 30_000),
    "open codes": (letters(b"beginbfrange <01> <"), 30_000),
    "stamps that are one": (stamps, 100),
}


def seconds(case: str, times: int) -> float:
    change, count = HOSTILE[case]
    content = changed_pdf(lambda document: change(document, times * count))
    start = time.process_time()
    read_content(PDF.content_type, content)
    return time.process_time() - start


@pytest.mark.parametrize("case", HOSTILE)
def test_four_times_as_much_takes_about_four_times_as_long(case: str) -> None:
    assert any(seconds(case, 4) < 8 * seconds(case, 1) + 0.2 for _ in range(3))
