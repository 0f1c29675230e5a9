"""What a desk sees of the conclusion that it may adopt with one tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exclusions import criteria
from exclusions.models import Outcome, User
from exclusions.permissions.agreement import ENTRY_OF, Adoption, adoption, agreement_refusals
from exclusions.permissions.conclusions import AS_WORDS, DESK_OF, DESKS, sentence_case
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.current_entries import author_of
from exclusions.workflow.states import STATUSES, Status
from exclusions.workflow.transitions import TRANSITIONS


@dataclass(frozen=True)
class Adopting:
    """The conclusion that may be adopted, in words; `reasons` are what keeps the person from it now."""

    seen: int
    who: str
    outcome: str
    codes: Sequence[tuple[str, str]]
    said: str
    by: User
    at: datetime
    onward: str
    entry: str
    reasons: list[str]


def adopting(page: CasePage) -> Adopting | None:
    """Return what the person's desk may adopt of the one before; None where it is not their desk's move. No statement
    where the record has been read.
    """
    status = Status(page.petition.status)
    if not page.confidential or status not in DESK_OF or STATUSES[status].worklist not in page.standing.roles:
        return None
    found = adoption(page.petition)
    return _in_words(page, found) if found else None


def _in_words(page: CasePage, found: Adoption) -> Adopting:
    by, at = author_of(found.row)
    label = TRANSITIONS[found.onward].label
    return Adopting(
        seen=found.row.pk,
        who=sentence_case(DESKS[found.of]),
        outcome=AS_WORDS[Outcome(found.row.outcome)],
        codes=[(code, criteria.REASON_OF[code]) for code in found.codes],
        said=found.row.reasons,
        by=by,
        at=at,
        onward=f"Agree and {label[:1].lower()}{label[1:]}",
        entry=ENTRY_OF[found.desk],
        reasons=agreement_refusals(page.petition, found, page.user, page.at, page.standing),
    )
