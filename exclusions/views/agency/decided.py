"""What is signed and was wrong: counsel and the signatory reopen a decision, a letter is issued anew."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions.actions.people import proposals
from exclusions.forms.proposals import LetterForm, ReopeningForm
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.agency.open_case import open_case
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.two_persons import CORRESPONDENTS, REOPENERS

PROPOSED = "Proposed. Nothing has changed yet: a second person confirms it."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """Propose to reopen the decision of a case; the other of counsel and signatory confirms it."""
    petition, at = open_case(request, reference), moment(request)
    if request.user.role not in REOPENERS:
        raise PermissionDenied("A decision is reopened by the signatory with counsel.")
    form = ReopeningForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            reason = form.cleaned_data["reason"]
            made = proposals.propose("reopen_decision", petition.pk, reason=reason, by=request.user, at=at)
            messages.success(request, PROPOSED)
            return redirect("proposal", made.pk)
    waiting = waiting_for(f"petition:{petition.pk}", at).filter(act="reopen_decision")
    context = {"petition": petition, "form": form, "waiting": waiting}
    return render(request, "agency/decided/reopen.html", context, status=attempt.status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter_anew(request: SignedInRequest, reference: str, code: str) -> HttpResponse:
    """Propose to issue a letter of a case anew; the other of intake and signatory confirms it."""
    petition, at = open_case(request, reference), moment(request)
    if request.user.role not in CORRESPONDENTS:
        raise PermissionDenied("A letter is issued anew by intake with the signatory.")
    letter = petition.letters.filter(code=code).first()
    if letter is None:
        raise Http404
    form = LetterForm(request.POST or None)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            made = proposals.propose(
                "reissue_letter",
                petition.pk,
                facts={"letter": letter.code},
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
            messages.success(request, PROPOSED)
            return redirect("proposal", made.pk)
    context = {"petition": petition, "letter": letter, "form": form}
    return render(request, "agency/decided/letter_anew.html", context, status=attempt.status)
