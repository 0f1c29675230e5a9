"""Notes on a case, the tags on it, and the notes that name a person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.casework import notes as actions
from exclusions.errors import Incomplete
from exclusions.queries.casework.acts import ASSIGNED
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.notes import NOTES_A_PAGE, notes_naming, notes_on, tags_on, team_tags, writes_notes
from exclusions.queries.list_pages import ListPages
from exclusions.views.casework.case.case_tabs import tab
from exclusions.views.casework.case.open_case import open_case, open_with_standing
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import HAS_WORKLIST


@signed_in
@require_http_methods(["GET", "POST"])
def case_notes(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the notes on a case, newest first, with the tags that the team gave it; write a note."""
    petition, standing = open_with_standing(request, reference)
    user, at = request.user, moment(request)
    if user.role not in READS_CONFIDENTIAL:
        raise PermissionDenied("Only staff who read the whole case see notes.")
    attempt, text = Attempt(), request.POST.get("text", "")
    if request.method == "POST":
        with attempt:
            actions.write_note(petition, text, by=user, at=at)
            messages.success(request, "The note is written.")
            return redirect("case-notes", reference)
    page = CasePage(petition, user, at, standing)
    more = {
        "notes": ListPages(notes_on(petition), NOTES_A_PAGE, request.GET.get("page")).page_asked(),
        "writes": writes_notes(user, petition, at, standing),
        "tags": tags_on([petition.pk], user).get(petition.pk, []),
        "team_tags": team_tags(user.role) if user.role in ASSIGNED else [],
        "text": text,
        "reasons": attempt.reasons,
    }
    return tab(request, page, "case-notes", "casework/case/notes/case.html", more, attempt.status)


@signed_in
@require_POST
def case_tag(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """Put a tag of the team on a case, or take one off."""
    petition = open_case(request, reference)
    pressed = Pressed(request)
    with pressed:
        tag = sent_number(request, "tag")
        if tag is None:
            raise Incomplete("Choose a tag.")
        act = actions.put_tag if verb == "put" else actions.take_tag
        mark = act(petition, tag, by=request.user, at=moment(request))
        messages.success(request, f"{'Tagged' if verb == 'put' else 'No longer tagged'}: {mark.tag}.")
    role = request.user.role
    back = "case-notes" if role in READS_CONFIDENTIAL else "case"
    return pressed.answer(redirect(back, reference))


@signed_in
@require_safe
def naming(request: SignedInRequest) -> HttpResponse:
    """List the notes that name the person, newest first."""
    if request.user.role not in HAS_WORKLIST:
        raise PermissionDenied("This page is for the agency staff who work petitions.")
    page = ListPages(notes_naming(request.user), NOTES_A_PAGE, request.GET.get("page")).page_asked()
    return render(request, "casework/case/notes/naming.html", {"page": page})


@signed_in
@require_POST
def team_tag(request: SignedInRequest) -> HttpResponse:
    """Add a tag to the vocabulary of the lead's team, or retire one."""
    pressed = Pressed(request, name="Name of the tag")
    with pressed:
        by, at, key = request.user, moment(request), sent_number(request, "tag")
        if key is None:
            messages.success(request, f"New tag: {actions.make_tag(request.POST.get('name', ''), by=by, at=at)}.")
        else:
            messages.success(request, f"Out of use: {actions.retire_tag(key, by=by, at=at)}.")
    return pressed.answer(redirect("review-team"))
