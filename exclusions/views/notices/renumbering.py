"""Renumbering: what stands on numbers that an edition retires, what follows them, and the notice that says so."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.notices.renumbering import settle_number
from exclusions.facts.on_file import is_stale, notices_until
from exclusions.forms.notices.renumbering import SettlementForm
from exclusions.gateways.annex.word import word_file
from exclusions.models import HtsEdition, NumberSettlement
from exclusions.permissions.notices.renumbering import RENUMBERING_STAFF, sees_cases
from exclusions.queries.notices.correction_notice import as_text, corrections, notice_blocks
from exclusions.queries.notices.renumbering import below, renumbering, whole_editions
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.deadlines import eastern_date

PAGE_SIZE = 50
KINDS = ("txt", "docx")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _staff_only(request: SignedInRequest) -> None:
    if request.user.role not in RENUMBERING_STAFF:
        raise PermissionDenied("Only the drafter, the publisher and the administrator open renumbering.")


@signed_in
@require_safe
def editions(request: SignedInRequest) -> HttpResponse:
    """List the whole editions on file."""
    _staff_only(request)
    stale = is_stale(notices_until(), eastern_date(moment(request)))
    return render(request, "notices/renumbering/editions.html", {"editions": whole_editions(), "stale": stale})


@signed_in
@require_safe
def edition(request: SignedInRequest, edition_id: int) -> HttpResponse:
    """Show the numbers that an edition retires or words anew, and how much stands on each."""
    _staff_only(request)
    report = renumbering(get_object_or_404(HtsEdition, pk=edition_id))
    page = Paginator(report.retired, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"report": report, "page": page, "reworded": report.reworded[:PAGE_SIZE]}
    return render(request, "notices/renumbering/edition.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: SignedInRequest, edition_id: int, number: str) -> HttpResponse:
    """Show all that stands on a retired number and what may follow it, and take the decision."""
    _staff_only(request)
    found = get_object_or_404(HtsEdition, pk=edition_id)
    affected = renumbering(found, only=number).affected_number(number)
    if affected is None:
        raise Http404(f"{number} is not a retired number in use under HTSUS {found.name}.")
    proposed = [one.number for one in affected.proposals]
    verdict = NumberSettlement.Verdict.ACCEPTED if proposed else NumberSettlement.Verdict.CHOSEN
    start = {"verdict": verdict, "accepted": [one.number for one in affected.proposals if one.confidence == "high"]}
    form = SettlementForm(request.POST or None, proposed=proposed, initial=start)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            settle_number(
                found,
                number=number,
                verdict=form.cleaned_data["verdict"],
                successors=form.following,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=moment(request),
            )
            messages.success(request, f"Your decision on {affected.number_dotted} is on record.")
            return redirect("renumbering-edition", found.pk)
    context = {
        "edition": found,
        "affected": affected,
        "form": form,
        "names_cases": sees_cases(request.user),
        "choices": below(number, found.valid_from),
    }
    return render(request, "notices/renumbering/number.html", context, status=attempt.status)


@signed_in
@require_safe
def correction(request: SignedInRequest, edition_id: int, kind: str) -> HttpResponse:
    """Send the draft of the correction notice, as text or as a Word file."""
    _staff_only(request)
    found = get_object_or_404(HtsEdition, pk=edition_id)
    rows = corrections(found) if kind in KINDS else []
    if not rows:
        raise Http404(f"No number of an exclusion is settled for HTSUS {found.name} yet.")
    blocks = notice_blocks(found, rows)
    headers = {"Content-Disposition": f'attachment; filename="technical-amendments-{found.pk}.{kind}"'}
    if kind == "docx":
        body = word_file(blocks, title=f"Technical amendments, HTSUS {found.name}", at=moment(request))
        return HttpResponse(body, content_type=DOCX, headers=headers)
    return HttpResponse(as_text(blocks), content_type="text/plain; charset=utf-8", headers=headers)
