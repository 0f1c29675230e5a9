"""Uploads are what they are, not what they are called."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.gateways.documents.inspection import (
    MAX_BYTES,
    MAX_FILES,
    FileRefused,
    inspect_file,
    refusal_of_count,
    safe_name,
)
from tests.factories.files import pdf

PDF = pdf("slabs")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\x00" * 40 + b"\xff\xd9"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + b"\x00" * 60


def archive(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for part in parts:
            written.writestr(part, "<x/>")
    return file.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("spec.pdf", PDF, "application/pdf"),
        ("SPEC.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("note.txt", "Größe: 5 µm".encode(), "text/plain"),
        ("note.txt", "Größe".encode("cp1252"), "text/plain"),
        ("rows.csv", b"\xef\xbb\xbfhts,value\r\n8413810040,5\r\n", "text/csv"),
        ("letter.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("rows.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_files_that_are_what_they_say_are_accepted(name, data, content_type):
    inspected = inspect_file(name, data)
    assert (inspected.name, inspected.content_type) == (name, content_type)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("spec.pdf", PNG, '"spec.pdf" is named as a PDF, but its content is a PNG image. Give it the ending .png'),
        ("spec.pdf", b"just words", '"spec.pdf" is named as a PDF, but its content is plain text.'),
        ("note.txt", PDF, '"note.txt" is named as plain text, but its content is a PDF.'),
        ("letter.docx", XLSX, '"letter.docx" is named as a Word document, but its content is an Excel workbook.'),
        ("spec.pdf", GIF, '"spec.pdf" is a file of the kind GIF by its content, which is not accepted.'),
        ("anim.gif", GIF, "which is not accepted. Attach PDF, PNG"),
        ("spec.pdf", EXE, "by its content, which is not accepted."),
        ("spec.pdf", bytes(range(256)), "by its content, which is not accepted."),
        ("letter.docx", archive("a.txt"), '"letter.docx" is an archive by its content'),
        ("letter.docx", archive("word/document.xml"), '"letter.docx" is an archive by its content'),
        ("letter.docx", b"PK\x03\x04 broken", '"letter.docx" is damaged and cannot be opened.'),
        ("letter.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "contains macros"),
        (
            "rows.xlsx",
            archive("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
            "contains macros",
        ),
        ("note.txt", b"<html><script>alert(1)</script>", "is a web page or script by its content"),
        ("note.txt", b"#!/bin/sh\nrm -rf /\n", "which is not accepted"),
        ("note", b"words", '"note" has no accepted ending.'),
        ("note.exe", b"words", '"note.exe" has no accepted ending.'),
        ("note.txt", b"", '"note.txt" is empty.'),
        ("note.txt", b"a" * (MAX_BYTES + 1), '"note.txt" is larger than 50 MB.'),
    ],
)
def test_other_files_are_refused_with_a_sentence_that_names_them(name, data, sentence):
    with pytest.raises(FileRefused) as refused:
        inspect_file(name, data)
    assert sentence in str(refused.value)


def test_an_unknown_file_called_pdf_is_not_believed():
    with pytest.raises(FileRefused):
        inspect_file("spec.pdf", b"\x00\x01\x02\x03\x04\x05unknown\xff\xfe")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\me\\price list.xlsx", "price list.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ('a"b<c>;d\r\ne.pdf', "a_b_c__d e.pdf"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("...", "file"),
        ("u\u0308ber.txt", "über.txt"),
    ],
)
def test_shown_names_are_safe(name, shown):
    assert safe_name(name) == shown


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".pdf") == "x" * 96 + ".pdf"


@given(st.text(max_size=200))
def test_any_name_becomes_a_short_line_without_folders_and_stays_so(name):
    shown = safe_name(name)
    assert 1 <= len(shown) <= 100
    assert not set(shown) & set('/\\"<>\r\n\0')
    assert safe_name(shown) == shown


@given(st.binary(min_size=1, max_size=300))
def test_no_content_upsets_the_inspection(data):
    for name in ("a.pdf", "a.docx", "a.csv"):
        with contextlib.suppress(FileRefused):
            assert inspect_file(name, data).name == name


def test_one_file_too_many_is_refused():
    assert refusal_of_count(MAX_FILES - 1) == ""
    assert f"at most {MAX_FILES}" in refusal_of_count(MAX_FILES)
