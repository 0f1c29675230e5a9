"""Technical amendments of exclusions: proposed by one of two persons, published by a notice, or dropped before it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.decision.corrections import NUMBER, WORDING
from exclusions.actions.notices.amendment_drafts import draft_amendment
from exclusions.actions.notices.amendments import drop_amendment, publish_amendment
from exclusions.forms.notices.amendments import AmendmentNoticeForm, AmendNumberForm, AmendWordingForm
from exclusions.forms.people.proposals import CorrectionForm
from exclusions.hts import dotted
from exclusions.models import Amendment, Exclusion, ExclusionText
from exclusions.queries.notices.amendments import amendments_of, waiting_amendments, with_differences
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import CORRECTORS

READERS = CORRECTORS | {Role.AUDITOR}
BUTTONS: dict[str, tuple[Callable[..., object], str]] = {
    "drop": (drop_amendment, "Dropped. The exclusion stays as it was."),
    "draft": (draft_amendment, "The amendment is in a new draft of a notice, under each heading of the exclusion."),
}
TITLES = {WORDING: "Amend a wording", NUMBER: "Amend a number of a wording"}


@signed_in
@require_safe
def amendments(request: SignedInRequest) -> HttpResponse:
    """List the amendments whose notice is to come, each with its two wordings."""
    if request.user.role not in READERS:
        raise PermissionDenied("This page is for counsel, the publisher and the auditor.")
    context = {"waiting": with_differences(waiting_amendments()), "may_publish": request.user.role == Role.PUBLISHER}
    return render(request, "notices/amendments/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: SignedInRequest, reference: str, what: str, key: int) -> HttpResponse:
    """Propose an amendment of a wording, or of a number in it; a second person confirms it, a notice makes it law."""
    exclusion = Exclusion.objects.filter(reference=reference).order_by("pk").first()
    if exclusion is None or what not in TITLES or request.user.role not in CORRECTORS:
        raise Http404
    row = ExclusionText.objects.prefetch_related("numbers").filter(exclusion=exclusion, pk=key).first()
    if row is None:
        raise Http404
    context = {
        "exclusion": exclusion,
        "title": TITLES[what],
        "row": row,
        "earlier": with_differences(amendments_of(exclusion)),
    }
    page = ("notices/amendments/amend.html", context)
    return propose_or_show(
        request, _form(request, what, row), "amend_exclusion", exclusion.pk, page, facts={"what": what, "row": key}
    )


def _form(request: SignedInRequest, what: str, row: ExclusionText) -> CorrectionForm:
    sent = request.POST or None
    if what == NUMBER:
        return AmendNumberForm(sent, numbers=[(one.number, dotted(one.number)) for one in row.numbers.all()])
    return AmendWordingForm(sent, initial={"text": row.text})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: SignedInRequest, key: int) -> HttpResponse:
    """Show one amendment; enter its notice, or drop it."""
    if request.user.role not in READERS:
        raise PermissionDenied("This page is for counsel, the publisher and the auditor.")
    rows = Amendment.objects.select_related("exclusion__action", "amends", "proposed_by", "confirmed_by")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    at, done = moment(request), next((name for name in BUTTONS if name in request.POST), "")
    form = AmendmentNoticeForm(request.POST if request.method == "POST" and not done else None)
    attempt = Attempt(form)
    if done or form.is_valid():
        with attempt:
            if done:
                act, words = BUTTONS[done]
                act(found, by=request.user, at=at)
                messages.success(request, words)
            else:
                publish_amendment(found, **form.cleaned_data, by=request.user, at=at)
                messages.success(
                    request, f"The amendment of {found.exclusion.reference} is published and on the registry."
                )
            return redirect("amendment", found.pk)
    found.refresh_from_db()
    may = found.waits and request.user.role == Role.PUBLISHER
    context = {"amendment": found, "one": with_differences([found])[0], "form": form, "may_publish": may}
    return render(request, "notices/amendments/amendment.html", context, status=attempt.status)
