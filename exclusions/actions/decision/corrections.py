"""Corrections of what was published of an exclusion: a wording, a number in it, a term. Nothing is edited.

A correction is a new version with its authority: a Federal Register citation, or the name of who proposed it and the
reason. One that holds from a later day leaves the old words standing until the eve of that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max

from exclusions import hts
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.checks.notice import citation_fault, heading_fault, note_fault
from exclusions.days import in_full
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.numbers import on_day
from exclusions.models import Exclusion, ExclusionTerm, ExclusionText
from exclusions.models.exclusion import note_cited, subdivision
from exclusions.wording.named_numbers import is_whole_number, named_numbers
from exclusions.workflow.deadlines import eastern_date

LONGEST = 10_000  # characters of a wording
WORDING, NUMBER, TERM = "wording", "number", "term"
ENTERED = {
    WORDING: ("text", "holds_from", "citation"),
    NUMBER: ("number", "instead", "holds_from", "citation"),
    TERM: ("heading", "note", "valid_from", "valid_to", "published_on", "holds_from", "citation"),
}
LABELS = {
    "text": "Wording",
    "heading": "Chapter 99 heading",
    "note": "U.S. note",
    "valid_from": "First day",
    "valid_to": "Last day",
    "published_on": "Day of the notice",
    "authority": "Federal Register citation",
}
Entered = Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """A correction that will do: the row that stands, what becomes of its columns, from which day, on which citation.

    `holds_from` is None where the row was wrong from its first day.
    """

    row: ExclusionText | ExclusionTerm
    values: Mapping[str, Any]
    holds_from: date | None
    citation: str

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What is corrected, in words: the label, what stood, what is to stand."""
        return [
            (LABELS[name], _printed(name, getattr(self.row, name)), _printed(name, value))
            for name, value in self.values.items()
        ]


def read_correction(exclusion: Exclusion, entered: Entered) -> Correction:
    """Return a correction as it was entered: `what`, the key of the `row`, and the fields that `ENTERED` names.

    Raises Incomplete, field by field, for what will not do, and WrongState where the row stands no more or nothing
    would change.
    """
    what = str(entered.get("what", ""))
    if what not in ENTERED:
        raise Incomplete("Choose what is wrong.")
    row = _row(exclusion, what, entered.get("row"))
    citation = str(entered.get("citation") or "").strip()
    if citation:
        _refuse("citation", citation_fault(citation))
    values = _term_values(row, entered) if isinstance(row, ExclusionTerm) else _text_values(row, what, entered)
    values["authority"] = citation or row.authority
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        raise WrongState("This changes nothing. Enter something different.")
    return Correction(row, changed, _holds_from(row, changed, entered), citation)


def refuse_taking_back(correction: Correction, at: datetime, *, forward_only: bool) -> None:
    """Raise Incomplete where days would be lost on which importers could rely on a published term.

    A notice may say so; nobody else. `forward_only`: not even a notice, since the grant was superseded, and refunds
    that are due stay due.
    """
    row, today = correction.row, eastern_date(at)
    if not isinstance(row, ExclusionTerm) or (correction.citation and not forward_only):
        return
    last = correction.values.get("valid_to", row.valid_to) or date.max
    first = correction.values.get("valid_from", row.valid_from)
    before = row.valid_from
    ends_sooner = last < min(row.valid_to or date.max, today)
    begins_later = before is not None and before <= today and (first is None or first > before)
    why = (
        "The grant was superseded, so its term can end only in the future."
        if forward_only
        else "Cite the notice that says so."
    )
    sentence = f"This would take back past days on which importers relied on the exclusion. {why}"
    _refuse("valid_to", sentence if ends_sooner else "")
    _refuse("valid_from", sentence if begins_later else "")


def write_correction(correction: Correction, *, corrected_by: str, reason: str, at: datetime) -> None:
    """Write the versions that a correction makes; `corrected_by` is the name of who proposed it."""
    row, later = correction.row, correction.holds_from
    row.reason = reason
    row.authority = correction.citation or row.authority
    if later is None:
        _set(row, correction.values, corrected_by)
        _keep(successor(row, at=at, corrected_by=corrected_by))
        return
    ends, row.valid_to = row.valid_to, later - timedelta(days=1)
    _keep(successor(row, at=at, corrected_by=corrected_by))
    row.valid_from, row.valid_to = later, ends
    _set(row, correction.values, corrected_by)
    fresh = successor(row, at=at, corrected_by=corrected_by)
    fresh.supersedes_id = None
    if isinstance(fresh, ExclusionText):
        newest = ExclusionText.versions.filter(exclusion=fresh.exclusion_id).aggregate(version=Max("version"))
        fresh.version, fresh.revision = newest["version"] + 1, 1
    _keep(fresh)


