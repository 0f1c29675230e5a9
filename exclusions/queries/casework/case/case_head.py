"""What stands above every tab of a case: what it is about, how it stands, whose move it is, and the one next action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exclusions.facts.coverage import Coverage, in_force
from exclusions.facts.exclusions import InForce
from exclusions.facts.filing_day import filing_day
from exclusions.facts.numbers import history_of
from exclusions.models import Outcome
from exclusions.permissions.conclusions import AS_WORDS, DESKS, sentence_case
from exclusions.queries.casework.case.case import Offer
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.case_tariff import excluding
from exclusions.queries.casework.lists.sides import Sides, sides_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.seats import SEATS
from exclusions.workflow.states import DECIDED, MOVE_OF, Status
from exclusions.workflow.transitions import TRANSITIONS

SAID_OF = {Outcome.GRANT: "Granted", Outcome.IN_PART: "Granted in part", Outcome.DENY: "Denied"}
ONWARD = {
    Outcome.GRANT: {"grant", "clear_for_drafting"},
    Outcome.IN_PART: {"grant_in_part", "clear_for_drafting"},
    Outcome.DENY: {"deny", "clear_for_denial"},
}


@dataclass(frozen=True)
class CaseHead:
    """The head of a case. `days` it has been in its status (of `target`), `days_in_all` since its filing, as
    New York counts days.

    A closed case does not wait: its days are those from filing to its end. `next` is the person's own way onward, free
    or refused with its reasons; None where it is not their move; `others` are the transitions beside it that are
    theirs. `excluded` is of a case that is not decided. `sides` is for who reads the whole case. `found` counts the
    criteria found on, for who may find now.
    """

    filed_on: date
    rate: list[Coverage]
    outcome: str
    move: str
    holder: str
    days: int
    days_in_all: int
    target: int | None
    closed: bool
    excluded: InForce | None
    sides: Sides | None
    next: Offer | None
    others: list[Offer]
    found: int
    asked: int


def case_head(page: CasePage, duty: list[Coverage] | None = None, named: Sequence[InForce] | None = None) -> CaseHead:
    """Return the head of a case as its reader sees it.

    Three statements, then one, for the duty on the day of filing; none where the tab has read it already (`duty`). Two
    more where an exclusion ever named the number; one where the tab has read those in force on that day (`named`).
    """
    petition, today = page.petition, eastern_date(page.at)
    status, filed_on = Status(petition.status), filing_day(petition.submitted_at, page.at)
    ended = eastern_date(petition.status_since) if page.closed else today
    held = [row.user for row in page.assignments if row.role == SEATS.get(status)]
    leading = onward(page)
    findings = {finding.criterion for finding in petition.findings.all()} if leading and page.may_find else set()
    return CaseHead(
        filed_on=filed_on,
        rate=in_force(history_of(petition.hts10, page.stamp), filed_on) if duty is None else duty,
        outcome=_outcome(page),
        move=MOVE_OF[status],
        holder=str(held[0]) if held else "",
        days=(ended - eastern_date(petition.status_since)).days,
        days_in_all=(ended - filed_on).days,
        target=page.target,
        closed=page.closed,
        excluded=None if page.closed or status in DECIDED else excluding(petition, named),
        sides=sides_of(page.chain, page.inquiries, page.at) if page.confidential else None,
        next=leading,
        others=[offer for offer in page.offers if offer.yours and offer is not leading],
        found=len([key for key in petition.round.criteria if key in findings]),
        asked=len(petition.round.criteria),
    )


def onward(page: CasePage) -> Offer | None:
    """Return the transition by which the person leads the case on; None where they have none.

    Those that lead back ask for a reason. Of the two of counsel and the signatory it is the one of the outcome that was
    concluded last.
    """
    own = [offer for offer in page.offers if offer.yours and not TRANSITIONS[offer.name].needs_reason]
    if len(own) < 2:
        return own[0] if own else None
    wanted = ONWARD[Outcome(page.concluded.outcome) if page.concluded else Outcome.GRANT]
    return next((offer for offer in own if offer.name in wanted), own[0])


def _outcome(page: CasePage) -> str:
    """Return what is decided or, for who reads the whole case, was concluded last."""
    for decision in page.decisions[:1]:
        codes = f" ({', '.join(decision.denial_codes)})" if decision.denial_codes else ""
        said = f"{SAID_OF[Outcome(decision.outcome)]}{codes}, signed by {decision.signed_by}"
        return f"{said}; reopened" if getattr(decision, "reopening", None) is not None else said
    last = page.concluded
    if last is None:
        return "Nothing is concluded yet" if page.confidential else "Not shown to your role before it is signed"
    codes = ", ".join(last.codes) if last.outcome != Outcome.GRANT else ""
    return f"{sentence_case(DESKS[last.desk])}: {AS_WORDS[Outcome(last.outcome)]}{f' ({codes})' if codes else ''}"
