"""Accounts, for administrators: looked for, seen, and what is proposed about one; and the auditor's list of events."""

from allauth.account.views import email as addresses_of_the_library
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.forms.people.proposals import ACCOUNT_FORMS, AccountSearch, NewStaffForm
from exclusions.models import User
from exclusions.queries.people import accounts as queries
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, administrators_only, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.roles import LED, Role
from exclusions.workflow.two_persons import ACTS

PER_PAGE = 50
ADDRESS_OF_STAFF = "Two administrators must agree to change the address of a member of staff. Ask one of them."


def _account(user_id: int) -> User:
    found = queries.account(user_id)
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def accounts(request: SignedInRequest) -> HttpResponse:
    """List accounts, narrowed by the query string."""
    administrators_only(request)
    form = AccountSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "role": ""}
    page = Paginator(queries.accounts(asked["q"], asked["role"]), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/accounts/list.html", {"form": form, "page": page, "accounts": page.object_list})


@signed_in
@require_safe
def account(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Show one account: what may be proposed about it, what waits, and its record."""
    administrators_only(request)
    person = _account(user_id)
    not_now = {"deactivate", "reactivate"} - {"deactivate" if person.is_active else "reactivate"}
    not_now |= set() if person.role in LED else {"change_lead"}
    context = {
        "person": person,
        "acts": [] if person == request.user else [ACTS[name] for name in ACCOUNT_FORMS if name not in not_now],
        "waiting": waiting_for(f"user:{person.pk}", moment(request)),
        "events": queries.happened(queries.history(person)),
    }
    return render(request, "people/accounts/account.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: SignedInRequest, user_id: int, name: str) -> HttpResponse:
    """Propose an act on an account, which another administrator confirms."""
    administrators_only(request)
    if name not in ACCOUNT_FORMS:
        raise Http404
    person = _account(user_id)
    now = {"role": person.role, "full_name": person.full_name, "email": person.email}
    form = ACCOUNT_FORMS[name](request.POST or None, initial=now)
    page = ("people/accounts/act.html", {"person": person, "act": ACTS[name]})
    return propose_or_show(request, form, name, person.pk, page)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Propose an account for a new member of staff."""
    administrators_only(request)
    form = NewStaffForm(request.POST or None)
    page = ("people/accounts/act.html", {"act": ACTS["new_staff"]})
    return propose_or_show(request, form, "new_staff", request.user.pk, page)


@signed_in
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Show the auditor what happened outside cases: to accounts, organizations, rounds and lists."""
    if request.user.role != Role.AUDITOR:
        raise PermissionDenied("Only the auditor can see what happened outside cases.")
    words = request.GET.get("q", "").strip()[:200].replace("\0", "")
    page = Paginator(queries.outside_cases(words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "events": queries.happened(page.object_list), "q": words}
    return render(request, "people/accounts/events.html", context)


def addresses(request: HttpRequest) -> HttpResponse:
    """Show the account library's page of one's own addresses; a member of staff changes none of them."""
    if request.method == "POST" and isinstance(request.user, User) and request.user.role:
        raise PermissionDenied(ADDRESS_OF_STAFF)
    answer: HttpResponse = addresses_of_the_library(request)
    return answer