def _set(row: ExclusionText | ExclusionTerm, values: Mapping[str, Any], by: str) -> None:
    if isinstance(row, ExclusionText):
        row.text = values.get("text", row.text)
        row.whole_number = is_whole_number(row.text)
        return
    row.heading, row.note = values.get("heading", row.heading), values.get("note", row.note)
    row.valid_from, row.valid_to = values.get("valid_from", row.valid_from), values.get("valid_to", row.valid_to)
    row.published_on = values.get("published_on", row.published_on)
    if {"heading", "note"} & values.keys():
        last = ExclusionTerm.objects.filter(heading=row.heading, note=row.note).aggregate(seq=Max("seq"))
        row.seq = (last["seq"] or 0) + 1
        row.item = str(row.seq)
    if {"valid_from", "valid_to"} & values.keys():
        row.dates_from = f"Corrected: {row.authority or by}"[:200]


def _keep(row: ExclusionText | ExclusionTerm) -> None:
    row.save()
    if isinstance(row, ExclusionText):
        write_numbers([row])


def _row(exclusion: Exclusion, what: str, key: Any) -> ExclusionText | ExclusionTerm:
    """Return the row that is wrong, as it stands."""
    number = int(key) if str(key).isdigit() else 0
    row: ExclusionText | ExclusionTerm | None
    if what == TERM:
        row = exclusion.terms.filter(pk=number, status=ExclusionTerm.Status.PUBLISHED).first()
    else:
        row = exclusion.texts.filter(pk=number).first()
    if row is None:
        raise WrongState("The facts to correct have changed since it was proposed, or were never published.")
    return row


def _text_values(row: ExclusionText, what: str, entered: Entered) -> dict[str, Any]:
    text = str(entered.get("text") or "").strip()
    field = "text"
    if what == NUMBER:
        field, text = "instead", row.text.replace(*_numbers(row, entered))
    if not text or len(text) > LONGEST:
        _refuse(field, f"Enter the whole corrected wording, at most {LONGEST:,} characters.")
    named, known = named_numbers(text), {one.number for one in named_numbers(row.text)}
    if not named:
        _refuse(field, "The wording names no statistical number, so it would exclude nothing. Name one in full.")
    day = row.valid_from or row.exclusion.created_at.date()
    for one in named:
        if one.number not in known and on_day(hts.HtsNumber(one.number), one.valid_from or day).exists is False:
            _refuse(field, f"{hts.dotted(one.number)} is not in the schedule on {in_full(day)}. Check the digits.")
    return {"text": text}


def _numbers(row: ExclusionText, entered: Entered) -> tuple[str, str]:
    """Return the number of the wording that is wrong and the one that is right, both as they are printed."""
    wrong = str(entered.get("number") or "")
    if wrong not in {one.number for one in named_numbers(row.text)}:
        _refuse("number", "Choose a number of this wording.")
    try:
        right = hts.parse(str(entered.get("instead") or ""), digits=(10,))
    except hts.HtsError as error:
        raise Incomplete.beside("instead", str(error)) from error
    return hts.dotted(wrong), right.dotted


def _term_values(row: ExclusionTerm, entered: Entered) -> dict[str, Any]:
    heading, note = str(entered.get("heading") or ""), str(entered.get("note") or "")
    _refuse("heading", heading_fault(heading))
    _refuse("note", note_fault(note))
    first, last = _day(entered, "valid_from"), _day(entered, "valid_to")
    if first is None and row.valid_from is not None:
        _refuse("valid_from", "Enter the first day of the term.")
    if first and last and last < first:
        _refuse("valid_to", f"The last day is before the first, {in_full(first)}.")
    plain = hts.parse(heading, digits=(8,)).plain
    return {
        "heading": plain,
        "note": subdivision(note),
        "valid_from": first,
        "valid_to": last,
        "published_on": _day(entered, "published_on") or row.published_on,
    }


def _holds_from(row: ExclusionText | ExclusionTerm, changed: Entered, entered: Entered) -> date | None:
    """Return the day from which the correction holds, where the old row is to stand until its eve."""
    day = _day(entered, "holds_from")
    if day is None or (row.valid_from is not None and day <= row.valid_from):
        return None
    if row.valid_to is not None and day > row.valid_to:
        _refuse("holds_from", f"The day is after the last one, {in_full(row.valid_to)}.")
    if {"valid_from", "valid_to"} & changed.keys():
        _refuse("holds_from", "Leave this empty if you correct the dates of the term.")
    return day


def _day(entered: Entered, name: str) -> date | None:
    text = str(entered.get(name) or "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Incomplete(fields={name: ["Enter a date such as 2020-08-07."]}) from error


def _printed(name: str, value: Any) -> str:
    if name == "heading":
        return hts.dotted(value)
    if name == "note":
        return note_cited(value) or "none"
    if value is None:
        return "no stated end" if name == "valid_to" else "not known"
    return str(value) or "none"


def _refuse(field: str, sentence: str) -> None:
    if sentence:
        raise Incomplete.beside(field, sentence)
