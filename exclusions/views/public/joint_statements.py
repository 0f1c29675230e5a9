"""One statement on many petitions: written and previewed by a person who is signed in, confirmed by one mailed link."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from exclusions.actions.filing.joint import judging
from exclusions.actions.filing.joint.confirming import confirm_jointly
from exclusions.actions.filing.joint.statements import digest_over, respond_to_many, token_in
from exclusions.facts.forms import response_form
from exclusions.forms.docket import DocketFilter
from exclusions.forms.joint_statements import FIND, SEND, CasesForm, with_more
from exclusions.forms.whole_form import WholeForm
from exclusions.models import JointStatement, Round
from exclusions.models.public import PublicPetition
from exclusions.queries.importer.joint_statements import last_of, of_statement, preview_rows
from exclusions.queries.public.open_cases import references_open, responding_rounds
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.named_fields import OF_RECORD, columns_of
from exclusions.views.core.clock import moment
from exclusions.views.core.middleware.no_store import secret_link
from exclusions.views.core.rate_limit import count, counted
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in

MOST_AN_HOUR = 20  # statements of one person
SEARCHED = ("q", "hts", "organization")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def respond_many(request: SignedInRequest) -> HttpResponse:
    """Show the form with what a search of the docket found; add to its list, preview it, or send it."""
    page = _Page(request)
    if page.round is None:
        return render(request, "public/joint_statements/form.html", {"round": None}, status=200)
    if request.method != "POST":
        page.begin()
        return page.answer()
    act = request.POST.get("act")
    if act == FIND:
        page.find()
        return page.answer()
    return page.send() if act == SEND else page.preview()


class _Page:
    """The page as one request has it: list and statement as typed, the preview where one was asked for."""

    def __init__(self, request: SignedInRequest) -> None:
        self.request, self.at = request, moment(request)
        self.posted = request.POST if request.method == "POST" else None
        rounds = responding_rounds(self.at)
        asked = {"docket": request.GET.get("docket", "")}
        first = next((one.slug for one in rounds if one.docket == asked["docket"].upper()), "")
        self.form = CasesForm(self.posted, rounds=rounds, initial={"round": first, **self._searched()})
        self.round: Round | None = self.form.chosen_round
        self.context: dict[str, Any] = {}
        self.code = 200
        if self.round is not None:
            self.questions = response_form(self.round)
            self.whole = WholeForm(self.questions, self.posted)
            self.whole.leave_out(_about_files(self.questions))

    def _searched(self) -> dict[str, str]:
        return {name: self.request.GET.get(name, "")[:200] for name in SEARCHED}

    def begin(self) -> None:
        """Put on the list what the address, as that of the docket's list, asks for."""
        if any(self.form.initial.get(name) for name in SEARCHED):
            self._add(self.request.GET, "")

    def find(self) -> None:
        """Add to the list what the search finds; all that was typed stays."""
        self._add(self.request.POST, self.request.POST.get("cases", ""))

    def _add(self, asked: Mapping[str, str], typed: str) -> None:
        assert self.round is not None
        searched = {name: asked.get(name, "") for name in SEARCHED}
        chosen = DocketFilter(searched, PublicPetition.objects.all())
        if chosen.sentences:
            self.context["wrong"] = chosen.sentences
            self.code = 422 if self.posted else 400
            return
        found = references_open(chosen.qs, self.round, self.at, judging.MOST + 1)
        text, added = with_more(typed, found[: judging.MOST])
        self.context |= {"looked": True, "added": added, "more": len(found) > judging.MOST}
        self._list(text)

    def _list(self, text: str) -> None:
        if self.posted is None:
            self.form.initial["cases"] = text
            return
        data = self.posted.copy()
        data["cases"] = text
        self.form.data = data

    def _asked(self) -> dict[str, Any]:
        return {
            "round": self.round,
            "cases": self.form.cleaned_data["cases"],
            "answers": self.whole.answers(),
            "stated_public": self.whole.stated,
            "by": self.request.user,
            "at": self.at,
        }

    def preview(self) -> HttpResponse:
        """Show what each petition would get, and which take none."""
        attempt = Attempt()
        if self.form.is_valid():
            with attempt:
                self._preview()
        return self.refused(attempt)

    def _preview(self) -> None:
        asked = self._asked()
        judged = judging.judge(**asked)
        typed = self.questions.clean(asked["answers"])
        filled = {str(one.petition.reference): self.questions.clean(one.answers) for one in judged.ready}
        self.context["rows"] = preview_rows(self.questions, typed, filled, judged.public)
        self.context["refused"] = judged.refused
        self.context["whole"] = self.questions.printed(typed, public_only=True)
        self.context["seen"] = digest_over(asked["round"], asked["cases"], asked["answers"])

    def send(self) -> HttpResponse:
        """Take the statement in, and go on to the page that says what comes next."""
        attempt = Attempt()
        if counted("joint-statements", str(self.request.user.pk)) >= MOST_AN_HOUR:
            said = _("You sent too many statements this hour. Wait an hour, then send yours again.")
            self.form.add_error(None, said)
            self.code = 429
        elif self.form.is_valid():
            with attempt:
                seen = self.request.POST.get("seen", "")
                joint = respond_to_many(**self._asked(), seen=seen, others_go=self.form.others_go)
                count("joint-statements", str(self.request.user.pk), seconds=3600)
                _say_sent(self.request, joint)
                return redirect("docket-respond-many-sent")
            with Attempt():
                self._preview()
        return self.refused(attempt)

    def refused(self, attempt: Attempt) -> HttpResponse:
        """Show the page again, with what was refused beside what it concerns: the list, or a question."""
        if attempt.refused:
            for sentence in attempt.refused.fields.pop("cases", []):
                self.form.add_error("cases", sentence)
        attempt.show_on(self.whole)
        if self.code == 200:
            self.code = attempt.status if attempt.refused else 422 if self.form.errors else 200
        return self.answer()

    def answer(self) -> HttpResponse:
        """Show the page."""
        context = {
            "form": self.form,
            "round": self.round,
            "page": self.whole,
            "most": judging.MOST,
            "fields": OF_RECORD,
            "columns": columns_of(self.questions),
            "trail": [(reverse("docket"), _("Docket"))],
            "now": self.at,
            **self.context,
        }
        return render(self.request, "public/joint_statements/form.html", context, status=self.code)


