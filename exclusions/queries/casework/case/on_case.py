"""What the desk shows on the page of one case, beside its record: what waits for a second person, how it ended."""

from dataclasses import dataclass
from datetime import datetime

from exclusions.models import Closing, Petition, Proposal, User
from exclusions.queries.casework.inquiries import Asked
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS

_CLOSED_SO = frozenset(TRANSITIONS[name].target for name in CLOSINGS)


@dataclass(frozen=True)
class OnCase:
    """`may_close`: the kinds by which intake may propose to close the case, with their names, covered first."""

    may_close: list[tuple[str, str]]
    waiting: list[Proposal]
    closing: Closing | None
    inquiries: list[Asked]


def on_case(petition: Petition, user: User, at: datetime, inquiries: list[Asked]) -> OnCase:
    """Return what the desk shows of a case that is open to the person; one statement more where it may be closed."""
    status = Status(petition.status)
    closable = [name for name in CLOSINGS if status in TRANSITIONS[name].sources]
    kinds = dict(Closing.Kind.choices)
    may = [(name.removeprefix("close_"), kinds[name.removeprefix("close_")]) for name in closable]
    may.sort(key=lambda kind: kind[0] != Closing.Kind.COVERED)
    waiting: list[Proposal] = []
    if closable and user.role in {Role.INTAKE, Role.LEGAL, Role.AUDITOR}:
        asked = Proposal.objects.waiting(at).filter(subject=f"petition:{petition.pk}", act__in=CLOSINGS)
        waiting = list(asked.select_related("proposed_by").order_by("pk"))
    closing = None
    if status in _CLOSED_SO:
        closing = Closing.objects.select_related("proposed_by", "confirmed_by").filter(petition=petition).first()
    return OnCase(may if user.role == Role.INTAKE else [], waiting, closing, inquiries)
