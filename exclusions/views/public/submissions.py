"""Responding to a petition, or commenting on listed exclusions: sent without an account, confirmed, withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.filing.documents import Upload
from exclusions.actions.filing.replies import to_begin_with
from exclusions.actions.filing.responses import confirm_response, respond
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.actions.notices.comments import comment_on, confirm_comment, withdraw_comment
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form, response_form
from exclusions.forms.whole_form import WholeForm
from exclusions.models import Comment, Response
from exclusions.models.submission import Submission
from exclusions.permissions.submissions import comment_refusal, comment_withdrawal_refusal, response_withdrawal_refusal
from exclusions.queries.public.docket import petition_page
from exclusions.queries.public.listed import round_listing
from exclusions.views.core.clock import moment
from exclusions.views.core.middleware.no_store import secret_link
from exclusions.views.core.rate_limit import count, counted
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.sender import network
from exclusions.workflow.deadlines import in_words

MOST_AN_HOUR = 20  # submissions of a kind from one network

About = Mapping[str, str]  # what a submission is about, as an address names it: `Submission.about`


@dataclass(frozen=True)
class Pages:
    """What the pages of one kind of submission have of their own.

    `address` is the name of the one where it is sent; the names of the others begin with it. `subject` returns what is
    shown of what a submission is about, with the `questionnaire` and whether it `is_open`; `own` what its author is
    shown of one that was sent, beside the submission.
    """

    model: type[Response] | type[Comment]
    address: str
    subject: Callable[[About, datetime], dict[str, Any]]
    own: Callable[[Any, datetime], dict[str, Any]]
    take_in: Callable[..., Submission]
    confirm: Callable[..., Submission]
    withdraw: Callable[[Any, str, datetime], Submission]
    too_many: Promise
    sent: Promise
    withdrawn: Promise


def _petition(about: About, at: datetime) -> dict[str, Any]:
    found = petition_page(about["reference"], at)
    if found is None or found.petition.round is None or not found.petition.round.response_questionnaire:
        raise Http404
    form = response_form(found.petition.round)
    return {"petition": found.petition, "is_open": found.respond_until, "questionnaire": form}


def _listing(about: About, at: datetime) -> dict[str, Any]:
    round = round_listing(about["slug"])
    if round is None:
        raise Http404
    refused, form = comment_refusal(round, at), petition_form(round)
    closed = refused.reasons if refused else []
    return {"round": round, "is_open": not refused, "closed": closed, "questionnaire": form}


def _own_response(response: Response, at: datetime) -> dict[str, Any]:
    petition = response.petition
    names = {str(key): name for key, name in response.documents.values_list("pk", "file_name")}
    return {
        "petition": petition,
        "rows": response_form(petition.round).printed(response.answers, document_names=names),
        "closes": petition.response_closes_at,
        "may_withdraw": response_withdrawal_refusal(response, None, at, by_link=True) is None,
        "may_replace": response_withdrawal_refusal(response, None, at, by_link=True, replacing=True) is None,
    }


def _own_comment(comment: Comment, at: datetime) -> dict[str, Any]:
    lines = comment.lines.select_related("listed").order_by("listed__number")
    return {
        "round": comment.round,
        "rows": petition_form(comment.round).printed(comment.answers),
        "closes": comment.round.closes_at,
        "may_withdraw": comment_withdrawal_refusal(comment, at) is None,
        "numbers": [line.listed.number for line in lines],
    }


RESPONSES = Pages(
    model=Response,
    address="docket-respond",
    subject=_petition,
    own=_own_response,
    take_in=respond,
    confirm=confirm_response,
    withdraw=lambda response, token, at: withdraw_response(response, by=None, at=at, token=token),
    too_many=_("Your network sent too many responses this hour. Wait an hour, then send yours again."),
    sent=_("We sent a link to %(email)s. Your response is %(receipt)s, sent %(time)s."),
    withdrawn=_("You withdrew your response."),
)
COMMENTS = Pages(
    model=Comment,
    address="listed-comment",
    subject=_listing,
    own=_own_comment,
    take_in=comment_on,
    confirm=confirm_comment,
    withdraw=lambda comment, token, at: withdraw_comment(token=token, at=at),
    too_many=_("Your network sent too many comments this hour. Wait an hour, then send yours again."),
    sent=_("We sent a link to %(email)s. Your comment is %(receipt)s, sent %(time)s."),
    withdrawn=_("You withdrew your comment."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pages: Pages, **about: str) -> HttpResponse:
    """Take a submission in support or opposition; what was typed stays on the page when something is missing."""
    return _send(request, pages, about)


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, token: str, **about: str) -> HttpResponse:
    """Take a response in the place of an earlier one, whose text the form begins with."""
    old = _of_link(RESPONSES, about, token)
    refused = response_withdrawal_refusal(old, None, moment(request), by_link=True, replacing=True)
    if refused:
        return _own_page(request, RESPONSES, old, token, refused.reasons, refused.status)
    return _send(request, RESPONSES, about, old, token)


def _send(
    request: HttpRequest, pages: Pages, about: About, old: Submission | None = None, token: str = ""
) -> HttpResponse:
    at, attempt = moment(request), Attempt()
    subject = pages.subject(about, at)
    form, status = subject["questionnaire"], 200
    if request.method != "POST":
        # A link of the list names the exclusions that a comment is to be about.
        asked = {"exclusions": request.GET.get("exclusions", "")[:300]}
        page = WholeForm(form, given=to_begin_with(form, old.answers) if old else asked)
    else:
        page = WholeForm(form, request.POST, request.FILES)
        if counted(pages.address, network(request)) >= MOST_AN_HOUR:
            page.refuse([str(pages.too_many)], {})
            status = 429
        else:
            with attempt:
                made = _take_in(request, pages, page, about, token)
                said = {"email": made.email, "receipt": made.receipt, "time": in_words(at)}
                messages.success(request, str(pages.sent) % said)
                return redirect(f"{pages.address}-sent", *about.values())
            attempt.show_on(page)
            status = attempt.status
    context = {**subject, "page": page, "old": old, "now": at}
    return render(request, "public/submissions/send.html", context, status=status)


def _take_in(request: HttpRequest, pages: Pages, page: WholeForm, about: About, token: str) -> Submission:
    more = {"uploads": uploads_of(page), "replaces": token} if pages is RESPONSES else {}
    answers, by, at = page.answers(), request.user, moment(request)
    made = pages.take_in(**about, answers=answers, stated_public=page.stated, by=by, at=at, **more)
    # Its confirmation is on the way: that counts, and no attempt that was refused.
    count(pages.address, network(request), seconds=3600)
    return made


def uploads_of(page: WholeForm) -> dict[str, list[Upload]]:
    """Return the files that came with a form, by question. Raises Incomplete where one is missing that was chosen."""
    if page.unsent():
        raise Incomplete(fields=page.unsent())
    return {key: [Upload.from_browser(file) for file in files] for key, files in page.uploads().items()}


@never_cache
@require_safe
def sent(request: HttpRequest, pages: Pages, **about: str) -> HttpResponse:
    """Say what to do next; where the link went stands in the message above it, once."""
    return render(request, "public/submissions/sent.html", pages.subject(about, moment(request)))


def _of_link(pages: Pages, about: About, token: str) -> Any:
    """Return the submission of a secret link; for every other address there is none."""
    found = pages.model.objects.of_token(token)
    if found is None or found.about != about:
        raise Http404
    return found


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pages: Pages, token: str, **about: str) -> HttpResponse:
    """Show a submission to its author, and confirm it by the button: mail scanners follow links alone."""
    found, attempt = _of_link(pages, about, token), Attempt()
    if request.method == "POST":
        with attempt:
            pages.confirm(token=token, at=moment(request))
            return redirect(f"{pages.address}-confirm", *about.values(), token)
    return _own_page(request, pages, found, token, attempt.reasons, attempt.status)


@secret_link
@require_POST
def withdraw(request: HttpRequest, pages: Pages, token: str, **about: str) -> HttpResponse:
    """Withdraw a submission for whoever holds its link."""
    found, attempt = _of_link(pages, about, token), Attempt()
    with attempt:
        pages.withdraw(found, token, moment(request))
        messages.success(request, str(pages.withdrawn))
        return redirect(f"{pages.address}-confirm", *about.values(), token)
    return _own_page(request, pages, found, token, attempt.reasons, attempt.status)


def _own_page(
    request: HttpRequest, pages: Pages, one: Submission, token: str, reasons: Sequence[str], status: int
) -> HttpResponse:
    """Show a submission to its author: number, moment, state, the whole text, and what can still be done with it."""
    at = moment(request)
    context = {"one": one, "token": token, "reasons": reasons, "now": at, **pages.own(one, at)}
    return render(request, "public/submissions/own.html", context, status=status)
