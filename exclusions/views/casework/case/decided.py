"""What is signed and was wrong: counsel and the signatory reopen a decision, a letter is issued anew."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from exclusions.forms.people.proposals import LetterForm, ReopeningForm
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.casework.case.open_case import open_case
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.two_persons import CORRESPONDENTS, REOPENERS


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SignedInRequest, reference: str) -> HttpResponse:
    """Propose to reopen the decision of a case; the other of counsel and signatory confirms it."""
    petition, at = open_case(request, reference), moment(request)
    if request.user.role not in REOPENERS:
        raise PermissionDenied("Only the signatory and counsel reopen a decision.")
    form = ReopeningForm(request.POST or None)
    waiting = waiting_for(f"petition:{petition.pk}", at).filter(act="reopen_decision")
    page = ("casework/case/decided/reopen.html", {"petition": petition, "waiting": waiting})
    return propose_or_show(request, form, "reopen_decision", petition.pk, page)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter_anew(request: SignedInRequest, reference: str, code: str) -> HttpResponse:
    """Propose to issue a letter of a case anew; the other of intake and signatory confirms it."""
    petition = open_case(request, reference)
    if request.user.role not in CORRESPONDENTS:
        raise PermissionDenied("Only intake and the signatory issue a new version of a letter.")
    letter = petition.letters.filter(code=code).first()
    if letter is None:
        raise Http404
    form = LetterForm(request.POST or None)
    page = ("casework/case/decided/letter_anew.html", {"petition": petition, "letter": letter})
    return propose_or_show(request, form, "reissue_letter", petition.pk, page, facts={"letter": letter.code})
