"""Ordinary files are taken, read whole and cleaned, and repeat no confidential figure by chance; a copy looks alike."""

import io
import random
from pathlib import Path

import pypdf

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.gateways.documents.inspection import FileRefused, inspect_file
from exclusions.gateways.documents.reading import read_content
from tests.depth import so_many
from tests.factories.files import cleaned
from tests.factories.planted.office import TAKEN_OUT, planted
from tests.libreoffice import converted
from tests.unit.gateways.office import ordinary

FIGURES = 200
FEWEST = 60  # files
MOST_WRONG = 3  # files that wait or hit without cause
LOOKED_AT = so_many(8, 24)  # templates that are printed before and after


def secrets() -> list[Secret]:
    """Return random figures of five to nine digits, as many of each length, that somebody holds as confidential."""
    made = random.Random(15)
    sizes = [5 + number % 5 for number in range(FIGURES)]
    return [Secret("tons", "Tons", str(made.randrange(10 ** (size - 1), 10**size)), Sort.FIGURE) for size in sizes]


def wrong_with(name: str, content: bytes, matcher: Matcher) -> str:
    """Return what keeps a file from being public; "" for nothing."""
    try:
        kind = inspect_file(name, content).content_type
    except FileRefused as refused:
        return str(refused)
    reading = read_content(kind, cleaned(kind, content))
    if not reading.whole or reading.unknown:
        return f"{name} is not read whole: {reading.unknown}"
    hits = [(where, hit.excerpt) for where, said in reading.parts.items() for hit in matcher.find(said)]
    return f"{name} hits {hits}" if hits else ""


def test_ordinary_files_neither_wait_nor_hit(tmp_path: Path) -> None:
    shipped = ordinary.shipped_templates()
    texts = {name: content for name, content in shipped.items() if name.endswith(".ott")}
    sheets = {name: content for name, content in shipped.items() if name.endswith(".ots")}
    files = dict(ordinary.by_libraries())
    files |= {f"{name}.docx": content for name, content in converted(texts, "docx", tmp_path).items()}
    files |= {f"{name}.xlsx": content for name, content in converted(sheets, "xlsx", tmp_path).items()}
    printed = dict(list(texts.items())[:10])
    files |= {f"{name}.pdf": content for name, content in converted(printed, "pdf", tmp_path).items()}
    assert len(files) >= FEWEST
    matcher = Matcher(secrets())
    wrong = [words for name, content in files.items() if (words := wrong_with(name, content, matcher))]
    assert len(wrong) <= MOST_WRONG, wrong


def test_a_public_copy_looks_as_the_file_does(tmp_path: Path) -> None:
    """Of templates, of files by libraries, and of files of which something planted is taken out."""
    texts = {name: content for name, content in list(ordinary.shipped_templates().items())[:LOOKED_AT]}
    files = {f"{name}.docx": content for name, content in converted(texts, "docx", tmp_path).items()}
    files |= {name: content for name, content in ordinary.by_libraries() if not name.endswith(".pdf")}
    changed = [each for each in planted() if each.place in TAKEN_OUT]
    files |= {f"p{number}{Path(each.file_name).suffix}": each.content for number, each in enumerate(changed)}
    copies = {name: cleaned(inspect_file(name, content).content_type, content) for name, content in files.items()}
    before, after = converted(files, "pdf", tmp_path), converted(copies, "pdf", tmp_path)
    assert len(before) == len(files)
    assert all(map(_drawn, before.values()))
    assert after.keys() == before.keys()
    differ = [name for name in before if _drawn(before[name]) != _drawn(after[name])]
    assert differ == []


def _drawn(pdf: bytes) -> list[bytes]:
    """Return what is drawn on each page."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [contents.get_data() if (contents := page.get_contents()) else b"" for page in pages]
