"""The intake clerk's desk of comments on listed exclusions: read, post, or decline with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from exclusions.actions.register.comments import log_comments_read, post_comment, refuse_comment
from exclusions.models import Comment
from exclusions.queries.register.comments import waiting_comments
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role

OTHERS = "Only an intake clerk can post or decline comments."


def _open(request: SignedInRequest) -> None:
    """Let intake clerks go on. Raises PermissionDenied."""
    if request.user.role != Role.INTAKE:
        raise PermissionDenied(OTHERS)


@signed_in
@require_safe
def comment_desk(request: SignedInRequest) -> HttpResponse:
    """Show the confirmed comments that wait to be posted, oldest first."""
    _open(request)
    return _page(request)


def _page(request: SignedInRequest, refused: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    waiting = waiting_comments()
    log_comments_read([found.comment for found in waiting], by=request.user, at=moment(request))
    context = {"waiting": waiting, "now": moment(request), **(refused or {})}
    return render(request, "register/comment_desk.html", context, status=status)


@signed_in
@require_POST
def comment_decide(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Post a comment, or decline it with the reason that was typed, which stays on the page when it is refused."""
    _open(request)
    comment = get_object_or_404(Comment.objects.select_related("round"), pk=comment_id)
    now, reason, attempt = moment(request), request.POST.get("reason", ""), Attempt()
    with attempt:
        if request.POST.get("decision") == "refuse":
            refuse_comment(comment, reason=reason, by=request.user, at=now)
            messages.success(request, "Declined. We told the author why.")
        else:
            posted = post_comment(comment, by=request.user, at=now)
            messages.success(request, f"Posted as {posted.reference}.")
        return redirect("comments")
    refused = {"refused": comment.pk, "reasons": attempt.reasons, "reason": reason}
    return _page(request, refused, attempt.status)
