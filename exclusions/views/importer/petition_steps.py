"""One step of a draft: show it, save it, look up a number on it, attach files to it. Works without a script."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.filing import documents
from exclusions.actions.filing import petitions as actions
from exclusions.actions.filing.documents import Upload
from exclusions.errors import ActionRefused, Conflict
from exclusions.forms.questionnaire import StepForm, step_form
from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.models import Petition
from exclusions.permissions.filing import petition_form
from exclusions.queries.importer import filing
from exclusions.queries.tariff import number_picker
from exclusions.questionnaires import Kind
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition
from exclusions.views.importer.step_page import step_context, step_remarks

TEMPLATE = "importer/petition_steps/step.html"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, petition_id: UUID, step: str) -> HttpResponse:
    """Show a step with what is saved, or save it and go where the pressed button leads."""
    petition = owned_petition(request, petition_id)
    if step not in filing.answered_steps(petition):
        raise Http404
    if petition.status not in actions.EDITABLE:
        messages.info(request, f"{petition} has been submitted; its answers can no longer be changed.")
        return redirect("petition", petition.pk)
    version = filing.working_version(petition)
    if request.method == "POST":
        return _save(request, petition, step, version.answers)
    form = step_form(petition_form(petition.round), step, version.answers)
    gaps = "gaps" in request.GET
    form.show(step_remarks(petition, step, version.answers, moment(request), gaps=gaps))
    return render(
        request,
        TEMPLATE,
        step_context(petition, step, form, version, moment(request), query=request.GET.get("hts_q", "")),
    )


def _save(request: SignedInRequest, petition: Petition, step: str, stored: Mapping[str, Any]) -> HttpResponse:
    form = step_form(petition_form(petition.round), step, stored, request.POST, request.FILES)
    command, _, argument = request.POST.get("action", "").partition(":")
    answers = form.answers()
    if command == "use":
        answers |= {q.key: argument for q in petition_form(petition.round).on_step(step) if q.kind is Kind.HTS10}
    revision = request.POST.get("revision", "")
    try:
        petition = actions.save_answers(
            petition,
            by=request.user,
            at=moment(request),
            answers=answers,
            revision=int(revision) if revision.isascii() and revision.isdigit() else None,
            seen=request.POST.get("seen", ""),
        )
    except Conflict as conflict:
        return _conflict(request, petition, step, form, answers, conflict)
    except ActionRefused as refusal:
        return _refused(request, petition, step, form, refusal)
    if "X-Autosave" in request.headers:
        return _saved_by_script(request, petition, step)
    failed = _attach(request, petition, form) if form.uploads() else {}
    if command == "remove":
        failed |= _remove(request, petition, argument)
    if failed:
        return _files_refused(request, petition, step, failed)
    return _go_on(request, petition, step, form, command, argument)


def _go_on(
    request: SignedInRequest, petition: Petition, step: str, form: StepForm, command: str, argument: str
) -> HttpResponse:
    """Lead on from a step that is saved."""
    here = reverse("petition-step", args=[petition.pk, step])
    if form.adds_row:
        return redirect(f"{here}#id_{request.POST['add-row']}")
    if command == "use":
        return redirect(f"{here}#number")
    if command == "lookup":
        asked = urlencode({"hts_q": argument or request.POST.get("hts_q", "")})
        return redirect(f"{here}?{asked}#number")
    if command == "upload":
        return redirect(f"{here}#files-{slugify(argument)}")
    if command == "remove":
        return redirect(f"{here}#main-content")
    before, after = filing.neighbours(petition, step)
    if command == "back":
        return redirect("petition-step", petition.pk, before) if before else redirect("petitions")
    if command == "continue":
        version = filing.working_version(petition)
        said = step_remarks(petition, step, version.answers, moment(request))
        if not any(remark.is_error for remark in said):
            return redirect("petition-step", petition.pk, after) if after else redirect("petition-check", petition.pk)
        shown = step_form(petition_form(petition.round), step, version.answers)
        shown.show(said)
        context = step_context(petition, step, shown, version, moment(request))
        return render(request, TEMPLATE, {**context, "stopped": True}, status=422)
    messages.success(request, "Saved. You can leave and come back at any time.")
    return redirect(here)


def _saved_by_script(request: SignedInRequest, petition: Petition, step: str) -> JsonResponse:
    """Tell the page's script the new revision, how far the draft is, and what to say beside which question."""
    version = filing.working_version(petition)
    form = step_form(petition_form(petition.round), step, version.answers)
    said = step_remarks(petition, step, version.answers, moment(request))
    done = filing.progress(petition_form(petition.round), version.answers)
    return JsonResponse(
        {
            "revision": petition.revision,
            "seen": filing.answers_digest(version.answers, filing.saved_keys(form.fields.values())),
            "done": done.done,
            "total": done.total,
            "remarks": [{"key": r.key, "cell": r.cell, "level": r.level, "text": r.sentence} for r in said],
        }
    )


