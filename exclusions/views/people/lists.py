"""The lines of a list, brought by file: what would be added is shown first, and written when it is confirmed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.loading import own_lists as lists
from exclusions.forms.people.lines import LinesForm
from exclusions.gateways.tariff.own_list import COLUMNS, OwnLine
from exclusions.models import CoveredLine, TariffAction
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

SALT, GOOD_FOR = "lines of a list", 3600
SHOWN = 200
STALE = "You checked this file more than an hour ago, or for another list. Send it again."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def staff_list(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a file, show what it would add and what is wrong with it; take the confirmation, and add."""
    if request.user.role != Role.ADMIN:
        raise Http404
    action = TariffAction.objects.filter(code=code).order_by("pk").first()
    if action is None:
        raise Http404
    if "confirmed" in request.POST:
        return _confirmed(request, action)
    form = LinesForm(request.POST or None, request.FILES or None)
    attempt, found = Attempt(form), None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with attempt:
            found = lists.preview_lines(action, upload=upload, name=upload.name, by=request.user)
    context: dict[str, Any] = {
        "action": action,
        "form": form,
        "found": found,
        "shown": found.new[:SHOWN] if found else [],
        "columns": COLUMNS,
        "headings": lists.headings_of(action),
        "count": CoveredLine.objects.filter(action=action).count(),
    }
    if found and found.new and not found.bad:
        context["confirmed"] = _signed(action, found.new, form.cleaned_data["source"])
    status = 422 if found and found.bad else attempt.status
    return render(request, "people/lists/list.html", context, status=status)


def _confirmed(request: SignedInRequest, action: TariffAction) -> HttpResponse:
    try:
        signed = signing.loads(request.POST["confirmed"], salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        signed = {}
    if signed.get("code") != action.code:
        messages.error(request, STALE)
        return redirect("staff-list", action.code)
    pressed = Pressed(request)
    with pressed:
        lines = [_line(row) for row in signed["lines"]]
        added = lists.add_lines(action, lines=lines, source=signed["source"], by=request.user, at=moment(request))
        messages.success(request, f"{added:,} lines were added to {action}.")
    return pressed.answer(redirect("staff-list", action.code))


def _signed(action: TariffAction, lines: list[OwnLine], source: str) -> str:
    rows = [{**asdict(line), "valid_from": f"{line.valid_from}", "valid_to": _day(line.valid_to)} for line in lines]
    return signing.dumps({"code": action.code, "source": source, "lines": rows}, salt=SALT, compress=True)


def _day(day: date | None) -> str:
    return f"{day}" if day else ""


def _line(row: dict[str, Any]) -> OwnLine:
    ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return OwnLine(**{**row, "valid_from": date.fromisoformat(row["valid_from"]), "valid_to": ends})
