"""The tariff lists, their rates and lines: one administrator proposes what is to change, another confirms it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.loading import own_lists as lists
from exclusions.actions.people import proposals
from exclusions.actions.people.by_two.new_round import facts_of_file
from exclusions.actions.people.tariff_acts import NEW
from exclusions.forms.people.lines import LinesForm
from exclusions.forms.people.proposals import ActForm
from exclusions.forms.people.tariff_lists import (
    LineForm,
    ListForm,
    NewListLinesForm,
    RateForm,
    RoundFileForm,
    TariffForm,
)
from exclusions.gateways.tariff.own_list import COLUMNS, OwnLine
from exclusions.models import ActionRate, CoveredLine, TariffAction
from exclusions.queries.people import tariff_lists as queries
from exclusions.queries.people.proposals import is_alone, waiting_for
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, administrators_only, signed_in
from exclusions.views.people.proposing import PROPOSED
from exclusions.workflow.deadlines import eastern_date

SALT, GOOD_FOR = "lines of a list", 3600
SHOWN = 200
STALE = "You checked this file more than an hour ago, or for another list. Send it again."
FORMS: dict[str, type[TariffForm]] = {"list": ListForm, "rate": RateForm, "line": LineForm}
Rows = list[dict[str, Any]]


def _list(request: SignedInRequest, code: str) -> TariffAction:
    administrators_only(request)
    action = TariffAction.objects.filter(code=code).order_by("pk").first()
    if action is None:
        raise Http404
    return action


def _propose(request: SignedInRequest, key: object, rows: Rows, reason: str, **facts: Any) -> HttpResponse:
    """Propose rows for a list, and lead to the proposal."""
    at = moment(request)
    made = proposals.propose(
        "change_list",
        key,
        facts={"rows": rows, "as_of": eastern_date(at).isoformat(), **facts},
        reason=reason,
        by=request.user,
        at=at,
    )
    messages.success(request, PROPOSED)
    return redirect("proposal", made.pk)


@signed_in
@require_safe
def staff_lists(request: SignedInRequest) -> HttpResponse:
    """Show the lists, with how many rates and lines each has."""
    administrators_only(request)
    return render(request, "people/lists/lists.html", {"lists": queries.lists_with_counts(), "alone": is_alone()})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: SignedInRequest) -> HttpResponse:
    """Take a new list with its rate, its lines, its round and the form of that, and propose all of it at once."""
    administrators_only(request)
    sent = request.POST if request.method == "POST" else None
    named, rate = ListForm(sent, asks_why=False), RateForm(sent, prefix="rate")
    files = request.FILES if sent is not None else None
    file = NewListLinesForm(sent, files)
    attempt, bad = Attempt(file), []
    if all([form.is_valid() for form in (named, rate, file)]):
        with attempt:
            found = _lines_of_new(request, file, rate, named)
            bad = found.bad if found else []
            if not bad:
                rows = [_row("list", None, named), _row("rate", None, rate)]
                rows += [_line_row(line, file.cleaned_data["source"]) for line in (found.new if found else [])]
                facts: dict[str, Any] = {"file": found.file, "sha256": found.sha256} if found else {}
                facts |= _round_facts(file)
                return _propose(request, NEW, rows, rate.cleaned_data["reason"], **facts)
    context = {"named": named, "rate": rate, "file": file, "bad": bad, "reasons": attempt.reasons}
    wrong = attempt.refused is None and (bad or any(form.errors for form in (named, rate, file)))
    return render(request, "people/lists/new.html", context, status=422 if wrong else attempt.status)


def _lines_of_new(
    request: SignedInRequest, file: forms.Form, rate: TariffForm, named: TariffForm
) -> lists.Preview | None:
    upload = file.cleaned_data["file"]
    if not upload:
        return None
    first = named.cleaned_data["effective_on"] or rate.cleaned_data["valid_from"]
    heading = rate.cleaned_data["heading"]
    return lists.read_lines(upload=upload, name=upload.name, headings=[heading], first_day=first, by=request.user)


def _round_facts(form: forms.Form) -> dict[str, Any]:
    upload = form.cleaned_data["round_file"]
    return {"round": facts_of_file(upload.read(), lists.plain_name(upload.name))} if upload else {}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def list_round(request: SignedInRequest, code: str) -> HttpResponse:
    """Take the file of a round of a list, with the form that it asks, and propose it."""
    action = _list(request, code)
    form, why = RoundFileForm(request.POST or None, request.FILES or None), ActForm(request.POST or None)
    attempt = Attempt(form)
    if all([one.is_valid() for one in (form, why)]):
        with attempt:
            return _propose(request, action.pk, [], why.cleaned_data["reason"], **_round_facts(form))
    wrong = attempt.refused is None and (form.errors or why.errors)
    context = {"action": action, "form": form, "why": why}
    return render(request, "people/lists/round.html", context, status=422 if wrong else attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def list_row(request: SignedInRequest, code: str, table: str, key: str) -> HttpResponse:
    """Take a rate or a line of a list, new or corrected, or what is said of the list, and propose it."""
    action = _list(request, code)
    if table not in FORMS or not (key == "new" or key.isdigit()) or (table == "list" and key != str(action.pk)):
        raise Http404
    row = None if key == "new" else queries.row_of(action, table, int(key))
    if row is None and key != "new":
        raise Http404
    # A new one is judged as a row of this list from the start.
    blanks: dict[str, Any] = {"rate": ActionRate, "line": CoveredLine}
    blank = blanks.get(table, TariffAction)
    instance = row or blank(action=action)
    form = FORMS[table](request.POST if request.method == "POST" else None, instance=instance)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            return _propose(
                request, action.pk, [_row(table, row.pk if row else None, form)], form.cleaned_data["reason"]
            )
    context = {"action": action, "form": form, "table": table, "row": row, "may_be_wrong": row and table != "list"}
    return render(request, "people/lists/row.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def never_right(request: SignedInRequest, code: str, table: str, key: int) -> HttpResponse:
    """Propose that a rate or a line of a list was never right: it then holds on no day, and is kept."""
    action = _list(request, code)
    row = queries.row_of(action, table, key) if table in ("rate", "line") else None
    if row is None:
        raise Http404
    form = ActForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            rows = [{"table": table, "key": key, "never_right": True}]
            return _propose(request, action.pk, rows, form.cleaned_data["reason"])
    context = {"action": action, "form": form, "table": table, "row": row}
    return render(request, "people/lists/never_right.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def staff_list(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a list; take a file of lines, show what it would add and what is wrong with it, and propose it."""
    action = _list(request, code)
    if "confirmed" in request.POST:
        return _proposed(request, action)
    form = LinesForm(request.POST or None, request.FILES or None)
    attempt, found = Attempt(form), None
    if form.is_valid():
        with attempt:
            upload = form.cleaned_data["file"]
            found = lists.preview_lines(action, upload=upload, name=upload.name, by=request.user)
    context = _page(request, action, form, found)
    if found and found.new and not found.bad:
        context |= {"confirmed": _signed(action, found, form.cleaned_data["source"]), "why": ActForm()}
    status = 422 if found and found.bad else attempt.status
    return render(request, "people/lists/list.html", context, status=status)


