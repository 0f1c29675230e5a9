"""What a desk sends from the one screen of a case: findings, a conclusion with the way onward, agreement."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exclusions.actions.casework import at_desk
from exclusions.actions.casework.at_desk import Entered
from exclusions.actions.review import reviews
from exclusions.actions.review.citations import add_citations
from exclusions.errors import Conflict, Incomplete
from exclusions.forms.casework.at_desk import Conclusion, InlineFinding, additions_to, findings_of
from exclusions.forms.casework.recommendation import UnlikeForm
from exclusions.models import Petition, User
from exclusions.permissions import Standing
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.views.casework.case.case_tabs import findings_page
from exclusions.views.casework.case.open_case import open_case, open_with_standing
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt, place
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def findings(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record the findings that were entered beside the evidence; "onward" concludes level 1 with them as well, and
    "cite" adds citations to those on record.
    """
    if request.method == "GET":
        open_case(request, reference, level1=False)
        return redirect(f"{reverse('case', args=[reference])}#findings")
    (petition, standing), at = open_with_standing(request, reference), moment(request)
    if "cite" in request.POST:
        return _cite(request, petition, standing)
    sent = findings_of(request.POST, CasePage(_again(petition), request.user, at, standing).criteria)
    filled = [form for form in sent if form.filled]
    conclusion = Conclusion(request.POST) if "onward" in request.POST else None
    asked: list[Any] = [*filled, *([conclusion] if conclusion else [])]
    attempt = Attempt()
    if all([form.is_valid() for form in asked]):  # each says what is wrong with it
        with attempt:
            said = _record(petition, filled, conclusion, request.user, at)
            messages.success(request, said)
            return redirect("case", reference)
        _show(attempt, sent, conclusion)
    else:
        attempt.refused = Incomplete("Nothing is recorded yet. Correct the fields marked below.")
    return findings_page(request, _again(petition), attempt, standing, {"sent": sent, "conclusion": conclusion})


def _cite(request: SignedInRequest, petition: Petition, standing: Standing) -> HttpResponse:
    """Add citations to findings on record, of a case past level 1."""
    at, attempt = moment(request), Attempt()
    sent = additions_to(request.POST, CasePage(_again(petition), request.user, at, standing).criteria)
    filled = [form for form in sent if form.filled]
    if all([form.is_valid() for form in filled]):  # each says what is wrong with it
        with attempt:
            entered = {form.state.criterion.key: form.cleaned_data for form in filled}
            wanted = {key: said["citations"] for key, said in entered.items()}
            seen = {key: said["seen"] or 0 for key, said in entered.items()}
            add_citations(petition, citations=wanted, seen=seen, by=request.user, at=at)
            messages.success(request, f"Citations added to {len(wanted)} finding{'' if len(wanted) == 1 else 's'}.")
            return redirect("case", petition.reference)
        _show(attempt, sent, None)
    else:
        attempt.refused = Incomplete("Nothing is recorded yet. Correct the fields marked below.")
    return findings_page(request, _again(petition), attempt, standing, {"added": sent})


def _again(petition: Petition) -> Petition:
    """Return the petition as it is on file, for a page: what was read into another one is not acted on."""
    related = ("round", "organization", "filer_organization", "filed_by")
    return Petition.objects.select_related(*related).get(pk=petition.pk)


def _record(petition: Petition, filled: list[InlineFinding], conclusion: Conclusion | None, by: User, at: Any) -> str:
    entered = [_entered(form) for form in filled]
    if conclusion is None:
        made = at_desk.record_findings(petition, findings=entered, by=by, at=at)
        return f"{len(made)} finding{'' if len(made) == 1 else 's'} recorded."

    def conclude(case: Petition) -> None:
        if entered:
            at_desk.record_findings(case, findings=entered, by=by, at=at)
        reviews.recommend_outcome(case, **conclusion.entered, by=by, at=at)

    moved = at_desk.send_on(petition, "recommend", conclude, by=by, at=at)
    return f"Recorded and sent on. The petition is now “{moved.get_status_display()}”."


def _entered(form: InlineFinding) -> Entered:
    names = ("result", "reasons", "confidential_note", "citations", "meant", "seen")
    return Entered(criterion=form.state.criterion.key, **{name: form.cleaned_data[name] for name in names})


def _show(attempt: Attempt, sent: Sequence[InlineFinding], conclusion: Conclusion | None) -> None:
    """Put what was refused beside the fields."""
    if attempt.refused is None:
        return
    for form in sent:
        if form.is_bound and form.filled:
            form.renew = isinstance(attempt.refused, Conflict)
            form.place(attempt.refused.fields)
    if conclusion is not None and attempt.refused.fields.keys() & conclusion.fields.keys():
        place(conclusion, attempt.refused)


@signed_in
@require_http_methods(["GET", "POST"])
def agree(request: SignedInRequest, reference: str) -> HttpResponse:
    """Adopt what the desk before concluded, and lead the case on."""
    if request.method == "GET":
        return redirect("case", open_case(request, reference, level1=False).reference)
    (petition, standing), at = open_with_standing(request, reference), moment(request)
    form = UnlikeForm(request.POST)
    form.is_valid()  # it asks for nothing by itself
    attempt = Attempt(form)
    with attempt:
        seen, agreed = sent_number(request, "seen") or 0, "agreed" in request.POST
        moved = at_desk.agree(petition, seen=seen, agreed=agreed, unlike=form.answer, by=request.user, at=at)
        messages.success(request, f"You agreed. The petition is now “{moved.get_status_display()}”.")
        return redirect("case", reference)
    return findings_page(request, _again(petition), attempt, standing, {"unlike": form})
