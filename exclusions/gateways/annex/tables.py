"""The rows of an annex as text, as the table that customs and `load_exclusions` read, and as the registry's JSON."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from exclusions.gateways.annex.rows import AMENDMENT, AnnexRow, in_order
from exclusions.wording.named_numbers import named_codes, named_numbers

# As the tables of granted exclusions have them.
COLUMNS = (
    "chapter99_heading", "note20_subdivision", "list", "base_headings", "seq", "item_no_printed", "hts10",
    "whole_statistical_number", "status", "effective_from", "effective_to", "effective_to_kind", "text",
)  # fmt: skip


def annex_lines(rows: Iterable[AnnexRow]) -> list[str]:
    """Return the paragraphs in order, one a line; where they stand in several subdivisions, each is named before its
    own.
    """
    rows = in_order(rows)
    several = len({(row.heading, row.note) for row in rows}) > 1
    found: list[str] = []
    place = ("", "")
    for row in rows:
        if several and (row.heading, row.note) != place:
            place = (row.heading, row.note)
            found.append(f"U.S. note 20{note_words(row.note)}, heading {row.heading}")
        found.append(row.item)
    return found


def note_words(note: str) -> str:
    """Return a subdivision with its parentheses: "sss(i)" gives "(sss)(i)"; nothing for none."""
    letters, _, part = note.partition("(")
    return f"({letters}){f'({part}' if part else ''}" if letters else ""


def annex_csv(rows: Iterable[AnnexRow], *, day: date) -> str:
    """Return the table of the rows; `day` is that as of which a product is in effect or expired."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in _one_a_place(rows):
        amends = row.kind == AMENDMENT  # it changes words, and no day
        over = row.last_day is not None and row.last_day < day
        table.writerow(
            (
                row.heading,
                row.note,
                row.list_code,
                ";".join(row.base_headings),
                row.number,
                row.printed or row.number,
                ";".join(named_codes(row.text)),
                "Y" if row.whole_number else "N",
                row.status or ("expired" if over else "in_effect"),
                "" if amends or row.ends_before else row.starts_on,
                "" if amends else row.ends_on,
                "inclusive" if row.ends_on and not amends else "",
                row.text,
            )
        )
    return stream.getvalue()


def _one_a_place(rows: Iterable[AnnexRow]) -> list[AnnexRow]:
    """Return the rows in order, those of one place as one: an amendment's words with the days of what else is done
    there.
    """
    found: dict[tuple[str, str, int], AnnexRow] = {}
    for row in in_order(rows):
        place = (row.heading, row.note, row.number)
        other = found.get(place)
        if other and AMENDMENT in (row.kind, other.kind):
            amended, rest = (row, other) if row.kind == AMENDMENT else (other, row)
            found[place] = replace(rest, text=amended.text)
        else:
            found[place] = row
    return list(found.values())


def annex_json(rows: Iterable[AnnexRow]) -> list[dict[str, Any]]:
    """Return the rows as the registry's JSON has them: numbers plain, with their own days."""
    return [
        {
            "exclusion": row.exclusion,
            "kind": row.kind,
            "list": row.list_code,
            "heading": row.heading,
            "note": row.note,
            "item": row.number,
            "text": row.text,
            "whole_number": row.whole_number,
            "numbers": [
                {"number": named.number, "from": _iso(named.valid_from), "to": _iso(named.valid_to)}
                for named in named_numbers(row.text)
            ],
            "from": row.starts_on or None,
            "to": row.ends_on or None,
        }
        for row in in_order(rows)
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
