"""What two persons do about notices: take one back on the day of its entry; use a new heading for a list."""

import re
from datetime import datetime

from exclusions import hts
from exclusions.actions.decision.undoing import built_upon, undo_notice
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    ActionRate,
    CoveredLine,
    ExclusionTerm,
    FederalNotice,
    ListHeading,
    Round,
    TariffAction,
    User,
)
from exclusions.models.exclusion import note_cited, subdivision
from exclusions.permissions.notices.taking_back import undo_faults

# Exclusions of Section 301 stand under 9903.88 (notes 20 and 31: 84 FR 61674) and 9903.91 (89 FR 76581).
_HEADING = re.compile(r"9903(?:88|91)\d\d")
_NOTE = re.compile(r"[a-z]{1,4}(?:\([ivx0-9]{1,6}\))?")


def _notice(key: str) -> FederalNotice:
    rows = FederalNotice.objects.select_related("action").select_for_update(of=("self",))
    found = rows.filter(pk=int(key) if key.isascii() and key.isdigit() else 0).first()
    if found is None:
        raise WrongState("There is no such notice.")
    return found


def _ground_of_undo(key: str, facts: Facts) -> Ground:
    notice = _notice(key)
    faults = built_upon(notice)
    if notice.undone_at or faults:
        raise WrongState(*(faults or ["This notice was taken back already."]))
    references = [str(case.petition.reference) for case in notice.cases.select_related("petition").order_by("pk")]
    day = notice.in_ace_on.isoformat() if notice.in_ace_on else ""
    summary = f"Take {notice.citation} of {notice.action} back: {', '.join(references)} wait for a notice again"
    return Ground(summary, {"its cases": references, "the day in ACE": day}, found=notice)


def _undo(key: str, facts: Facts, carried: Carried) -> None:
    notice = undo_notice(
        _notice(key), proposal=carried.data["proposal"], reason=carried.reason, by=carried.by, at=carried.at
    )
    subject = f"notice:{notice.pk}"
    record_event(subject, "undo_notice", by=carried.by, at=carried.at, reason=carried.reason, data=carried.data)


def _action(key: str) -> TariffAction:
    found = TariffAction.objects.select_for_update().filter(pk=int(key) if key.isascii() and key.isdigit() else 0)
    for action in found:
        return action
    raise Incomplete(fields={"action": ["Choose the list."]})


def _heading(facts: Facts) -> tuple[str, str]:
    """Return a heading that nothing uses yet, plain, and the letters of its note."""
    text, note = str(facts.get("heading", "")), subdivision(str(facts.get("note", "")))
    plain = text.replace(".", "").strip()
    if not _HEADING.fullmatch(plain):
        raise Incomplete(
            fields={"heading": [f"“{text}” is not a heading for exclusions. Give one such as 9903.88.70."]}
        )
    if not _NOTE.fullmatch(note):
        raise Incomplete(fields={"note": ["Give the subdivision of the U.S. note, such as 20(vvv)."]})
    tables = (ExclusionTerm.versions, ActionRate.objects, CoveredLine.objects, ListHeading.objects, Round.objects)
    if any(rows.filter(heading=plain).exists() for rows in tables):
        raise Incomplete(fields={"heading": [f"{hts.dotted(plain)} is already in use. Enter a new heading."]})
    return plain, note


def _ground_of_heading(key: str, facts: Facts) -> Ground:
    action, (heading, note) = _action(key), _heading(facts)
    return Ground(
        f"Use {hts.dotted(heading)}, note {note_cited(note)}, for exclusions of {action}", {"the list": action.code}
    )


def _new_heading(key: str, facts: Facts, carried: Carried) -> None:
    action, (heading, note) = _action(key), _heading(facts)
    ListHeading.objects.create(action=action, heading=heading, note=note, confirmed_at=carried.at)
    data = {**carried.data, "heading": heading, "note": note}
    record_event(f"list:{key}", "new_heading", by=carried.by, at=carried.at, reason=carried.reason, data=data)


def _in_time(notice: FederalNotice | None, facts: Facts, why: str, by: User, at: datetime) -> None:
    """The reason becomes that of a transition; past the day of entry nothing is proposed any more."""
    require_reason(why, "")
    faults = undo_faults(notice, at)
    if faults:
        raise WrongState(*faults)


def _with_reason(found: object, facts: Facts, why: str, by: User, at: datetime) -> None:
    require_reason(why, "")


NOTICE_ACTS = {
    "undo_notice": ActBody(_ground_of_undo, _undo, _in_time),
    "new_heading": ActBody(_ground_of_heading, _new_heading, _with_reason),
}