def _page(
    request: SignedInRequest, action: TariffAction, form: forms.Form, found: lists.Preview | None
) -> dict[str, Any]:
    return {
        "action": action,
        "form": form,
        "found": found,
        "shown": found.new[:SHOWN] if found else [],
        "columns": COLUMNS,
        "headings": lists.headings_of(action),
        "rates": ActionRate.objects.filter(action=action).order_by("heading", "valid_from"),
        "count": CoveredLine.objects.filter(action=action).count(),
        "waiting": waiting_for(f"list:{action.pk}", moment(request)),
        "lines": queries.lines_beginning(action, request.GET.get("number", "")),
        "number": request.GET.get("number", ""),
        "never_right": queries.never_right(action),
    }


def _proposed(request: SignedInRequest, action: TariffAction) -> HttpResponse:
    """Propose the lines of a file that was looked at; it travels signed, so that nothing of it is sent twice."""
    try:
        signed = signing.loads(request.POST["confirmed"], salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        signed = {}
    if signed.get("code") != action.code:
        messages.error(request, STALE)
        return redirect("staff-list", action.code)
    why = ActForm(request.POST)
    attempt = Attempt(why)
    if why.is_valid():
        with attempt:
            rows = [{"table": "line", "key": None, "values": {**line, "source": signed["source"]}}
                    for line in signed["lines"]]  # fmt: skip
            return _propose(
                request,
                action.pk,
                rows,
                why.cleaned_data["reason"],
                file=signed["file"],
                sha256=signed["sha256"],
            )
    context = _page(request, action, LinesForm(), None)
    context |= {"confirmed": request.POST["confirmed"], "why": why}
    return render(request, "people/lists/list.html", context, status=attempt.status)


def _row(table: str, key: int | None, form: TariffForm) -> dict[str, Any]:
    return {"table": table, "key": key, "values": form.values()}


def _line_row(line: OwnLine, source: str) -> dict[str, Any]:
    return {"table": "line", "key": None, "values": {**_plain(line), "source": source}}


def _signed(action: TariffAction, found: lists.Preview, source: str) -> str:
    rows: Sequence[dict[str, Any]] = [_plain(line) for line in found.new]
    facts = {"code": action.code, "source": source, "file": found.file, "sha256": found.sha256, "lines": rows}
    return signing.dumps(facts, salt=SALT, compress=True)


def _plain(line: OwnLine) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(line).items()}
