"""The desks of the agency: each is open to one role."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from exclusions.actions.record.accesses import log_reading
from exclusions.forms.worklist import WorklistFilter
from exclusions.models import Petition
from exclusions.queries.desk.acts import ASSIGNED, acts_on_many
from exclusions.queries.desk.lists.list_pages import ListPages
from exclusions.queries.desk.targets import targets
from exclusions.queries.desk.worklist import PAGE_SIZE, round_choices
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def open_to(role: Role, request: SignedInRequest, others: str) -> None:
    """Let people of the role go on; answer 403 to everybody else, with the sentence for `others`."""
    if request.user.role != role:
        raise PermissionDenied(others)


def chosen_page(request: SignedInRequest, cases: QuerySet[Petition]) -> dict[str, Any]:
    """Return what a list of cases shows: one page of them, narrowed by the address, and what can be done with many."""
    at, known = moment(request), targets()
    narrowed = WorklistFilter(request.GET, cases, user=request.user, at=at, targets=known)
    page = ListPages(narrowed.qs, PAGE_SIZE, request.GET.get("page")).page_asked()
    return {
        "page": page,
        "cases": list(page.object_list),
        "targets": known,
        "filters": narrowed.chosen,
        "rounds": round_choices(),
        "acts": acts_on_many(request.user),
        "chooses": request.user.role in ASSIGNED,
        "checked": request.GET.get("all") == "1",
        "now": at,
    }


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
