"""The documents of a bulk sheet: ZIPs are sent and deleted here; what no ZIP has, and what no row names, is listed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exclusions.actions.bulk_sheets import zips
from exclusions.actions.bulk_sheets.working import TASK
from exclusions.forms.bulk_sheets import ZipForm
from exclusions.gateways.queue import ask_for
from exclusions.models import BulkSheet
from exclusions.queries.importer import bulk_documents as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_owned import owned_sheet

PER_PAGE = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """List the documents of a sheet; take a ZIP, which is read in slices."""
    opened = owned_sheet(request, sheet_id)
    form = ZipForm(request.POST or None, request.FILES or None) if request.method == "POST" else ZipForm()
    attempt = Attempt(form)
    if request.method == "POST" and form.is_valid():
        with attempt:
            sent = form.cleaned_data["zip"]
            zips.take_zip(opened, zips.keep_zip(sent.name or "", sent), by=request.user, at=moment(request))
            ask_for(TASK)
            return redirect("bulk-sheet", opened.pk)
    return _page(request, opened, form, attempt.status)


def _page(request: SignedInRequest, opened: BulkSheet, form: ZipForm, status: int) -> HttpResponse:
    figures = queries.documents_of(opened)
    missing = Paginator(queries.missing_names(opened), PER_PAGE)
    missing.count = figures.missing
    unused = Paginator(queries.unused_files(opened), PER_PAGE)
    unused.count = figures.unused
    context = {
        "sheet": opened,
        "form": form,
        "figures": figures,
        "zips": queries.zips_of(opened),
        "missing": missing.get_page(request.GET.get("missing")),
        "unused": unused.get_page(request.GET.get("unused")),
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("bulk-sheets"), _("Bulk sheets")),
            (reverse("bulk-sheet", args=[opened.pk]), _("Sheet")),
        ],
        "now": moment(request),
    }
    return render(request, "importer/bulk_documents/documents.html", context, status=status)


@signed_in
@require_POST
def delete_zip(request: SignedInRequest, sheet_id: UUID, zip_id: UUID) -> HttpResponse:
    """Delete a ZIP with its files; drafts keep their documents."""
    opened = owned_sheet(request, sheet_id)
    pressed = Pressed(request)
    with pressed:
        zips.delete_zip(opened, zip_id, by=request.user, at=moment(request))
        messages.success(request, _("The ZIP has been deleted."))
        ask_for(TASK)
    return pressed.answer(redirect("bulk-sheet-documents", opened.pk))
