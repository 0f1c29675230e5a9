"""The same question about many petitions of a person, answered once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.filing.many import MOST
from exclusions.actions.review.answering import answer_many
from exclusions.forms.many_together import AnswerManyForm
from exclusions.queries.importer import many_waiting
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in

PER_PAGE = 25


@signed_in
@require_safe
def questions(request: SignedInRequest) -> HttpResponse:
    """List the questions that the agency asked in the same words about several of a person's petitions."""
    at = moment(request)
    page = Paginator(many_waiting.same_questions(request.user, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "questions": many_waiting.questions_as_read(page),
        "now": at,
        "trail": [(reverse("petitions"), _("My petitions"))],
    }
    return render(request, "importer/together/questions/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, inquiry_id: int) -> HttpResponse:
    """Show one of these questions with the petitions that wait for its answer, and take one answer for those chosen."""
    at = moment(request)
    words, asked = many_waiting.asked_alike(request.user, at, inquiry_id)
    if not words:
        raise Http404
    form = AnswerManyForm(request.POST if request.method == "POST" else None, asked=asked[:MOST])
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            text = form.cleaned_data["text"]
            done = answer_many(form.keys, question=words, text=text, by=request.user, at=at)
            said = ngettext("Your answer is on the record of %(done)s petition.",
                            "Your answer is on the record of %(done)s petitions.", done)  # fmt: skip
            messages.success(request, said % {"done": done})
            return redirect("petitions-questions")
    context = {
        "form": form,
        "words": words,
        "asked": asked[:MOST],
        "more": max(0, len(asked) - MOST),
        "closes_at": asked[0].closes_at if asked else None,
        "now": at,
        "trail": [
            (reverse("petitions"), _("My petitions")),
            (reverse("petitions-questions"), _("Questions about many")),
        ],
    }
    return render(request, "importer/together/questions/question.html", context, status=attempt.status)
