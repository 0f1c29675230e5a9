"""A notice as a page: PDF, tagged for screen readers (PDF/UA-1) and fit for the archive, as the letters are set."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import typst

from exclusions.gateways.annex.blocks import Block
from exclusions.gateways.typesetting import printable, spelled_out

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "notices"


def notice_pdf(blocks: Iterable[Block], *, title: str, at: datetime) -> bytes:
    """Return the blocks as a PDF file, dated `at`; the same blocks give the same bytes. All is set as text."""
    rows = [
        {"style": block.style, "lead": block.lead, "text": block.text, "cells": list(block.cells)} for block in blocks
    ]
    words = printable({"title": title, "blocks": rows})
    try:
        return _compile(words, at)
    except typst.TypstError:
        return _compile(spelled_out(words), at)


def _compile(words: object, at: datetime) -> bytes:
    pdf = typst.compile(
        str(FOLDER / "notice.typ"),
        root=str(FOLDER),
        format="pdf",
        sys_inputs={"data": json.dumps(words)},
        pdf_standards=["ua-1", "a-2a"],
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF.")
    return pdf
