"""Templates of letters: what is in force, a new version with its preview, and putting it in force."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.casework.letters_to_set import MOST_ATTEMPTS, try_letters_again
from exclusions.actions.notices.letter_templates import preview, write_template
from exclusions.forms.notices.letter_template import PreviewForm, TemplateForm
from exclusions.forms.people.proposals import ActForm
from exclusions.gateways.letter_words import shipped_words
from exclusions.models import Letter, LetterTemplate
from exclusions.queries.notices import letter_templates as queries
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import LETTER_AUTHORS

READERS = LETTER_AUTHORS | {Role.AUDITOR}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: SignedInRequest) -> HttpResponse:
    """List the kinds of letters with their templates, and what is still to be set; let what failed be tried again."""
    _readers_only(request)
    if request.method == "POST":
        pressed = Pressed(request)
        with pressed:
            count = try_letters_again(by=request.user)
            messages.success(request, f"We will try {count} letter{'' if count == 1 else 's'} again.")
        return pressed.answer(redirect("letter-templates"))
    context = {"rows": queries.kinds_of_letters(), "waiting": queries.letters_waiting(MOST_ATTEMPTS)}
    return render(request, "notices/letter_templates/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    """Show the template of a kind and its versions; write the next one, or look at it on a case first."""
    label = _label(request, kind)
    used = queries.in_force(kind)
    words = used.text if used else shipped_words(kind)
    form = TemplateForm(request.POST or None, initial={"text": words})
    attempt = Attempt(form)
    if form.is_valid():
        given, by, at = form.cleaned_data, request.user, moment(request)
        with attempt:
            if request.POST.get("action") == "preview":
                return _pdf(preview(kind, text=given["text"], reference=given["reference"], by=by, at=at), kind)
            made = write_template(kind, text=given["text"], why=given["why"], by=by, at=at)
            messages.success(request, f"Version {made.number} is saved. It is not in force yet.")
            return redirect("letter-template-version", kind, made.number)
    context = {
        **_about(kind, label),
        "form": form,
        "words": words,
        "used": used,
        "versions": queries.versions(kind),
        "may_write": request.user.role in LETTER_AUTHORS,
    }
    return render(request, "notices/letter_templates/template.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Show a version beside what it would follow, and propose to put it in force."""
    label, found = _label(request, kind), _version(kind, number)
    may_write = request.user.role in LETTER_AUTHORS
    form = ActForm(request.POST or None)
    before, name = queries.text_before(found)
    page = {
        **_about(kind, label),
        "version": found,
        "lines": queries.difference(before, found.text),
        "before": name,
        "waiting": waiting_for(f"letter_template:{found.pk}", moment(request)),
        "may_write": may_write,
        "preview": PreviewForm(),
    }
    return propose_or_show(request, form, "use_template", found.pk, ("notices/letter_templates/version.html", page))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def version_preview(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Send a version as a PDF with the facts of a real case; nothing is issued."""
    label, found = _label(request, kind), _version(kind, number)
    form = PreviewForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            reference = form.cleaned_data["reference"]
            pdf = preview(kind, text=found.text, reference=reference, by=request.user, at=moment(request))
            return _pdf(pdf, kind)
    context = {**_about(kind, label), "version": found, "preview": form}
    return render(request, "notices/letter_templates/preview.html", context, status=attempt.status)


def _readers_only(request: SignedInRequest) -> None:
    if request.user.role not in READERS:
        raise Http404


def _label(request: SignedInRequest, kind: str) -> str:
    _readers_only(request)
    labels = dict(Letter.Kind.choices)
    if kind not in labels:
        raise Http404
    return str(labels[Letter.Kind(kind)])


def _version(kind: str, number: int) -> LetterTemplate:
    found = LetterTemplate.objects.select_related("written_by").filter(kind=kind, number=number).first()
    if found is None:
        raise Http404
    return found


def _about(kind: str, label: str) -> dict[str, Any]:
    return {"kind": kind, "label": label, "fields": queries.fields_of(kind), "must": queries.must_of(kind)}


def _pdf(content: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="preview-{kind}.pdf"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
