"""The end of a draft: what is wrong or doubtful, the public version as everyone will see it, certifying, submitting."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.filing import confidentiality
from exclusions.actions.filing import petitions as actions
from exclusions.actions.filing.submitting import certification_keys
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form
from exclusions.models import Petition
from exclusions.permissions.filing import certification_problems, remarks
from exclusions.permissions.filing_facts import AskedOnce
from exclusions.queries.importer import filing
from exclusions.queries.importer import petitions as queries
from exclusions.queries.importer.cures import cure_of, is_unchanged
from exclusions.queries.importer.own_answers import own_steps
from exclusions.questionnaires.certifications import certifications
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import is_piece
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition, sent_revision
from exclusions.views.importer.step_page import indicator, window_closed
from exclusions.workflow.states import EDITABLE, Status


@signed_in
@require_safe
def check(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show every error and warning with its remedy and a link to its field, beside the public version."""
    petition = owned_petition(request, petition_id)
    if petition.status not in EDITABLE:
        return redirect("petition", petition.pk)
    asked = AskedOnce(petition)
    context = _context(petition, "check", moment(request), asked=asked)
    context["twins"] = asked.petitions(petition.hts10)[:5]
    context["own"] = own_steps(context["form"], context["answers"], context["names"])
    return render(request, "importer/petition_check/check.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show the public version and the certifications; with them given, submit."""
    petition = owned_petition(request, petition_id, () if request.method == "POST" else queries.PARTIES)
    if petition.status not in EDITABLE:
        return _filed_already(request, petition)
    if request.method != "POST":
        return render(request, "importer/petition_check/certify.html", _context(petition, "certify", moment(request)))
    certified = {key: "yes" for key in certification_keys(petition.round) if request.POST.get(key) == "yes"}
    attempt = Attempt()
    with attempt:
        missing = certification_problems(petition.round, certified)
        if missing:
            name = "resubmit" if petition.status == Status.RETURNED else "submit"
            raise Incomplete(*missing).closed_by(name, petition.pk, "certified")
        filed = actions.submit(
            petition,
            by=request.user,
            at=moment(request),
            certified=certified,
            revision=sent_revision(request),
            unchanged=request.POST.get("unchanged") == "yes",
        )
        messages.success(
            request, _("Your petition was submitted. Its reference is %(reference)s.") % {"reference": filed.reference}
        )
        return redirect("petition-receipt", filed.pk)
    petition = owned_petition(request, petition_id)
    context = _context(petition, "certify", moment(request), judge=False)
    context |= {"reasons": attempt.reasons, "certified": certified}
    return render(request, "importer/petition_check/certify.html", context, status=attempt.status)


@signed_in
@require_POST
def settle(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Record why words that repeat a confidential answer are not confidential, and lead back to the check."""
    petition = owned_petition(request, petition_id)
    pressed = Pressed(request, statement="Why everyone may read this")
    with pressed:
        confidentiality.settle_leak(
            petition,
            request.POST.get("leak", ""),
            statement=request.POST.get("statement", ""),
            by=request.user,
            at=moment(request),
        )
        messages.success(request, _("Recorded. The words stay in the public version."))
    return pressed.answer(redirect("petition-check", petition.pk))


@signed_in
@require_safe
def public_version(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show what the public will see of the answers as they are saved: beside the form, or as a page of its own."""
    petition = owned_petition(request, petition_id)
    form, version = petition_form(petition.round), filing.working_version(petition)
    context = {
        "petition": petition,
        "public": filing.public_steps(form, version.answers, filing.document_names(petition)),
        "withheld": len(form.confidential_keys & form.effective(form.clean(version.answers)).keys()),
    }
    piece = is_piece(request)
    return render(
        request, "importer/petition_check/_public.html" if piece else "importer/petition_check/public.html", context
    )


def _filed_already(request: SignedInRequest, petition: Petition) -> HttpResponse:
    """Say to the second of two submitters, or of two clicks, that the petition is filed, and show it."""
    if request.method == "POST":
        messages.error(
            request, _("%(petition)s was already submitted. It was not submitted twice.") % {"petition": petition}
        )
    return redirect("petition", petition.pk)


def _context(
    petition: Petition, current: str, at: datetime, *, judge: bool = True, asked: AskedOnce | None = None
) -> dict[str, Any]:
    """Return what both pages show; without `judge` the answers are not gone through once more: a refusal just did.

    `asked` keeps what is looked up for them.
    """
    form = petition_form(petition.round)
    prefetch_related_objects([petition], "documents")  # the files are judged, and named
    version, cure = filing.working_version(petition), cure_of(petition, at)
    answers = form.cleaned(version.answers)  # gone through once for all that is said of them
    done = filing.progress(form, answers)
    said = remarks(petition, answers, at, asked=asked) if judge else []
    errors = filing.by_step(form, [remark for remark in said if remark.is_error])
    warnings = filing.by_step(form, [remark for remark in said if not remark.is_error])
    names = filing.document_names(petition)
    return {
        "petition": petition,
        "version": version,
        "form": form,
        "answers": answers,
        "done": done,
        "steps": indicator(petition, done, current),
        "position": len(done.steps) + (1 if current == "check" else 2),
        "count": len(done.steps) + 2,
        "errors": errors,
        "error_count": sum(len(step.remarks) for step in errors),
        "warnings": warnings,
        "warning_count": sum(len(step.remarks) for step in warnings),
        "names": names,
        "public": filing.public_steps(form, answers, names),
        "withheld": len(form.confidential_keys & form.effective(answers).keys()),
        "certifications": certifications(form),
        "certified": {},
        "late": window_closed(petition, at),
        "cure": cure,
        "unchanged": is_unchanged(petition, cure),
        "now": at,
    }
