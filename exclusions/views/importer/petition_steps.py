"""One step of a draft: show it, save it, look up a number on it, attach files to it. Works without a script."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.filing import documents
from exclusions.actions.filing import petitions as actions
from exclusions.actions.filing.documents import Upload
from exclusions.errors import ActionRefused, Conflict, Incomplete
from exclusions.facts.forms import petition_form
from exclusions.facts.numbers import NumberOverTime
from exclusions.forms.questionnaire import ADD_ROW, StepForm, step_form
from exclusions.forms.whole_form import choose_again
from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.models import Petition, PetitionVersion
from exclusions.permissions.filing import Remark
from exclusions.queries.importer import filing, three_way
from exclusions.queries.lookup.search import number_picker
from exclusions.questionnaires import Kind, Problem, Questionnaire
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, place
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition, sent_revision
from exclusions.views.importer.step_page import step_context, step_remarks
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import EDITABLE

STOPPED = "stopped"


@dataclass
class Step:
    """A step of a draft while one request works on it."""

    request: SignedInRequest
    petition: Petition
    key: str
    questionnaire: Questionnaire

    @property
    def at(self) -> datetime:
        """The moment of the request."""
        return moment(self.request)

    @property
    def address(self) -> str:
        """Where its page is."""
        return reverse("petition-step", args=[self.petition.pk, self.key])

    @property
    def is_autosave(self) -> bool:
        """Whether the page's script sent it: it is answered as JSON, and the person stays on the page."""
        return "X-Autosave" in self.request.headers

    @property
    def seen(self) -> str:
        """What the page that was sent carries of the answers that it was made from."""
        return self.request.POST.get("seen", "")

    def form(self, answers: Mapping[str, Any], *sent: Any) -> StepForm:
        """Return its form over the stored answers, with what was sent."""
        return step_form(self.questionnaire, self.key, answers, *sent)

    def remarks(self, version: PetitionVersion, **more: Any) -> list[Remark]:
        """Return what there is to say about its saved answers; `more` as `step_remarks` takes it."""
        return step_remarks(self.petition, self.key, version.answers, self.at, **more)

    def form_saved(self, version: PetitionVersion, **more: Any) -> StepForm:
        """Return its form with the saved answers, and what there is to say about them."""
        form = self.form(version.answers)
        form.show(self.remarks(version, **more))
        return form

    def page(
        self,
        form: StepForm,
        version: PetitionVersion,
        *,
        query: str = "",
        status: int = 200,
        sent: Mapping[str, Sequence[str]] | None = None,
        on_file: NumberOverTime | None = None,
        **more: Any,
    ) -> HttpResponse:
        """Answer with its page around a form; `sent` names the files that were not taken with it."""
        given: dict[str, Any] = {"query": query, "sent": sent or {}, "on_file": on_file}
        context = {**step_context(self.petition, form, version, self.at, self.request.user, **given), **more}
        return render(self.request, "importer/petition_steps/step.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, petition_id: UUID, step: str) -> HttpResponse:
    """Show a step with what is saved, or save it and go where the pressed button leads."""
    petition = owned_petition(request, petition_id)
    if step not in filing.answered_steps(petition):
        raise Http404
    if petition.status not in EDITABLE:
        said = _("%(petition)s has been submitted. You can no longer change its answers.")
        messages.info(request, said % {"petition": petition})
        return redirect("petition", petition.pk)
    version = filing.working_version(petition)
    opened = Step(request, petition, step, petition_form(petition.round))
    if request.method == "POST":
        return _save(opened, version)
    on_file = number_picker.number_on_file(opened.questionnaire, step, version.answers)
    form = opened.form_saved(version, gaps="gaps" in request.GET, on_file=on_file)
    stopped = STOPPED in request.GET and bool(form.errors)
    return opened.page(form, version, query=request.GET.get("hts_q", ""), on_file=on_file, stopped=stopped)


# ---- Saving ------------------------------------------------------------------------------------------------------
def _save(step: Step, version: PetitionVersion) -> HttpResponse:
    """Save what was sent, then do what the pressed button asks."""
    request = step.request
    form = step.form(version.answers, request.POST, request.FILES)
    command, argument = _pressed(request, form)
    answers = form.answers()
    if command == "use":
        answers |= {q.key: argument for q in step.questionnaire.on_step(step.key) if q.kind is Kind.HTS10}
    attempt = Attempt()
    with attempt:
        step.petition = actions.save_answers(
            step.petition,
            by=request.user,
            at=step.at,
            answers=answers,
            revision=sent_revision(request),
            seen=step.seen,
        )
    if attempt.refused is not None:
        return _unsaved(step, form, answers, attempt)
    if step.is_autosave:
        return _saved_by_script(step, answers)
    failed = _attach(step, form)
    if command == "remove":
        failed += _remove(step, argument)
    if failed:
        return _files_refused(step, failed)
    return COMMANDS.get(command, _stay)(step, argument)


def _pressed(request: SignedInRequest, form: StepForm) -> tuple[str, str]:
    """Return the command of the button that was pressed, and what it names: `use:8413810040`, `remove:<document>`."""
    if form.adds_row:
        return ADD_ROW, request.POST[ADD_ROW]
    command, _colon, argument = request.POST.get("action", "").partition(":")
    return command, argument


def _saved_by_script(step: Step, answers: Mapping[str, Any]) -> JsonResponse:
    """Tell the page's script the new revision, how far the draft is, and what to say beside which question."""
    version = filing.working_version(step.petition)
    done = filing.progress(step.questionnaire, version.answers)
    said = step.remarks(version)
    return JsonResponse(
        {
            "revision": step.petition.revision,
            "seen": three_way.seen_after(step.questionnaire, version.answers, answers, step.seen),
            "saved": _("Saved %(time)s.") % {"time": in_words(step.at)},
            "done": done.done,
            "total": done.total,
            "remarks": [{"key": r.key, "cell": r.cell, "level": r.level, "text": r.sentence} for r in said],
        }
    )


def _unsaved(step: Step, form: StepForm, answers: Mapping[str, Any], attempt: Attempt) -> HttpResponse:
    """Say why nothing was saved; the form holds what was sent, and after a conflict stands beside what is saved.

    After a conflict, what was not changed on the page is shown as it is saved now: "Save" then puts nothing old back.
    """
    if step.is_autosave:
        return JsonResponse({"reasons": attempt.reasons}, status=attempt.status)
    step.petition.refresh_from_db(fields=["revision"])
    version = filing.working_version(step.petition)
    sent = {key: [file.name or "file" for file in files] for key, files in form.uploads().items()}
    more: dict[str, Any] = {"reasons": attempt.reasons, "sent": sent}
    if isinstance(attempt.refused, Conflict):
        mine = three_way.merge(step.questionnaire, version.answers, answers, step.seen)
        form = step.form({**version.answers, **mine.changed})
        more["conflict"] = filing.differences(step.petition, version.answers, answers, mine.conflicts)
    form.show(Problem(key, "", choose_again(names), "") for key, names in sent.items())
    return step.page(form, version, status=attempt.status, **more)


# ---- Files -------------------------------------------------------------------------------------------------------
def _attach(step: Step, form: StepForm) -> list[ActionRefused]:
    """Attach every file that was sent; return the refusals, each beside its question. The accepted files stay."""
    failed: list[ActionRefused] = []
    for key, files in form.uploads().items():
        for file in files:
            attempt = Attempt()
            with attempt:
                if (file.size or 0) > MAX_BYTES:
                    raise Incomplete(documents.too_large(file.name or "file"))
                documents.attach(step.petition, key, Upload.from_browser(file), by=step.request.user, at=step.at)
            failed += _beside(key, attempt)
    return failed


def _remove(step: Step, document_id: str) -> list[ActionRefused]:
    """Take a file of the petition away; one that is not there, or no longer, needs nothing done."""
    if (document := filing.document_of(step.petition, document_id)) is None:
        return []
    attempt = Attempt()
    with attempt:
        documents.remove(step.petition, document, by=step.request.user, at=step.at)
    return _beside(document.question_key, attempt)


def _beside(key: str, attempt: Attempt) -> list[ActionRefused]:
    """Return what refused an attempt, if anything did, as said of one question."""
    return [type(attempt.refused)(fields={key: attempt.reasons})] if attempt.refused else []


def _files_refused(step: Step, failed: Sequence[ActionRefused]) -> HttpResponse:
    """Show the step as it is saved now, with the refusals beside the questions that the files were for."""
    step.petition.refresh_from_db()
    version = filing.working_version(step.petition)
    form = step.form_saved(version)
    for refused in failed:
        place(form, refused)
    return step.page(form, version, status=failed[0].status)


# ---- Where the pressed button leads, once the step is saved ------------------------------------------------------
def _stay(step: Step, argument: str) -> HttpResponse:
    messages.success(step.request, _("Saved. You can leave and come back at any time."))
    return redirect(step.address)


def _to_row(step: Step, argument: str) -> HttpResponse:
    return redirect(f"{step.address}#id_{argument}")


def _to_number(step: Step, argument: str) -> HttpResponse:
    """Go back to the field that the number was put into: a browser then moves the keyboard's focus there."""
    key = next((q.key for q in step.questionnaire.on_step(step.key) if q.kind is Kind.HTS10), "")
    return redirect(f"{step.address}#{f'id_{key}' if key else 'number'}")


def _look_up(step: Step, argument: str) -> HttpResponse:
    asked = urlencode({"hts_q": argument or step.request.POST.get("hts_q", "")})
    return redirect(f"{step.address}?{asked}#number")


def _to_files(step: Step, argument: str) -> HttpResponse:
    return redirect(f"{step.address}#files-{slugify(argument)}")


def _to_top(step: Step, argument: str) -> HttpResponse:
    return redirect(f"{step.address}#main-content")


def _back(step: Step, argument: str) -> HttpResponse:
    before, _after = filing.neighbours(step.petition, step.key)
    return redirect("petition-step", step.petition.pk, before) if before else redirect("petitions")


def _go_to_next(step: Step, argument: str) -> HttpResponse:
    """Go on to the next step, unless something on this one is missing or wrong."""
    if any(remark.is_error for remark in step.remarks(filing.working_version(step.petition))):
        return redirect(f"{step.address}?{STOPPED}")  # it is saved: Back asks nobody to send it again
    _before, after = filing.neighbours(step.petition, step.key)
    return redirect("petition-step", step.petition.pk, after) if after else redirect("petition-check", step.petition.pk)


COMMANDS: dict[str, Callable[[Step, str], HttpResponse]] = {
    ADD_ROW: _to_row,
    "use": _to_number,
    "lookup": _look_up,
    "upload": _to_files,
    "remove": _to_top,
    "back": _back,
    "continue": _go_to_next,
    "save": _stay,
}


@signed_in
@require_safe
def hts(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Return what is known of a number, or the lines that words find, as a piece of the step's page."""
    petition = owned_petition(request, petition_id)
    asked = request.GET.get("q") or request.GET.get("hts_q", "")
    picker = number_picker.pick(petition, asked, moment(request), filing.working_version(petition).answers)
    return render(request, "importer/petition_steps/_number.html", {"picker": picker, "petition": petition})
