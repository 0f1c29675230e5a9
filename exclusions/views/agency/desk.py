"""The desks of the agency: each is open to one role."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render

from exclusions.actions.record.accesses import log_reading
from exclusions.forms.worklist import UNFILTERED, WorklistFilter, order_of, sorted_alone
from exclusions.gateways.database.together import Fetch, together
from exclusions.models import Interest, Petition
from exclusions.models.interest import Ties
from exclusions.queries.desk.acts import ASSIGNED, acts_on_many
from exclusions.queries.desk.lists.first_page import NONE_TIED, Listed, Read, read_page
from exclusions.queries.desk.lists.list_pages import ListPages, counted_up_to, page_number
from exclusions.queries.desk.lists.saved_views import HELD
from exclusions.queries.desk.shown import Offered
from exclusions.queries.desk.targets import targets
from exclusions.queries.desk.worklist import PAGE_SIZE, round_choices
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def open_to(role: Role, request: SignedInRequest, others: str) -> None:
    """Let people of the role go on; answer 403 to everybody else, with the sentence for `others`."""
    if request.user.role != role:
        raise PermissionDenied(others)


def chosen_page(
    request: SignedInRequest, listed: Listed, columns: Sequence[str] = (), offers: Fetch[Offered] | None = None
) -> dict[str, Any]:
    """Return what a list of cases shows: one page of them, narrowed by the address, and what can be done with many.

    `columns`: what is read of a case, the whole of it where none are named. `offers`: what is looked up with the page.
    """
    at, simple = moment(request), _Simple.of(request, listed, columns)
    together(*[one for one in (offers, simple and simple.read) if one])  # whom a tie bars reads another page
    offered = offers.found() if offers else None
    known = offered.targets if offered else targets()
    ties = offered.ties if offered else Interest.objects.ties_of(request.user)
    stands = simple.found() if simple and ties == NONE_TIED else None
    filters, page, cases = stands or _narrowed(request, listed, columns, ties, known)
    return {
        "page": page,
        "cases": cases,
        "targets": known,
        "offered": offered,
        "filters": filters,
        "rounds": offered.rounds if offered else round_choices(),
        "acts": acts_on_many(request.user),
        "chooses": request.user.role in ASSIGNED,
        "checked": request.GET.get("all") == "1",
        "now": at,
    }


Chosen = tuple[Mapping[str, Any], Page[Any], list[Any]]


class _Simple(NamedTuple):
    """A page of a list that is sorted at most, for whom no tie bars: read by a statement that was made before."""

    filters: Mapping[str, Any]
    number: int
    read: Fetch[Read]

    @classmethod
    def of(cls, request: SignedInRequest, listed: Listed, columns: Sequence[str]) -> "_Simple | None":
        """Return the page that the address asks for; None where it asks for more than that."""
        filters, number = sorted_alone(request.GET), page_number(request.GET.get("page"))
        if filters is None or not columns or number < 1:
            return None
        order, most = order_of(filters["sort"]), counted_up_to(number, PAGE_SIZE)
        read = read_page(listed, request.user, columns, PAGE_SIZE, number=number, most=most, order=order)
        return cls(filters, number, read)

    def found(self) -> Chosen | None:
        """Return the page; None where it lies beyond the end, where the last page is shown."""
        cases, count = self.read.found()
        if not cases and self.number > 1:
            return None
        return self.filters, ListPages(cases, PAGE_SIZE, str(self.number), count).page_asked(), cases


def _narrowed(
    request: SignedInRequest, listed: Listed, columns: Sequence[str], ties: Ties, known: Mapping[str, int]
) -> Chosen:
    """A page of any list, by the mapper."""
    rows, filters = listed(request.user, ties), UNFILTERED
    if any(request.GET.get(name) for name in HELD):
        at = moment(request)
        narrowed = WorklistFilter(request.GET, rows, user=request.user, at=at, targets=known)
        rows, filters = narrowed.qs, narrowed.chosen
    page = ListPages(rows, PAGE_SIZE, request.GET.get("page")).page_asked()
    return filters, page, list(_columns_of(page.object_list, columns) if columns else page.object_list)


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
