"""Bulk sheets: the list, one sheet from its table to its drafts, and what is pressed on it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.bulk_sheets import drafting, sheets
from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.actions.bulk_sheets.tables import take_in
from exclusions.actions.bulk_sheets.working import TASK, work_on
from exclusions.errors import Incomplete
from exclusions.forms.bulk_sheets import AcceptForm, NewSheetForm, TableForm
from exclusions.gateways.bulk_sheets.layout import RawSheet
from exclusions.gateways.bulk_sheets.reading import read_file, read_text
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.queue import ask_for
from exclusions.models import BulkSheet
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.queries.importer import bulk_sheets as queries
from exclusions.queries.importer.bulk_certify import progress_of
from exclusions.queries.importer.bulk_documents import documents_of
from exclusions.queries.importer.bulk_rows.leaks import rows_with_leaks
from exclusions.queries.importer.bulk_rows.likes import likes_of
from exclusions.queries.importer.petitions import open_rounds, parties
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet

PER_PAGE, ROWS = 25, 10


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """List the person's sheets; begin one for a round and a requester."""
    at = moment(request)
    rounds, whose = list(open_rounds(at)), parties(request.user, at)
    form = NewSheetForm(request.POST or None, rounds=rounds, parties=whose)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            party = form.chosen_party
            begun = sheets.begin_sheet(
                round=form.chosen_round,
                organization=party.organization,
                filer_organization=party.firm,
                by=request.user,
                at=at,
            )
            return redirect("bulk-sheet", begun.pk)
    context = {
        "form": form,
        "rounds": rounds,
        "parties": whose,
        "staff": bool(request.user.role),
        "page": Paginator(queries.listed(request.user, at), PER_PAGE).get_page(request.GET.get("page")),
        "trail": [(reverse("petitions"), _("My petitions"))],
    }
    return render(request, "importer/bulk_sheets/list.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Show a sheet: how far it is, its figures, its rows with errors, its drafts. Take in a table.

    Whoever looks while rows wait does a slice of the work, so that it goes on without a worker too.
    """
    opened = owned_sheet(request, sheet_id)
    at = moment(request)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    attempt = Attempt(form)
    if request.method == "POST" and form.is_valid():
        with attempt:
            is_file = bool(form.cleaned_data["file"])
            take_in(opened, table=_table(form), is_file=is_file, by=request.user, at=at)
            ask_for(TASK)
            return redirect("bulk-sheet", opened.pk)
    if request.method == "GET" and opened.is_at_work and work_on(opened, at=at):
        opened.refresh_from_db(fields=["state", "stopped"])
    return _page(request, opened, form, attempt.status)


def _table(form: TableForm) -> RawSheet:
    file = form.cleaned_data["file"]
    try:
        return read_file(file.name or "", file) if file else read_text(form.cleaned_data["pasted"])
    except FileRefused as refused:
        raise Incomplete(fields={"file" if file else "pasted": [str(refused)]}) from refused


def _page(request: SignedInRequest, opened: BulkSheet, form: TableForm, status: int) -> HttpResponse:
    at = moment(request)
    figures = queries.figures_of(opened)
    wrong = Paginator(queries.wrong_rows(opened), ROWS)
    wrong.count = figures.wrong
    page = wrong.get_page(request.GET.get("page"))
    drafts = Paginator(queries.drafted_rows(opened), PER_PAGE)
    drafts.count = figures.drafts
    context = {
        "sheet": opened,
        "figures": figures,
        "progress": progress_of(opened, stamp_now(opened)) if opened.is_at_work else None,
        "form": form,
        "company_title": queries.company_title(opened),
        "company_remarks": Judge(opened, at).company_remarks(),
        "page": page,
        "rows": queries.shown_rows(opened, [] if opened.is_at_work else list(page)),
        "proposed": 0 if opened.is_at_work else queries.proposed(opened),
        "leaking": 0 if opened.is_at_work else rows_with_leaks(opened),
        "likes": likes_of(opened) if not opened.is_at_work else None,
        "drafts": drafts.get_page(request.GET.get("drafts")),
        "tables": queries.many_tables(opened),
        "documents": documents_of(opened),
        "trail": _trail(),
        "now": at,
    }
    return render(request, "importer/bulk_sheets/sheet.html", context, status=status)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("petitions"), _("My petitions")), (reverse("bulk-sheets"), _("Bulk sheets"))]


@signed_in
@require_POST
def accept(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Let the rows without errors, or all, become drafts."""
    opened = owned_sheet(request, sheet_id)
    form = AcceptForm(request.POST)
    pressed = Pressed(request)
    with pressed:
        if not form.is_valid():
            raise Incomplete(*(str(said) for errors in form.errors.values() for said in errors))
        wanted = BulkSheet.Wanted(form.cleaned_data["wanted"])
        drafting.accept_rows(opened, wanted=wanted, by=request.user, at=moment(request))
        ask_for(TASK)
    return pressed.answer(redirect("bulk-sheet", opened.pk))


@signed_in
@require_POST
def numbers(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Confirm the numbers that are proposed for what a spreadsheet program changed."""
    opened = owned_sheet(request, sheet_id)
    pressed = Pressed(request)
    with pressed:
        done = sheets.use_proposed(opened, by=request.user, at=moment(request))
        said = ngettext("%(done)s number was put right.", "%(done)s numbers were put right.", done)
        messages.success(request, said % {"done": done})
        ask_for(TASK)
    return pressed.answer(redirect("bulk-sheet", opened.pk))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Ask once more, then delete a sheet; its drafts stay."""
    opened = owned_sheet(request, sheet_id)
    attempt = Attempt()
    if request.method == "POST":
        with attempt:
            sheets.delete_sheet(opened, by=request.user, at=moment(request))
            messages.success(request, _("The sheet has been deleted. Drafts that were made of it are still there."))
            return redirect("bulk-sheets")
    context = {"sheet": opened, "figures": queries.figures_of(opened), "reasons": attempt.reasons, "trail": _trail()}
    return render(request, "importer/bulk_sheets/delete.html", context, status=attempt.status)
