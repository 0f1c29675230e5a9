"""Commenting on listed exclusions without an account, confirming by e-mail, withdrawing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.register.comments import comment_on, confirm_comment, withdraw_comment
from exclusions.facts.forms import petition_form
from exclusions.forms.whole_form import WholeForm
from exclusions.models import Comment, Round
from exclusions.permissions.register.comments import comment_refusal, withdrawal_refusal
from exclusions.queries.public.listed import round_listing
from exclusions.views.frame.middleware.no_store import secret_link
from exclusions.views.frame.moment import moment
from exclusions.views.frame.refusals import Attempt
from exclusions.views.frame.sender import network
from exclusions.views.frame.tally import count, counted
from exclusions.workflow.deadlines import in_words

COMMENTS_AN_HOUR = 20
TOO_MANY = "Too many comments came from your network in the last hour. Wait an hour, then send again."


def _round(slug: str) -> Round:
    round = round_listing(slug)
    if round is None:
        raise Http404
    return round


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a comment on one or several listed exclusions; what was typed stays when something is missing."""
    round, at, attempt = _round(slug), moment(request), Attempt()
    form = petition_form(round)
    if request.method == "POST":
        page = WholeForm(form, request.POST, request.FILES)
        if counted("comment", network(request)) >= COMMENTS_AN_HOUR:
            page.refuse([TOO_MANY], {})
            return _page(request, round, page, 429)
        with attempt:
            made = comment_on(slug=slug, answers=page.answers(), stated_public=page.stated, by=request.user, at=at)
            count("comment", network(request), seconds=3600)
            said = f"We sent a link to {made.email}. Your comment is {made.receipt}, sent {in_words(at)}."
            messages.success(request, said)
            return redirect("listed-comment-sent", slug=slug)
        attempt.show_on(page)
    else:
        page = WholeForm(form, given={"exclusions": request.GET.get("exclusions", "")[:300]})
    return _page(request, round, page, attempt.status)


def _page(request: HttpRequest, round: Round, page: WholeForm, status: int) -> HttpResponse:
    refused = comment_refusal(round, moment(request))
    context = {"round": round, "page": page, "closed": refused.reasons if refused else [], "now": moment(request)}
    return render(request, "register/comments/comment.html", context, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what to do next."""
    return render(request, "register/comments/sent.html", {"round": _round(slug)})


def _of_link(slug: str, token: str) -> Comment:
    found = Comment.of_token(token)
    if found is None or found.round.slug != slug:
        raise Http404
    return found


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show a comment to its author, and confirm it by the button: mail scanners follow links alone."""
    found, attempt = _of_link(slug, token), Attempt()
    if request.method == "POST":
        with attempt:
            confirm_comment(token=token, at=moment(request))
            return redirect("listed-comment-confirm", slug=slug, token=token)
    return _own_page(request, found, token, attempt)


@secret_link
@require_POST
def withdraw(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Withdraw a comment for whoever holds its link."""
    found, attempt = _of_link(slug, token), Attempt()
    with attempt:
        withdraw_comment(token=token, at=moment(request))
        messages.success(request, "Your comment is withdrawn.")
        return redirect("listed-comment-confirm", slug=slug, token=token)
    return _own_page(request, found, token, attempt)


def _own_page(request: HttpRequest, found: Comment, token: str, attempt: Attempt) -> HttpResponse:
    context = {
        "round": found.round,
        "comment": found,
        "token": token,
        "numbers": [line.listed.number for line in found.lines.select_related("listed").order_by("listed__number")],
        "rows": petition_form(found.round).printed(found.answers),
        "may_withdraw": withdrawal_refusal(found, moment(request)) is None,
        "reasons": attempt.reasons,
        "now": moment(request),
    }
    return render(request, "register/comments/own.html", context, status=attempt.status)
