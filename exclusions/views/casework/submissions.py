"""Intake's desks of submissions, one of responses and one of comments: read, post, or decline with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.filing.joint.posting import post_jointly, refuse_jointly
from exclusions.actions.filing.responses import post_response, refuse_response
from exclusions.actions.notices.comments import log_comments_read, post_comment, refuse_comment
from exclusions.actions.record.accesses import log_readings
from exclusions.models import Comment, Response, User
from exclusions.models.submission import Submission
from exclusions.permissions.submissions import desk_refusal
from exclusions.queries.casework.joint_statements import ReadTogether, read_together, waiting_statements
from exclusions.queries.casework.submissions import ReadSubmission, waiting_comments, waiting_responses
from exclusions.views.casework.desk import open_to, waiting_list
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role


@dataclass(frozen=True)
class Desk:
    """One kind of submission as intake works it: what waits, which actions post and decline it, and its addresses."""

    model: type[Submission]
    waiting: Callable[[User], list[ReadSubmission]]
    post: Callable[..., Submission]
    decline: Callable[..., Submission]
    list_address: str
    decide_address: str


RESPONSES = Desk(Response, waiting_responses, post_response, refuse_response, "review-responses", "review-response")
COMMENTS = Desk(Comment, waiting_comments, post_comment, refuse_comment, "comments", "comment-decide")


def _open(request: SignedInRequest, desk: Desk) -> None:
    open_to(Role.INTAKE, request, *desk_refusal(desk.model.NOUN).reasons)


@signed_in
@require_safe
def waiting_submissions(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Show the confirmed submissions that wait to be posted, oldest first."""
    _open(request, desk)
    return _page(request, desk)


def _page(
    request: SignedInRequest, desk: Desk, refused: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    by, at, joint = request.user, moment(request), _joint_asked(request, desk)
    waiting = waiting_responses(by, joint) if joint else desk.waiting(by)
    statements = waiting_statements(by) if desk is RESPONSES and joint is None else []
    log_comments_read((one.submission for one in waiting), by=by, at=at)
    cases = [one.submission.petition for one in waiting if isinstance(one.submission, Response)]
    context = {"desk": desk, "noun": desk.model.NOUN, "statements": statements, **(refused or {})}
    what = "responses that wait to be posted"
    return waiting_list(request, "casework/submissions.html", waiting, cases, what, context, status)


def _joint_asked(request: SignedInRequest, desk: Desk) -> UUID | None:
    """Return the statement whose responses the address asks to see one by one; None: those of no statement."""
    try:
        return UUID(request.GET["joint"]) if desk is RESPONSES and "joint" in request.GET else None
    except ValueError as error:
        raise Http404 from error


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def joint(request: SignedInRequest, joint_id: UUID) -> HttpResponse:
    """Show one statement on many petitions with its responses that wait; post or decline those that are ticked."""
    _open(request, RESPONSES)
    read, attempt = read_together(joint_id, request.user), Attempt()
    if read is None:
        raise Http404
    if request.method == "POST":
        with attempt:
            messages.success(request, _decide_together(request, read))
            return redirect("review-responses")
    petitions = [line.response.petition for line in read.lines]
    log_readings(petitions, "responses that wait to be posted", by=request.user, at=moment(request))
    chosen = [key.replace("-", "") for key in request.POST.getlist("chosen")] if request.method == "POST" else None
    context = {
        "read": read,
        "reasons": attempt.reasons,
        "chosen": chosen,
        "reason": request.POST.get("reason", ""),
        "trail": [(reverse("review-responses"), "Responses to post")],
    }
    return render(request, "casework/submissions/together.html", context, status=attempt.status)


def _decide_together(request: SignedInRequest, read: ReadTogether) -> str:
    keys = [_key_of(key) for key in request.POST.getlist("chosen")]
    by, at = request.user, moment(request)
    if request.POST.get("decision") == "refuse":
        done = refuse_jointly(read.joint, keys, reason=request.POST.get("reason", ""), by=by, at=at)
        return f"{len(done)} responses were declined. We told the author why."
    done = post_jointly(read.joint, keys, by=by, at=at)
    return f"{len(done)} responses were posted."


def _key_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@signed_in
@require_POST
def decide_submission(request: SignedInRequest, desk: Desk, submission_id: UUID) -> HttpResponse:
    """Post a submission, or decline it with the reason that was typed, which stays on the page when it is refused."""
    _open(request, desk)
    submission = get_object_or_404(desk.model, pk=submission_id)
    now, reason, attempt = moment(request), request.POST.get("reason", ""), Attempt()
    with attempt:
        if request.POST.get("decision") == "refuse":
            desk.decline(submission, reason=reason, by=request.user, at=now)
            messages.success(request, "Declined. We told the author why.")
        else:
            posted = desk.post(submission, by=request.user, at=now)
            messages.success(request, f"Posted as {posted.reference}.")
        return redirect(desk.list_address)
    refused = {"refused": submission.pk, "reasons": attempt.reasons, "reason": reason}
    return _page(request, desk, refused, attempt.status)
