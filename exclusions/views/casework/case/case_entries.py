"""What is put on the record of a case: findings, recommendations, reviews, product texts, contacts, recusals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exclusions import criteria
from exclusions.actions.casework import at_desk
from exclusions.actions.record.accesses import log_reading
from exclusions.actions.review import contacts, departures, inquiries, product_texts, reviews
from exclusions.checks.product_text import Remark
from exclusions.errors import ActionRefused, Conflict, NotPermitted
from exclusions.facts.forms import petition_form
from exclusions.forms.casework import review as review_forms
from exclusions.forms.casework.consistency import ConsistencyForm
from exclusions.forms.casework.inquiries import InquiryForm
from exclusions.forms.casework.recommendation import RecommendationForm
from exclusions.models import Petition, User
from exclusions.permissions import may_read_confidential
from exclusions.permissions.case_entries import CASE_ENTRIES, case_entry_refusal
from exclusions.permissions.leaks import sealed_answers
from exclusions.permissions.likes.groups import like_groups, remember_likes, with_result
from exclusions.permissions.likes.referred import referred
from exclusions.queries.casework.case import case as cases
from exclusions.queries.casework.case.case_rows import read_entries
from exclusions.queries.casework.case.current_entries import OF, current_entry, newer_entry
from exclusions.queries.casework.case.evidence import AnswerLine, answer_steps
from exclusions.queries.casework.case.findings import bearing_on
from exclusions.queries.casework.case.passages import passages_of, public_answers
from exclusions.views.casework.case.comparing import consistency_form, departure_form, save_consistency
from exclusions.views.casework.case.drafting import WRITE, DraftingForm, drafting_page
from exclusions.views.casework.case.open_case import existing_case, open_with_standing, standing_in
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import sent_number
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in

Cleaned = Mapping[str, Any]


@dataclass(frozen=True)
class EntryPage:
    """How one kind of entry is made: its form, the action it calls, and a sentence of explanation."""

    form: Callable[[Petition, Any, User], forms.Form]
    save: Callable[[Petition, forms.Form, User, datetime, int | None], object]
    introduction: str


def _plain(form: type[forms.Form]) -> Callable[[Petition, Any, User], forms.Form]:
    return lambda petition, sent, user: form(sent)


def _text_form(petition: Petition, sent: Any, user: User) -> forms.Form:
    return DraftingForm(petition, sent)


def _recommendation_form(petition: Petition, sent: Any, user: User) -> forms.Form:
    """Ask about like cases where any has a result that the person may know."""
    remember_likes(petition, user)
    form = RecommendationForm(sent, level=reviews.level_of(user))
    if with_result(like_groups(petition, user)):
        form.offer_unlike(public_answers(petition).values())
    else:
        form.without_unlike()
    return form


def _recommend(petition: Petition, form: forms.Form, by: User, at: datetime, seen: int | None) -> object:
    assert isinstance(form, RecommendationForm)
    return reviews.recommend_outcome(petition, **form.entered, by=by, at=at, seen=seen)


PAGES: dict[str, EntryPage] = {
    "recommendation": EntryPage(
        _recommendation_form,
        _recommend,
        "Weigh all the findings. No single factor decides.",
    ),
    "consistency": EntryPage(
        consistency_form,
        save_consistency,
        "Compare the case with the results of like cases. If they differ, say what sets this case apart.",
    ),
    "departure": EntryPage(
        departure_form,
        lambda petition, form, by, at, seen: departures.confirm_departure(petition, **form.cleaned_data, by=by, at=at),
        "Its reason is published with the decision. Both counsel and the signatory confirm it.",
    ),
    "legal_review": EntryPage(
        _plain(review_forms.LegalReviewForm),
        lambda petition, form, by, at, seen: reviews.record_legal_review(
            petition, **form.cleaned_data, by=by, at=at, seen=seen
        ),
        "If your outcome differs from the level 2 recommendation, record your reason.",
    ),
    "product_text": EntryPage(
        _text_form,
        lambda petition, form, by, at, seen: product_texts.draft_text(
            petition, **form.cleaned_data, by=by, at=at, seen=seen
        ),
        "This text governs, not the petitioner's wording. Customs sees the text and the number only.",
    ),
    "assessment": EntryPage(
        _plain(review_forms.AssessmentForm),
        lambda petition, form, by, at, seen: reviews.record_assessment(
            petition, **form.cleaned_data, by=by, at=at, seen=seen
        ),
        "The assessment of the interagency Section 301 Committee.",
    ),
    "inquiry": EntryPage(
        _plain(InquiryForm),
        lambda petition, form, by, at, seen: inquiries.ask(petition, **form.cleaned_data, by=by, at=at),
        "The filer gets a mail and reads the question on its page. The case may wait for the answer.",
    ),
    "contact": EntryPage(
        _plain(review_forms.ContactForm),
        lambda petition, form, by, at, seen: contacts.log_contact(petition, **form.cleaned_data, by=by, at=at),
        "Log every talk or message about this petition outside the docket.",
    ),
    "recusal": EntryPage(
        _plain(review_forms.RecusalForm),
        lambda petition, form, by, at, seen: reviews.recuse(petition, **form.cleaned_data, by=by, at=at),
        "Step back if you have a tie to a party, or if anybody could think so.",
    ),
}


# Entries whose page shows nothing of what was found.
OUTSIDE_REVIEW = frozenset({"contact", "inquiry", "recusal"})
# The tab on which a new entry is read, where that is not the first one.
SHOWN_ON = {"product_text": "case-text", "contact": "case-events"}


class Entry(Attempt):
    """An entry into the record, whose page may know beforehand that, and why, none can be made now."""

    def __init__(self, request: SignedInRequest, form: forms.Form, barred: ActionRefused | None = None) -> None:
        super().__init__(form)
        self.barred = barred
        self._shown = request.method == "GET"

    @property
    def status(self) -> int:
        """The status of the attempt. A page that only says why nothing can be entered now is a page all the same."""
        if self.barred is None or self.refused is not None:
            return super().status
        return 200 if self._shown and not isinstance(self.barred, NotPermitted) else self.barred.status


@signed_in
@require_http_methods(["GET", "POST"])
def entry(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """Make one entry on the record of a case. "Check the text" lints a product text without saving it."""
    if kind not in PAGES:
        raise Http404
    petition, standing = open_with_standing(request, reference, level1=kind not in OUTSIDE_REVIEW)
    at, page = moment(request), PAGES[kind]
    read_entries(petition, ["assignments"])
    barred = case_entry_refusal(kind, petition, request.user, at, standing)
    form = page.form(petition, request.POST if request.method == "POST" else None, request.user)
    if isinstance(form, ConsistencyForm):
        form.choose(request.GET.get("beside", ""), request.GET.get("cite", ""))
    entry = Entry(request, form, barred)
    remarks: list[Remark] = []
    checks = "check" in request.POST or WRITE in request.POST
    if form.is_valid():
        with entry:
            if checks and kind == "product_text":
                remarks = product_texts.review_text(petition, **form.cleaned_data, at=at)
            else:
                _save(request, petition, kind, form)
                messages.success(request, f"{CASE_ENTRIES[kind].label}: recorded.")
                return redirect("review") if kind == "recusal" else redirect(SHOWN_ON.get(kind, "case"), reference)
    whole = may_read_confidential(request.user, petition, at, standing)
    context = {
        "form": form,
        "kind": kind,
        "label": CASE_ENTRIES[kind].label,
        "introduction": page.introduction,
        "petition": petition,
        "reasons": barred.reasons if barred else [],
        "remarks": remarks,
        "referred": referred(petition, form.groups) if isinstance(form, ConsistencyForm) else [],
        "like_results": with_result(like_groups(petition, request.user)) if kind == "recommendation" else [],
        "checked": checks,
        "onward": bool(onward_of(kind, request.user)),
        "drafts": cases.drafts(petition, request.user, whole) if kind == "product_text" else [],
        **_compared(request, petition, kind, {"level": reviews.level_of(request.user)}, entry, whole=whole),
    }
    if isinstance(form, DraftingForm):
        return drafting_page(request, petition, form, context, at=at, status=entry.status)
    return render(request, "casework/case/case_entries/entry.html", context, status=entry.status)


def _save(request: SignedInRequest, petition: Petition, kind: str, form: forms.Form) -> None:
    """Make the entry; where it was sent to go on at once, take the transition with it."""
    by, at, seen = request.user, moment(request), sent_number(request, "seen")

    def enter(case: Petition) -> None:
        PAGES[kind].save(case, form, by, at, seen)

    onward = onward_of(kind, by, form.cleaned_data.get("outcome", "")) if "onward" in request.POST else ""
    if onward:
        at_desk.send_on(petition, onward, enter, by=by, at=at)
    else:
        enter(petition)


def onward_of(kind: str, user: User, outcome: str = "grant") -> str:
    """Return the transition that leads a case on from an entry of a kind; "" where none does."""
    if kind == "legal_review":
        return "clear_for_drafting" if outcome != "deny" else "clear_for_denial"
    if kind == "recommendation":
        return "recommend" if reviews.level_of(user) == 1 else "concur"
    return {"consistency": "confirm_consistency", "assessment": "assess"}.get(kind, "")


@signed_in
@require_http_methods(["GET", "POST"])
def finding(request: SignedInRequest, reference: str, criterion: str) -> HttpResponse:
    """Record a finding on one criterion, beside the answers that bear on it."""
    petition, at = existing_case(request, reference), moment(request)
    if criterion not in petition.round.criteria:
        raise Http404
    factor = criteria.get(criterion)
    form = review_forms.FindingForm(request.POST if request.method == "POST" else None, criterion=factor)
    entry = Entry(request, form)
    if form.is_valid():
        with entry:  # asks whether the person may, under the lock
            entered = {**form.cleaned_data, "seen": sent_number(request, "seen")}
            reviews.record_finding(petition, criterion=criterion, **entered, by=request.user, at=at)
            messages.success(request, f"Finding on {factor.title.lower()} recorded.")
            return redirect("case", reference)
    standing = standing_in(request, petition)
    read_entries(petition, ["assignments"])
    entry.barred = case_entry_refusal("finding", petition, request.user, at, standing)
    last = current_entry(petition, "finding", {"criterion": criterion})
    whole = may_read_confidential(request.user, petition, at, standing)
    if last and whole:  # what a form shows that was not sent
        names = ("reasons", "confidential_note", "citations")  # what is judged is chosen anew
        form.initial = {name: getattr(last, name) for name in names}
    answers = sealed_answers(petition)
    form.offer(*bearing_on(factor, passages_of(petition, whole=whole, certified=answers)))
    context = {
        "form": form,
        "criterion": factor,
        "petition": petition,
        "reasons": entry.barred.reasons if entry.barred else [],
        "evidence": _evidence(request, petition, answers, factor.evidence_keys, whole=whole),
        "last": last,
        **_compared(request, petition, "finding", {"criterion": criterion}, entry, whole=whole),
    }
    return render(request, "casework/case/case_entries/finding.html", context, status=entry.status)


def _compared(
    request: SignedInRequest, petition: Petition, kind: str, of: Mapping[str, Any], entry: Entry, *, whole: bool
) -> dict[str, Any]:
    """Return what the form says that its writer saw: the current entry; after a conflict, also how that one compares.

    What was only refused for something else was made from what it was made from. Who may not read the case whole sees
    the versions of a text, the newer one among them, under the form.
    """
    if kind not in OF:
        return {}
    seen, clash = sent_number(request, "seen"), isinstance(entry.refused, Conflict)
    newer = newer_entry(petition, kind, of, seen) if clash and whole and seen is not None else None
    if seen is None or clash:
        last = current_entry(petition, kind, of)
        seen = last.pk if last else 0
    return {"seen": seen, "newer": newer}


def _evidence(
    request: SignedInRequest, petition: Petition, answers: dict[str, Any], keys: tuple[str, ...], *, whole: bool
) -> list[AnswerLine]:
    """Return the answers that bear on a criterion; confidential ones only for those who may read them, and logged."""
    steps = answer_steps(petition_form(petition.round), answers, {})
    lines = [line for step in steps for line in step.lines if line.key in keys and (whole or not line.confidential)]
    if any(line.confidential for line in lines):
        log_reading(petition, "answers on a criterion", by=request.user, at=moment(request))
    return lines
