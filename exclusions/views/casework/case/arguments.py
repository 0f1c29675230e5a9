"""The tab of arguments: what each text of a case argues, and what answers it."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from exclusions.actions.review import arguments as actions
from exclusions.actions.review.arguments import Place
from exclusions.errors import Conflict, Incomplete
from exclusions.forms.casework.arguments import places_sent
from exclusions.models import Argument, Petition
from exclusions.permissions import may_read_confidential
from exclusions.permissions.arguments.marked import arguments_of, findings_now
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.queries.casework.case import arguments_tab
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.case_rows import read_entries
from exclusions.views.casework.case.case_tabs import tab
from exclusions.views.casework.case.open_case import open_with_standing
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def arguments(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what each text of a case argues, marked or suggested, and what answers it; mark a text, answer one."""
    petition, standing = open_with_standing(request, reference)
    user, at = request.user, moment(request)
    if not may_read_confidential(user, petition, at, standing):
        raise PermissionDenied("Only staff who read the whole case mark arguments.")
    if request.method == "POST":
        pressed = Pressed(request, reason="Why it is beside the criteria")
        with pressed:
            act = ACTS.get(request.POST.get("act", ""))
            if act is None:
                raise Incomplete("Press one of the buttons of the page.")
            messages.success(request, act(request, petition))
        return pressed.answer(redirect("case-arguments", reference))
    page = CasePage(petition, user, at, standing, entries=False)
    read_entries(petition, ["versions", "findings"])
    found = arguments_of(petition)
    marks = case_entry_refusal("arguments", petition, user, at, standing) is None
    lines = arguments_tab.lines(found, findings_now(petition))
    more = {
        "panels": arguments_tab.panels(found, petition.round.criteria),
        "open": found.open_texts,
        "lines": lines,
        "factors": arguments_tab.factors_as_choices(petition.round.criteria),
        "sides": Argument.Side.choices,
        "standing": arguments_tab.standing_answers() if marks and lines else [],
        "marks": marks,
    }
    return tab(request, page, "case-arguments", "casework/case/arguments/tab.html", more)


def _take(request: SignedInRequest, petition: Petition) -> str:
    made = actions.take_suggestions(petition, by=request.user, at=moment(request))
    return f"{len(made)} text{'' if len(made) == 1 else 's'} marked as suggested."


def _mark(request: SignedInRequest, petition: Petition) -> str:
    citation = request.POST.get("of_text", "")
    text = next((one for one in arguments_of(petition).texts if one.citation == citation), None)
    if text is None or request.POST.get("text_hash", "") != text.sha256:
        raise Conflict("The text was corrected after you opened this page. Read it, then mark it again.")
    rows = arguments_tab.sentences_of(text)
    places = [Place(*one) for one in places_sent(request.POST, rows)]
    if not places:
        raise Incomplete("Tick the sentences that argue. If none does, press “It argues nothing”.")
    return _marked(request, petition, citation, places, text.sha256)


def _none(request: SignedInRequest, petition: Petition) -> str:
    return _marked(request, petition, request.POST.get("of_text", ""), [], request.POST.get("text_hash", ""))


def _marked(request: SignedInRequest, petition: Petition, citation: str, places: list[Place], sha256: str) -> str:
    by, at = request.user, moment(request)
    actions.mark_text(petition, citation=citation, places=places, by=by, at=at, sha256=sha256)
    return f"{len(places)} argument{'' if len(places) == 1 else 's'} marked." if places else "It argues nothing: noted."


def _answer(request: SignedInRequest, petition: Petition) -> str:
    actions.answer_arguments(
        petition,
        arguments=[sent_number(request, "argument") or 0],
        kind=request.POST.get("kind", ""),
        standing=sent_number(request, "standing"),
        reason=request.POST.get("reason", ""),
        by=request.user,
        at=moment(request),
    )
    return "The answer is recorded."


ACTS: Mapping[str, Callable[[SignedInRequest, Petition], str]] = {
    "take": _take,
    "mark": _mark,
    "none": _none,
    "answer": _answer,
}
