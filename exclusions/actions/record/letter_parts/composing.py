"""From the facts of a case and a template to what is set: title, blocks and the passages that they name."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from exclusions.days import in_full
from exclusions.wording.letter_kinds import KINDS
from exclusions.wording.letters import filled, read
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.terms import LIQUIDATION_DAYS_AFTER_ENTRY, PROTEST_DAYS_AFTER_LIQUIDATION, refund_guide

STATUTE = "sections 301 to 310 of the Trade Act of 1974 (19 U.S.C. 2411-2420)"
TO_COME = "to be given in the Federal Register notice"
WITH_NOTICE = "the date of publication of the notice"
_PASSAGES = (
    "points",
    "facts",
    "because",
    "reason",
    "reason_codes",
    "rationale",
    "explanations",
    "findings",
    "correction",
)


def compose(kind: str, said: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return what the template `text` of a kind says of a case: `title`, `parts`, and the passages made for these.

    `said` is the head of the letter and the facts of its kind (`actions.record.letters`): for a grant, a publication
    and the like `product_text`, `extent` ("whole" or "described"), `starts_on`, `ends_on` (dates or ISO, inclusive, or
    none yet), `heading`, `note`, `notice`; of a grant in part `in_part` {asked, granted, reasons: [{code, reason}],
    proposed_by, why}.
    """
    template = read(text)
    dated = eastern_date(_moment(said["issued_at"]))
    made: dict[str, Any] = {}
    values = {name: str(said.get(name) or "") for name in KINDS[kind].fields}
    values |= {"dated": in_full(dated), "basis": _basis(str(said.get("citation") or ""))}
    if "product_text" in said:
        values |= _term_words(said, dated)
        made["exclusion"] = _exclusion(said, values)
    if said.get("in_part"):
        made["narrowing"] = _narrowing(said["in_part"])
    there = {name for name in _PASSAGES if said.get(name)} | made.keys()
    return {**made, "title": template.title, "parts": filled(template, values, there)}


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _day(value: Any) -> date | None:
    if not value or value == "None":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _basis(citation: str) -> str:
    return f"{STATUTE} and on the notice {citation}" if citation else STATUTE


def _term_words(said: Mapping[str, Any], dated: date) -> dict[str, str]:
    """Return the fields of an exclusion and its term; what the notice is to give is said to come with it."""
    first, last = _day(said.get("starts_on")), _day(said.get("ends_on"))
    words = {
        "extent": "in whole" if said.get("extent") == "whole" else "to the extent of the product described below",
        "first_day": in_full(first) if first else WITH_NOTICE,
        "last_day": in_full(last) if last else "",
        "heading": str(said.get("heading") or TO_COME),
        "note": str(said.get("note") or TO_COME),
        "notice": str(said.get("notice") or TO_COME),
    }
    return words | (_refund_words(first, dated) if first else {})


def _refund_words(first: date, dated: date) -> dict[str, str]:
    """Until when duty comes back, by the guide of `workflow.terms`: as of the letter, and for the first entry."""
    guide = refund_guide(first)
    open_for = refund_guide(dated).correction_by - dated  # how long an entry is open to a correction
    protested = timedelta(days=LIQUIDATION_DAYS_AFTER_ENTRY + PROTEST_DAYS_AFTER_LIQUIDATION)
    return {
        "psc_from": in_full(max(first, dated - open_for)),
        "protest_from": in_full(max(first, dated - protested)),
        "first_psc": _still(guide.correction_by, dated),
        "first_protest": _still(guide.protest_by, dated),
    }


def _still(day: date, dated: date) -> str:
    return in_full(day) + (" (passed)" if day < dated else "")


def _exclusion(said: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    until = f", through {values['last_day']}" if values["last_day"] else ", until the date the notice gives"
    rows = [
        ("Chapter 99 heading", values["heading"]),
        ("U.S. note", values["note"]),
        ("Goods entered", f"on or after {values['first_day']}{until}"),
        ("Federal Register notice", values["notice"]),
    ]
    return {"text": said["product_text"], "rows": _rows(rows)}


def _narrowing(told: Mapping[str, Any]) -> list[dict[str, str]]:
    reasons = [(f"Why narrower, {said['code']}", said["reason"]) for said in told.get("reasons", ())]
    rows = [
        ("Asked", told.get("asked", "")),
        ("Granted", told.get("granted", "")),
        *reasons,
        ("In words", told.get("why", "")),
        ("Proposed by", told.get("proposed_by", "")),
    ]
    return _rows(rows)


def _rows(rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "value": str(value)} for label, value in rows if value]