def _conflict(
    request: SignedInRequest,
    petition: Petition,
    step: str,
    form: StepForm,
    answers: Mapping[str, Any],
    conflict: Conflict,
) -> HttpResponse:
    """Show what is saved and what was sent side by side; the form holds what was sent, so that nothing is lost."""
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": conflict.reasons}, status=409)
    petition.refresh_from_db(fields=["revision"])
    version = filing.working_version(petition)
    context = step_context(petition, step, form, version, moment(request))
    context |= {
        "conflict": filing.differences(petition, version.answers, answers),
        "reasons": conflict.reasons,
    }
    return render(request, TEMPLATE, context, status=409)


def _refused(
    request: SignedInRequest, petition: Petition, step: str, form: StepForm, refusal: ActionRefused
) -> HttpResponse:
    if "X-Autosave" in request.headers:
        return JsonResponse({"reasons": refusal.reasons}, status=409)
    context = step_context(petition, step, form, filing.working_version(petition), moment(request))
    return render(request, TEMPLATE, {**context, "reasons": refusal.reasons}, status=409)


def _attach(request: SignedInRequest, petition: Petition, form: StepForm) -> dict[str, list[str]]:
    """Attach every file that was sent; return the refusals by question. The accepted ones stay."""
    failed: dict[str, list[str]] = {}
    for key, files in form.uploads().items():
        for file in files:
            name = file.name or "file"
            if (file.size or 0) > MAX_BYTES:
                failed.setdefault(key, []).append(documents.too_large(name))
                continue
            try:
                documents.attach(petition, key, Upload.of(file), by=request.user, at=moment(request))
            except ActionRefused as refusal:
                failed.setdefault(key, []).extend(refusal.fields.get(key, refusal.reasons))
    return failed


def _remove(request: SignedInRequest, petition: Petition, document_id: str) -> dict[str, list[str]]:
    document = filing.document_of(petition, document_id)
    if document is None:
        return {}
    try:
        documents.remove(petition, document, by=request.user, at=moment(request))
    except ActionRefused as refusal:
        return {document.question_key: refusal.reasons}
    return {}


def _files_refused(
    request: SignedInRequest, petition: Petition, step: str, failed: Mapping[str, list[str]]
) -> HttpResponse:
    """Show the step as it is saved now, with the refusals beside the questions that the files were for."""
    petition.refresh_from_db()
    version = filing.working_version(petition)
    form = step_form(petition_form(petition.round), step, version.answers)
    form.show(step_remarks(petition, step, version.answers, moment(request)))
    for key, sentences in failed.items():
        for sentence in sentences:
            form.add_error(key if key in form.fields else None, sentence)
    return render(request, TEMPLATE, step_context(petition, step, form, version, moment(request)), status=422)


@signed_in
@require_safe
def hts(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Return what is known of a number, or the lines that words find, as a piece of the step's page."""
    petition = owned_petition(request, petition_id)
    picker = number_picker.pick(petition, request.GET.get("q") or request.GET.get("hts_q", ""), moment(request))
    return render(request, "importer/petition_steps/_number.html", {"picker": picker, "petition": petition})
