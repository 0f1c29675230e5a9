"""The list of clusters, one cluster, and what reviewers change of it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.casework import cluster_changes as changes
from exclusions.actions.casework.letters_to_set import MOST_ATTEMPTS, try_letters_again
from exclusions.actions.record.accesses import log_readings
from exclusions.actions.store.clusters import propose_all
from exclusions.errors import Incomplete
from exclusions.forms.casework.clusters import SORT_LABELS, STATES, WORK, ClusterChangeForm, ClusterFilter
from exclusions.gateways import queue
from exclusions.gateways.database.limits import lifted
from exclusions.models import Cluster, Interest
from exclusions.queries.casework.clusters import lists as queries
from exclusions.queries.casework.clusters.rows import PAGE_SIZE, cluster_rows
from exclusions.queries.list_pages import ListPages
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import READS_CONFIDENTIAL


def open_clusters(request: SignedInRequest) -> None:
    """Let the staff on who work cases; 403 with a sentence for everybody else."""
    if request.user.role not in queries.SEES_CLUSTERS:
        raise PermissionDenied("This page is for the agency staff who work petitions.")


def open_cluster(request: SignedInRequest, key: int) -> Cluster:
    """Return the cluster; 404 where there is none."""
    open_clusters(request)
    found = queries.open_cluster(key)
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def clusters(request: SignedInRequest) -> HttpResponse:
    """List the clusters, largest first, narrowed and sorted by an address that can be shared."""
    open_clusters(request)
    at, whole = moment(request), request.user.role in READS_CONFIDENTIAL
    page, chosen = _page_of(request, whole=whole)
    context = {
        "page": page,
        "rows": cluster_rows(list(page.object_list), request.user, at),
        "filters": chosen,
        "states": STATES,
        "works": WORK,
        "sorts": [(key, label) for key, label in SORT_LABELS.items() if whole or key != "value"],
        "whole": whole,
        "may_propose": changes.may_propose(request.user),
    }
    return render(request, "casework/clusters/list.html", context)


def _page_of(request: SignedInRequest, *, whole: bool) -> tuple[Page[Any], Mapping[str, Any]]:
    """Return the page that was asked for, and what narrows the list."""
    narrowed = ClusterFilter(request.GET, queries.clusters(), role=request.user.role)
    pages = ListPages(narrowed.ordered(whole=whole), PAGE_SIZE, request.GET.get("page"))
    return pages.page_asked(), narrowed.chosen


@signed_in
@require_POST
def propose(request: SignedInRequest) -> HttpResponse:
    """Have the cases that are in no cluster yet drawn together: by the worker, or at once where there is no queue."""
    open_clusters(request)
    _open_to_drawers(request)
    pressed = Pressed(request)
    with pressed:
        changes.refuse_unless_lead(request.user)
        if queue.ask_for("exclusions.propose_clusters", by=request.user.pk):
            said = "We are grouping the cases. New clusters appear here in a few minutes."
        else:
            with lifted():
                said = f"{propose_all(at=moment(request), by=request.user)}."
        messages.success(request, said)
    return pressed.answer(redirect("clusters"))


def _open_to_drawers(request: SignedInRequest) -> None:
    if request.user.role not in changes.DRAWERS:
        raise PermissionDenied("Only level 1 and level 2 reviewers change clusters.")


@signed_in
@require_http_methods(["GET", "POST"])
def cluster(request: SignedInRequest, key: int) -> HttpResponse:
    """Show a cluster with its members; take what a reviewer changes of it."""
    found = open_cluster(request, key)
    may_change = request.user.role in changes.DRAWERS
    proposed = found.state == Cluster.State.PROPOSED
    form = ClusterChangeForm(request.POST if request.method == "POST" else None, proposed=proposed)
    attempt = Attempt(form)
    if request.method == "POST":
        _open_to_drawers(request)
    if form.is_valid():
        with attempt:
            done, target = _change(request, found, form)
            messages.success(request, done)
            return redirect("cluster", target.pk)
    return _page(request, found, form if may_change else None, attempt)


def _change(request: SignedInRequest, found: Cluster, form: ClusterChangeForm) -> tuple[str, Cluster]:
    """Do what was chosen; return what the message says, and which cluster to show."""
    verb, chosen = form.cleaned_data["verb"], request.POST.getlist("chosen")
    revision = sent_number(request, "revision")
    how = {
        "reason": form.cleaned_data["reason"],
        "revision": -1 if revision is None else revision,
        "by": request.user,
        "at": moment(request),
    }
    if verb == "accept":
        return "The cluster is accepted.", changes.accept_cluster(found, **how)
    if verb == "apart":
        changes.set_apart(found, references=chosen, **how)
        return f"{_cases(chosen, 'stands', 'stand')} apart now.", found
    if verb == "split":
        return f"{_cases(chosen, 'is', 'are')} in a new cluster now.", changes.split_cluster(
            found, references=chosen, **how
        )
    into = _other(form)
    if verb == "move":
        changes.move_members(found, references=chosen, into=into, **how)
        return f"{_cases(chosen, 'was', 'were')} moved here.", into
    return "The clusters are one now.", changes.merge_clusters(found, into=into, **how)


def _cases(chosen: list[str], one: str, more: str) -> str:
    return f"1 case {one}" if len(chosen) == 1 else f"{len(chosen)} cases {more}"


def _other(form: ClusterChangeForm) -> Cluster:
    key = form.cleaned_data["into"]
    other = queries.open_cluster(key) if key else None
    if other is None:
        sentence = "Enter the number of the other cluster. It is on the page of that cluster."
        raise Incomplete.beside("into", sentence)
    return other


def _page(request: SignedInRequest, found: Cluster, form: ClusterChangeForm | None, attempt: Attempt) -> HttpResponse:
    user, at = request.user, moment(request)
    whole = user.role in READS_CONFIDENTIAL
    ties = Interest.objects.ties_of(user)
    page = Paginator(queries.members(found, user, ties), queries.MEMBERS_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    live = queries.live_petitions(found, user, ties)
    unlike = queries.contradictory(live, whole=whole)
    if any(row.confidential for row in unlike):
        log_readings(live, "answers of a cluster", by=user, at=at)
    moves = queries.moves_of(rows)
    context = {
        "cluster": found,
        "page": page,
        "rows": [(member, moves.get(member.pk, "")) for member in rows],
        "facts": cluster_rows([found], user, at, ties)[0],
        "contradictions": unlike,
        "offers": queries.offers(found, user, ties),
        "acts": queries.acts_of(found)[:20],
        "letters": queries.letters_left(found, MOST_ATTEMPTS),
        "form": form if found.state != Cluster.State.DISSOLVED else None,
        "chosen": set(request.POST.getlist("chosen")),
        "whole": whole,
    }
    return render(request, "casework/clusters/cluster.html", context, status=attempt.status)


@signed_in
@require_POST
def letters_again(request: SignedInRequest, key: int) -> HttpResponse:
    """Let the letters of the cluster that were given up be tried again."""
    found = open_cluster(request, key)
    pressed = Pressed(request)
    with pressed:
        count = try_letters_again(by=request.user)
        messages.success(request, f"{count} letter{'' if count == 1 else 's'} will be tried again.")
    return pressed.answer(redirect("cluster", found.pk))
