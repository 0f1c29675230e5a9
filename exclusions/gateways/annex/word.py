"""A Word file of paragraphs: what the Federal Register takes. Styles of its own names, no macros, no pictures."""

import io
from collections.abc import Iterable
from datetime import datetime

from docx import Document
from docx.shared import Pt

from exclusions.gateways.annex.blocks import Block

# No XML may hold these.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_STYLES = {"title": "Title", "heading": "Heading 1", "subheading": "Heading 2"}


def word_file(blocks: Iterable[Block], *, title: str, at: datetime) -> bytes:
    """Return the blocks as a Word file; `at` is its date."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, "", ""
    facts.created = facts.modified = at.replace(tzinfo=None, microsecond=0)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(12)
    styles = {name: document.styles[style] for name, style in _STYLES.items()}
    for block in blocks:
        text = block.text.translate(_UNPRINTABLE)
        if block.style == "row":
            table = document.add_table(rows=1, cols=len(block.cells))
            table.style = document.styles["Table Grid"]
            for cell, words in zip(table.rows[0].cells, block.cells, strict=True):
                cell.text = words.translate(_UNPRINTABLE)
            continue
        paragraph = document.add_paragraph(style=styles.get(block.style))
        if block.lead:
            paragraph.add_run(f"{block.lead} ").bold = True
        paragraph.add_run(text)
        if block.style == "item":
            paragraph.paragraph_format.left_indent = Pt(18)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
