"""The way in for every case entry: lock, ask again, let the caller write, append the event."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions import criteria
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.many.batch import Batch, petition_event, standing_in
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict, Incomplete
from exclusions.models import Outcome, Petition, User
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.queries.casework.case.current_entries import author_of, current_entry
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.disclosure_checks import DOORS

CHOOSE_OUTCOME = "Choose grant, grant in part or deny."
# What a case comes to, or what sets it apart from like ones.
COMPARED = frozenset({"recommendation", "consistency", "legal_review", "assessment"})
# Their writers may read nothing confidential: what they write waits where there is a doubt, instead of being refused.
SCREENED = frozenset({"product_text", "opinion"})


@contextmanager
def case_entry(
    petition: Petition,
    name: str,
    *,
    by: User,
    at: datetime,
    words: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
    seen: int | None = None,
    batch: Batch | None = None,
) -> Iterator[Petition]:
    """Open a transaction with the petition locked, for one entry of that name; the event is appended at its end.

    `words` are the texts of the entry by field; they are looked through where the entry is a door of
    `workflow.disclosure_checks`. `seen` is the key of the entry that the writer saw as the current one (0: none; None:
    nobody says); it is a Conflict where there is another now. `batch`: the cases that are entered at once, this among
    them. Raises ActionRefused, with nothing written, when the person may not make this entry now.
    """
    with transaction.atomic():
        locked = lock(petition, batch, compares=name in COMPARED)
        standing = standing_in(batch, by, locked, at)
        refused = case_entry_refusal(name, locked, by, at, standing)
        if refused:
            raise refused
        if seen is not None:
            _refuse_unseen(locked, name, data or {}, seen)
        if name in DOORS and name not in SCREENED:
            taken = {field: text for field, text in words.items() if field in DOORS[name].takes}
            look_through(name, locked, taken, by=by, at=at, standing=standing, batch=batch)
        yield locked
        petition_event(locked, name, by=by, at=at, data=data, batch=batch)


def _refuse_unseen(petition: Petition, name: str, of: Mapping[str, Any], seen: int) -> None:
    last = current_entry(petition, name, of)
    if last is not None and last.pk != seen:
        person, made_at = author_of(last)
        raise Conflict(
            f"After you opened this page, {person} recorded another one ({in_words(made_at)}). "
            "Read it below. We kept your text. Send it again to record it next."
        )


def require(fields: Mapping[str, tuple[str, str]]) -> None:
    """Raise Incomplete, with a sentence a field, for each text that is empty. `fields` is {name: (text, sentence)}."""
    missing = {name: [sentence] for name, (text, sentence) in fields.items() if not text.strip()}
    if missing:
        raise Incomplete(*(sentences[0] for sentences in missing.values()), fields=missing)


def require_outcome(outcome: str, denial_codes: list[str]) -> None:
    """Raise Incomplete unless the outcome is known, and has the codes that it needs: a denial and a grant in part at
    least one of their own, a grant none.
    """
    if outcome not in Outcome.values:
        raise Incomplete.beside("outcome", CHOOSE_OUTCOME)
    unknown = [code for code in denial_codes if code not in criteria.CODED_REASONS]
    own = criteria.NARROWING_REASONS if outcome == Outcome.IN_PART else criteria.DENIAL_REASONS
    others = [code for code in denial_codes if code not in own]
    sentence = ""
    if unknown:
        sentence = f"Unknown reason code: {', '.join(unknown)}."
    elif outcome == Outcome.DENY and not denial_codes:
        sentence = "Choose at least one coded reason for the denial."
    elif outcome == Outcome.GRANT and denial_codes:
        sentence = "A grant has no reasons for denial. Remove the codes."
    elif outcome == Outcome.IN_PART and not denial_codes:
        sentence = "Choose at least one coded reason why less is granted than was asked."
    elif others:
        wrong = "a grant in part" if outcome == Outcome.DENY else "a denial"
        sentence = f"{', '.join(others)}: this is a reason for {wrong}. Remove it, or choose the other outcome."
    if sentence:
        raise Incomplete.beside("denial_codes", sentence)


def require_conclusion(outcome: str, denial_codes: list[str], reasons: str, *, missing: str) -> None:
    """Raise Incomplete unless a conclusion has its outcome, its codes and its reasons; `missing` asks for these."""
    require_reason(reasons, missing, field="reasons")
    require_outcome(outcome, denial_codes)
