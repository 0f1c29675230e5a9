"""Leaks in the rows of a bulk sheet: each value with its rows on one page, settled by one statement."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.bulk_sheets.leaks import settle_rows
from exclusions.actions.bulk_sheets.working import TASK, work_on
from exclusions.errors import Incomplete
from exclusions.forms.bulk_leaks import LONGEST_STATEMENT, SettleForm
from exclusions.gateways.queue import ask_for
from exclusions.queries.importer.bulk_rows import leaks as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet

PER_PAGE = 5  # values


@signed_in
@require_safe
def leaks(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """List the confidential values that stand in public answers, each with its rows; while rows wait, lead back."""
    opened = owned_sheet(request, sheet_id)
    if request.method == "GET" and opened.is_at_work and work_on(opened, at=moment(request)):
        opened.refresh_from_db(fields=["state", "revision"])
    if opened.is_at_work:
        return redirect("bulk-sheet", opened.pk)
    page = Paginator(queries.leak_groups(opened), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": opened,
        "page": page,
        "groups": queries.shown_groups(opened, list(page)),
        "longest": LONGEST_STATEMENT,
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("bulk-sheets"), _("Bulk sheets")),
            (reverse("bulk-sheet", args=[opened.pk]), _("Sheet")),
        ],
    }
    return render(request, "importer/bulk_rows/leaks/leaks.html", context)


@signed_in
@require_POST
def settle(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Record why everyone may read a value in the rows that were chosen; they are checked again."""
    opened = owned_sheet(request, sheet_id)
    form = SettleForm(request.POST)
    pressed = Pressed(request, statement="Why everyone may read this")
    with pressed:
        if not form.is_valid():
            raise Incomplete(*(str(said) for errors in form.errors.values() for said in errors))
        done = settle_rows(
            opened,
            leak=form.cleaned_data["leak"],
            lines=form.lines,
            statement=form.cleaned_data["statement"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=moment(request),
        )
        said = ngettext(
            "Recorded for %(done)s row. The words stay in its public version.",
            "Recorded for %(done)s rows. The words stay in their public versions.",
            done,
        )
        messages.success(request, said % {"done": done})
        ask_for(TASK)
    return pressed.answer(redirect("bulk-sheet-leaks", opened.pk))
