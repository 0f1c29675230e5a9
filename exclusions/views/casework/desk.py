"""The desks of the agency: each is open to one role."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from exclusions.actions.record.accesses import log_reading
from exclusions.forms.casework.worklist import UNFILTERED, WorklistFilter
from exclusions.models import Petition, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.acts import ASSIGNED, acts_on_many
from exclusions.queries.casework.lists.beside_cases import Offered, round_choices
from exclusions.queries.casework.lists.worklist import PAGE_SIZE
from exclusions.queries.casework.lists.worklist_address import PARAMETERS
from exclusions.queries.casework.targets import targets
from exclusions.queries.list_pages import ListPages
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest
from exclusions.workflow.roles import Role

Listed = Callable[[User, Ties | None], QuerySet[Petition]]


def open_to(role: Role, request: SignedInRequest, others: str) -> None:
    """Let people of the role go on; answer 403 to everybody else, with the sentence for `others`."""
    if request.user.role != role:
        raise PermissionDenied(others)


def chosen_page(
    request: SignedInRequest, listed: Listed, columns: Sequence[str] = (), offered: Offered | None = None
) -> dict[str, Any]:
    """Return what a list of cases shows: one page of them, narrowed by the address, and what can be done with many.

    `listed` gives the cases of a list for a person and their ties, in order; `columns`: what is read of a case, the
    whole of it where none are named; `offered`: what the list offers, where it was read.
    """
    at, user = moment(request), request.user
    known = offered.targets if offered else targets()
    rows, filters = listed(user, offered.ties if offered else None), UNFILTERED
    if any(request.GET.get(name) for name in PARAMETERS):
        narrowed = WorklistFilter(request.GET, rows, user=user, at=at, targets=known)
        rows, filters = narrowed.qs, narrowed.chosen
    page = ListPages(rows, PAGE_SIZE, request.GET.get("page")).page_asked()
    return {
        "page": page,
        "cases": list(_columns_of(page.object_list, columns) if columns else page.object_list),
        "targets": known,
        "offered": offered,
        "filters": filters,
        "rounds": offered.rounds if offered else round_choices(),
        "acts": acts_on_many(user),
        "chooses": user.role in ASSIGNED,
        "checked": request.GET.get("all") == "1",
        "now": at,
    }


def _columns_of(read: Any, columns: Sequence[str]) -> Any:
    """Read the columns of a page of cases: what lies before it is skipped by keys, without the rows that are joined."""
    if read.query.annotations:  # what the order is made of
        return read.values_list(*columns)
    return Petition.objects.filter(pk__in=read.values("pk")).order_by(*read.query.order_by).values_list(*columns)


def waiting_list(
    request: SignedInRequest,
    template: str,
    waiting: Iterable[Any],
    cases: Iterable[Petition],
    what: str,
    refused: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show what waits for a desk; each case whose confidential matter stands there counts as read, once.

    `what` names the kind of matter in the access log; `refused` is what the page says of a refused decision.
    """
    at = moment(request)
    for petition in {petition.pk: petition for petition in cases}.values():
        log_reading(petition, what, by=request.user, at=at)
    return render(request, template, {"waiting": waiting, "now": at, **(refused or {})}, status=status)
