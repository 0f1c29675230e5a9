"""Files that wait, since nobody has read some part of them: the clerk reads the part, takes it out, or asks again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.record.public_files.waiting import clean_again, note_part_read, open_part, remove_part
from exclusions.models import Document
from exclusions.queries.casework.waiting_files import case_of, public_files, waiting_files
from exclusions.views.casework.desk import open_to, waiting_list
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "Only an intake clerk deals with files that wait."


@signed_in
@require_safe
def review_files(request: SignedInRequest) -> HttpResponse:
    """Show the files that wait, oldest first, each with the parts that nobody has read."""
    open_to(Role.INTAKE, request, OTHERS)
    waiting = waiting_files(request.user)
    cases = [found.petition for found in waiting]
    return waiting_list(request, "casework/waiting_files/list.html", waiting, cases, "files that wait")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review_file(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Show one file with its parts that wait, one of them as text if `?part=` numbers it; and do what is decided."""
    open_to(Role.INTAKE, request, OTHERS)
    document = get_object_or_404(public_files(request.user), pk=document_id)
    attempt = Attempt()
    if request.method == "POST":
        with attempt:
            messages.success(request, _decide(request, document))
            return redirect("review-file", document.pk)
    shown = _part_shown(request, document)
    context = {
        "document": document,
        "petition": case_of(document),
        "reasons": attempt.reasons,
        "reason": request.POST.get("reason", ""),
        **shown,
    }
    return render(request, "casework/waiting_files/file.html", context, status=attempt.status)


def _decide(request: SignedInRequest, document: Document) -> str:
    """Do what the clerk decided; return what was done."""
    part, reason = request.POST.get("part", ""), request.POST.get("reason", "")
    by, at = request.user, moment(request)
    decision = request.POST.get("decision")
    if decision == "remove":
        remove_part(document, part, reason=reason, by=by, at=at)
        return "The part was taken out of the copy."
    if decision == "clean":
        clean_again(document, reason=reason, by=by, at=at)
        return "A copy that was cleaned again took its place."
    note_part_read(document, part, by=by, at=at)
    return "Noted that you read the part and that nothing in it is confidential."


def _part_shown(request: SignedInRequest, document: Document) -> dict[str, Any]:
    """Return the part that the address numbers, from 1, with what it says, or why nobody can read it."""
    number, unread = request.GET.get("part", ""), document.unread
    if not number.isascii() or not number.isdigit() or not 0 < int(number) <= len(unread):
        return {}
    part, opened = unread[int(number) - 1], Attempt()
    shown: dict[str, Any] = {"part": part, "number": number}
    with opened:
        shown["text"] = open_part(document, int(number), by=request.user, at=moment(request))
    return {**shown, "why_not": opened.reasons}
