"""The files of a notice, all from the same facts: Word for the Federal Register, PDF, customs' table, the registry."""

import json
from datetime import datetime

from exclusions.gateways.annex.blocks import notice_blocks, notice_title
from exclusions.gateways.annex.facts import NoticeFacts
from exclusions.gateways.annex.page import notice_pdf
from exclusions.gateways.annex.rows import AMENDMENT, WITHDRAWAL
from exclusions.gateways.annex.tables import annex_csv, annex_json
from exclusions.gateways.annex.word import word_file

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def notice_file(facts: NoticeFacts, kind: str, *, at: datetime) -> bytes:
    """Return a file of a notice, dated `at`; `kind` is a key of `TYPES`. The same facts give the same words.

    The table has a row for each place of the note as it stands after the notice. KeyError for an unknown kind.
    """
    if kind not in TYPES:
        raise KeyError(kind)
    if kind == "csv":
        return annex_csv(facts.rows, day=at.date()).encode()
    title = notice_title(facts)
    if kind == "json":
        found = {
            "title": title,
            "citation": facts.citation or None,
            "published_on": facts.published_on or None,
            "requests": facts.requests,
            "exclusions": annex_json(row for row in facts.rows if row.kind not in (WITHDRAWAL, AMENDMENT)),
            "changed": annex_json(row for row in facts.rows if row.kind in (WITHDRAWAL, AMENDMENT)),
        }
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    blocks = notice_blocks(facts)
    make = word_file if kind == "docx" else notice_pdf
    return make(blocks, title=title, at=at)
