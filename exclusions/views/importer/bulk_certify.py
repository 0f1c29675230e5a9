"""The drafts of a bulk sheet checked, read, certified and filed together, and the receipt for all of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.bulk_sheets.certifying import certify_drafts
from exclusions.actions.bulk_sheets.proving import check_drafts
from exclusions.actions.bulk_sheets.working import TASK, work_on
from exclusions.facts.forms import petition_form
from exclusions.forms.bulk_certify import CertifyForm
from exclusions.gateways.bulk_sheets.joint_receipt import joint_receipt
from exclusions.gateways.queue import ask_for
from exclusions.gateways.spreadsheet import csv_lines
from exclusions.models import BulkSheet
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.queries.importer import bulk_certify as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.bulk_files import CSV_TYPE, attachment
from exclusions.views.importer.bulk_owned import owned_sheet

PER_PAGE = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Show the drafts with their public versions, those first that cannot be certified; certify the others."""
    opened, at = owned_sheet(request, sheet_id), moment(request)
    form = CertifyForm(
        request.POST if request.method == "POST" else None,
        questionnaire=petition_form(opened.round),
        initial={"seen": opened.revision},
    )
    attempt = Attempt(form)
    if request.method == "POST" and form.is_valid():
        with attempt:
            given = certify_drafts(opened, **form.given, by=request.user, at=at)
            ask_for(TASK)
            _tell(request, len(given.certificate.drafts), given.left_out)
            return redirect("bulk-sheet-certify", opened.pk)
    if request.method == "GET" and opened.is_at_work and work_on(opened, at=at):
        opened.refresh_from_db(fields=["state", "stopped", "revision"])
        form.initial["seen"] = opened.revision
    return _page(request, opened, form, attempt.status)


def _tell(request: SignedInRequest, count: int, left_out: list[str]) -> None:
    said = ngettext("You certified %(count)s petition.", "You certified %(count)s petitions.", count) % {"count": count}
    messages.success(request, said)
    if left_out:
        named = ", ".join(left_out[:10]) + (" …" if len(left_out) > 10 else "")
        said = ngettext(
            "%(count)s draft is left out: %(named)s.", "%(count)s drafts are left out: %(named)s.", len(left_out)
        )
        messages.warning(request, said % {"count": len(left_out), "named": named})


def _page(request: SignedInRequest, opened: BulkSheet, form: CertifyForm, status: int) -> HttpResponse:
    stamp = stamp_now(opened)
    progress = queries.progress_of(opened, stamp)
    pages = Paginator(queries.drafts_in_turn(opened), PER_PAGE)
    pages.count = progress.drafts
    page = pages.get_page(request.GET.get("page"))
    context = {
        "sheet": opened,
        "progress": progress,
        "page": page,
        "drafts": [] if opened.is_at_work else queries.shown_drafts(page, stamp),
        "left_out": list(queries.rows_left_out(opened)[:PER_PAGE]),
        "certificates": list(queries.certificates_of(opened)),
        "form": form,
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("bulk-sheets"), _("Bulk sheets")),
            (reverse("bulk-sheet", args=[opened.pk]), _("Sheet")),
        ],
        "now": moment(request),
    }
    return render(request, "importer/bulk_certify/certify.html", context, status=status)


@signed_in
@require_POST
def check(request: SignedInRequest, sheet_id: UUID) -> HttpResponse:
    """Let the drafts be checked as they are now."""
    opened = owned_sheet(request, sheet_id)
    pressed = Pressed(request)
    with pressed:
        check_drafts(opened, by=request.user, at=moment(request))
        ask_for(TASK)
    return pressed.answer(redirect("bulk-sheet-certify", opened.pk))


@signed_in
@require_safe
def public_file(request: SignedInRequest, sheet_id: UUID) -> HttpResponseBase:
    """Send the public versions of all drafts as one file."""
    opened = owned_sheet(request, sheet_id)
    lines = csv_lines(queries.COLUMNS, queries.public_rows(opened))
    return attachment(lines, f"petitions-{opened.round.docket}-public.csv", CSV_TYPE)


@signed_in
@require_safe
def receipt(request: SignedInRequest, sheet_id: UUID, certificate_id: UUID) -> HttpResponseBase:
    """Send one receipt for all petitions that were filed under a certificate."""
    opened = owned_sheet(request, sheet_id)
    certificate = queries.certificates_of(opened).filter(pk=certificate_id).first()
    if certificate is None:
        raise Http404
    content = joint_receipt(queries.receipt_of(opened, certificate))
    return attachment(content, f"receipt-{opened.round.docket}.pdf", "application/pdf")