def _about_files(form: Questionnaire) -> list[str]:
    """Return the questions that one statement on many does not ask: documents, and what hangs on them."""
    files = {question.key for question in form.questions if question.kind is Kind.FILES}
    hang = {one.key for one in form.questions if one.shown_if is not None and files & one.shown_if.keys}
    return sorted(files | hang)


def _say_sent(request: SignedInRequest, joint: JointStatement) -> None:
    number = len(joint.cases)
    said = ngettext(
        "We sent a link to %(email)s. Your statement %(receipt)s goes to %(number)s petition.",
        "We sent a link to %(email)s. Your statement %(receipt)s goes to %(number)s petitions.",
        number,
    )
    messages.success(request, said % {"email": joint.email, "receipt": joint.receipt, "number": number})


@signed_in
@require_http_methods(["GET", "HEAD"])
def sent(request: SignedInRequest) -> HttpResponse:
    """Say what to do next, and name the petitions that the statement was not sent to."""
    return render(request, "public/joint_statements/sent.html", {"joint": last_of(request.user)})


@secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_many(request: HttpRequest, token: str) -> HttpResponse:
    """Show a statement to its author, and confirm all its responses by the button: mail scanners follow links alone."""
    joint, at, attempt = JointStatement.objects.of_token(token), moment(request), Attempt()
    if joint is None:
        raise Http404
    if request.method == "POST":
        with attempt:
            done = confirm_jointly(token=token, at=at)
            if not done.left_out:
                return redirect("docket-respond-many-confirm", token)
            return _own_page(request, joint, token, at, left_out=done.left_out)
    return _own_page(request, joint, token, at, reasons=attempt.reasons, status=attempt.status)


def _own_page(
    request: HttpRequest, joint: JointStatement, token: str, at: datetime, *, status: int = 200, **more: Any
) -> HttpResponse:
    rows = [(response, token_in(token, response)) for response in of_statement(joint)]
    printed = response_form(joint.round).printed(joint.answers)
    context = {
        "joint": joint,
        "token": token,
        "rows": rows,
        "waiting": sum(response.status == response.Status.UNCONFIRMED for response, _token in rows),
        "printed": printed,
        "now": at,
        **more,
    }
    return render(request, "public/joint_statements/own.html", context, status=status)
