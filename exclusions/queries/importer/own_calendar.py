"""What is due to a person across all petitions that they may work on, the first on top."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from exclusions.models import Inquiry, Petition, Response
from exclusions.workflow.states import COMMENTING, Status

WINDOW, CURE, RESPOND, REPLY, QUESTION = "window", "cure", "respond", "reply", "question"
KINDS: Final = (WINDOW, CURE, RESPOND, REPLY, QUESTION)  # the first four are those of `deadlines`
_ENDS: Final = {
    Status.DRAFT: (WINDOW, "round__closes_at"),
    Status.RETURNED: (CURE, "cure_closes_at"),
    Status.POSTED: (RESPOND, "response_closes_at"),
}


class Due(NamedTuple):
    """What ends when, of which petition; `of` is the reference of the response, or the number of the question."""

    due_at: datetime
    kind: str
    of: str
    petition: UUID
    reference: str
    product: str


def own_calendar(owned: QuerySet[Petition], at: datetime) -> list[Due]:
    """Return what is still to come of these petitions, as `deadlines` says it of one, and the questions of the agency
    that wait for an answer.

    Three statements, however many petitions there are.
    """
    found: list[Due] = []
    ahead = reduce(or_, [Q(**{"status": status, f"{ends}__gte": at}) for status, (_, ends) in _ENDS.items()])
    ends_of_all = [ends for _, ends in _ENDS.values()]
    for row in owned.filter(ahead).order_by().values("pk", "status", "reference", "product_name", *ends_of_all):
        kind, ends = _ENDS[row["status"]]
        found.append(Due(row[ends], kind, "", row["pk"], row["reference"] or "", row["product_name"]))
    of_petition = ("petition__pk", "petition__reference", "petition__product_name")
    commenting = owned.filter(status__in=COMMENTING).order_by().values("pk")
    replying = Response.objects.to_be_replied_to(at).filter(petition__in=commenting).order_by()
    for due_at, of, *rest in replying.values_list("reply_closes_at", "reference", *of_petition):
        found.append(Due(due_at, REPLY, of, *rest))
    waiting = Inquiry.objects.filter(
        petition__in=owned.order_by().values("pk"),
        answer__isnull=True,
        withdrawn_at__isnull=True,
        lapsed_at__isnull=True,
        closes_at__gte=at,
    ).order_by()
    for due_at, number, *rest in waiting.values_list("closes_at", "number", *of_petition):
        found.append(Due(due_at, QUESTION, str(number), *rest))
    return sorted(found)
