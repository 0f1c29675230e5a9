"""What a desk does with a case in one go: several findings, a conclusion and the way onward, agreement with the desk
before. Each is one transaction: all of it is recorded, or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions import transitions
from exclusions.actions.record.transition import lock
from exclusions.actions.review import reviews
from exclusions.actions.review.unlike import NOTHING_SAID, Unlike
from exclusions.actions.store.turns import wait_for_like
from exclusions.errors import ActionRefused, Conflict, Incomplete, Repeats, WrongState
from exclusions.models import Finding, Petition, User
from exclusions.permissions.agreement import ENTRY_OF, Adoption, adoption, agreement_refusals
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.permissions.conclusions import DESKS, LEGAL, LEVEL2, sentence_case


@dataclass(frozen=True)
class Entered:
    """One finding as it was entered; `seen` is the key of the one that its writer saw as the current one (0: none)."""

    criterion: str
    result: str
    reasons: str
    confidential_note: str = ""
    citations: Sequence[str] = ()
    meant: bool = False
    seen: int | None = None


def record_findings(petition: Petition, *, findings: Sequence[Entered], by: User, at: datetime) -> list[Finding]:
    """Record findings on several criteria; return them. Where one is refused none is recorded.

    Raises ActionRefused as for `reviews.record_finding`; of several refusals all, each field with its criterion before
    it (`availability-reasons`).
    """
    if not findings:
        raise Incomplete("Choose a result, and give its reasons, for at least one criterion.")
    made, refused = [], {}
    with transaction.atomic():
        for entered in findings:
            try:
                made.append(_record(petition, entered, by, at))
            except (Incomplete, Conflict) as error:
                refused[entered.criterion] = error
        if refused:
            raise _together(refused)
    return made


def _record(petition: Petition, entered: Entered, by: User, at: datetime) -> Finding:
    return reviews.record_finding(
        petition,
        criterion=entered.criterion,
        result=entered.result,
        reasons=entered.reasons,
        confidential_note=entered.confidential_note,
        citations=entered.citations,
        meant=entered.meant,
        seen=entered.seen,
        by=by,
        at=at,
    )


def _together(refused: dict[str, Incomplete | Conflict]) -> ActionRefused:
    """Make one refusal of several; the first of a kind that is worse than incomplete says what it is."""
    fields: dict[str, list[str]] = {}
    for criterion, error in refused.items():
        said = error.fields or {"": error.reasons}
        fields |= {f"{criterion}-{field}" if field else criterion: sentences for field, sentences in said.items()}
    reasons = list(dict.fromkeys(sentence for error in refused.values() for sentence in error.reasons))
    repeats = [error for error in refused.values() if isinstance(error, Repeats)]
    if repeats:
        return Repeats(*reasons, fields=fields, plain=[said for error in repeats for said in error.plain])
    conflicts = any(isinstance(error, Conflict) for error in refused.values())
    return Conflict(*reasons, fields=fields) if conflicts else Incomplete(*reasons, fields=fields)


def send_on(
    petition: Petition, name: str, conclude: Callable[[Petition], object], *, by: User, at: datetime
) -> Petition:
    """Let `conclude` put a desk's conclusion on record, and take the transition that leads on; return the petition.

    Raises ActionRefused, with nothing recorded.
    """
    with transaction.atomic():
        wait_for_like(petition.pk)
        conclude(petition)
        return transitions.take(petition, name, by=by, at=at)


def agree(
    petition: Petition, *, seen: int, agreed: bool, by: User, at: datetime, unlike: Unlike = NOTHING_SAID
) -> Petition:
    """Adopt what the desk before concluded, in a record of one's own, and lead the case on; return the petition.

    `seen` is the key of the row that the person saw, `agreed` that they said so. `unlike` is what level 2 says of like
    cases with another result, of which level 1 said nothing. Raises NotPermitted, WrongState, Conflict, Incomplete.
    """
    with transaction.atomic():
        locked = lock(petition, compares=True)
        found = adoption(locked)
        if found is None:
            raise WrongState("You cannot agree: no earlier desk has concluded, or you already have.")
        barred = case_entry_refusal(ENTRY_OF[found.desk], locked, by, at)
        if barred:
            raise barred
        refused = agreement_refusals(locked, found, by, at)
        if refused:
            raise Incomplete(*refused)
        if found.row.pk != seen:
            raise Conflict(
                f"{sentence_case(DESKS[found.of])} concluded again after you opened this page. Read it first."
            )
        if not agreed:
            said = "Tick that you have read the findings and agree. Or reach another outcome, with your own reasons."
            raise Incomplete.beside("agreed", said)
        _adopt(locked, found, by, at, unlike)
        return transitions.take(locked, found.onward, by=by, at=at)


def _adopt(petition: Petition, found: Adoption, by: User, at: datetime, unlike: Unlike) -> None:
    said: dict[str, Any] = {"outcome": found.row.outcome, "reasons": found.row.reasons, "adopts": found.of}
    if found.desk == LEVEL2:
        reviews.recommend_outcome(petition, **said, denial_codes=found.codes, unlike=unlike, by=by, at=at)
    elif found.desk == LEGAL:
        reviews.record_legal_review(petition, **said, denial_codes=found.codes, by=by, at=at)
    else:
        reviews.record_assessment(petition, **said, by=by, at=at)
