"""The requester's pages about petitions as a whole: the list, a new one, one filed, its record and its receipt."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exclusions.actions.filing import petitions as actions
from exclusions.actions.filing.carried_documents import carry_documents
from exclusions.actions.people import organizations
from exclusions.actions.record.accesses import log_reading
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form
from exclusions.forms.petitions import NarrowForm, NewPetitionForm, WithdrawForm
from exclusions.models import Petition
from exclusions.permissions import refusal, refusals
from exclusions.queries.casework.case.evidence import answer_steps
from exclusions.queries.casework.inquiries import asked_of
from exclusions.queries.importer import filing, own_list
from exclusions.queries.importer import petitions as queries
from exclusions.queries.importer.clients import colleagues
from exclusions.queries.importer.cures import cure_of
from exclusions.queries.importer.deadline_reasons import reasons_of
from exclusions.queries.importer.deadlines import deadlines
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt, Pressed
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition, owned_with_standing
from exclusions.views.importer.step_page import copy_form
from exclusions.wording.stops import stopped
from exclusions.workflow.states import COMMENTING, Status

PER_PAGE = 25


@signed_in
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the person's petitions, what has to be done soonest on top, as the query string narrows them."""
    at = moment(request)
    owned = Petition.objects.owned_by(request.user, at)
    whose = own_list.whose(owned)
    replies = own_list.to_reply(owned, at) if COMMENTING & whose.number.keys() else {}
    form = NarrowForm(request.GET, organizations=whose.organizations, people=whose.people)
    found = own_list.narrowed(queries.listed(owned), at, **form.chosen)
    pages = Paginator(own_list.soonest_first(found, at, replies), PER_PAGE)
    if not form.chosen:
        pages.count = whose.number.total()
    page, rounds = pages.get_page(request.GET.get("page")), queries.open_rounds(at)
    context = {
        "form": form,
        "page": page,
        "rows": queries.rows(list(page), replies, rounds),
        "moves": own_list.your_moves(owned, at, replies),
        "now": at,
        "rounds": rounds,
        "has_clients": whose.through_firm,
    }
    return render(request, "importer/petitions/list.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Choose a round and an organization, and begin a draft."""
    at = moment(request)
    rounds = list(queries.open_rounds(at))
    form = NewPetitionForm(
        request.POST or None,
        rounds=rounds,
        parties=queries.parties(request.user, at),
        initial={name: request.GET[name] for name in ("round", "party") if name in request.GET},
    )
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            return redirect("petition-step", *_begin(request, form))
    context = {"form": form, "rounds": rounds, "staff": bool(request.user.role)}
    context["trail"] = [(reverse("petitions"), "My petitions")]
    return render(request, "importer/petitions/new.html", context, status=attempt.status)


def _begin(request: SignedInRequest, form: NewPetitionForm) -> tuple[UUID, str]:
    at = moment(request)
    if form.makes_organization:
        organization = organizations.register(
            legal_name=form.cleaned_data["legal_name"],
            kind=form.cleaned_data["kind"] or "company",
            by=request.user,
            at=at,
        )
        firm = None
    else:
        organization, firm = form.chosen_party.organization, form.chosen_party.firm
    petition = actions.start(
        round=form.chosen_round, organization=organization, filer_organization=firm, by=request.user, at=at
    )
    return petition.pk, filing.first_step(petition)


@signed_in
@require_safe
def detail(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Resume a draft where it was left; show a filed petition with its stage, deadlines and what can be done."""
    petition, standing = owned_with_standing(request, petition_id)
    at = moment(request)
    if petition.status == Status.DRAFT:
        return redirect("petition-step", petition.pk, filing.resume_at(petition))
    to_reply = queries.to_reply_to(petition, at)
    theirs = colleagues(petition)
    files = list(petition.documents.order_by("uploaded_at", "pk"))
    sealed = petition.versions.sealed().select_related("sealed_by").order_by("-number")
    context = {
        "petition": petition,
        "row": queries.row_of(petition, own_list.ToReply.from_responses(to_reply)),
        "now": at,
        "events": queries.timeline(petition, files),
        "replies_again": queries.replies_to_give_again(to_reply),
        "versions": list(sealed),
        "documents": [file for file in files if file.removed_at is None],
        "letters": queries.letters(petition),
        "returned": queries.return_reason(petition),
        "cure": cure_of(petition, at),
        "to_reply": to_reply,
        "inquiries": asked_of(petition),
        "dates": deadlines(petition, at, to_reply),
        "reasons": reasons_of(petition, to_reply),
        "may_hand_over": len(theirs) > 1 and request.user in theirs,
        "withdraw_refused": refusals("withdraw", petition, request.user, at, standing=standing),
        "copy_form": copy_form(petition, request.user, at),
    }
    return render(request, "importer/petitions/petition.html", context)


@signed_in
@require_safe
def receipt(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show what was filed, when, by whom and under which hash; printable."""
    petition = owned_petition(request, petition_id)
    sealed = petition.versions.sealed().select_related("sealed_by")
    version = sealed.order_by("-number").first()
    if version is None:
        raise Http404
    return render(request, "importer/petitions/receipt.html", {"petition": petition, "version": version})


@signed_in
@require_safe
def record(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show the whole petition for printing, every confidential answer marked as such."""
    petition = owned_petition(request, petition_id)
    if petition.status != Status.DRAFT:
        log_reading(petition, "record for printing", by=request.user, at=moment(request))
    version = filing.working_version(petition)
    context = {
        "petition": petition,
        "version": version,
        "steps": answer_steps(petition_form(petition.round), version.answers, filing.document_names(petition)),
        "now": moment(request),
    }
    return render(request, "importer/petitions/record.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Ask why, then withdraw the petition."""
    petition = owned_petition(request, petition_id)
    at = moment(request)
    form = WithdrawForm(request.POST or None)
    barred = refusal("withdraw", petition, request.user, at)
    attempt = Attempt(form)
    if form.is_valid():
        with attempt:
            actions.withdraw(petition, by=request.user, at=at, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(petition)s has been withdrawn.") % {"petition": petition})
            return redirect("petition", petition.pk)
    context = {"petition": petition, "form": form, "reasons": barred.reasons if barred else attempt.reasons}
    status = barred.status if barred else attempt.status
    return render(request, "importer/petitions/withdraw.html", context, status=status)


@signed_in
@require_POST
def copy(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Begin a new draft with the answers of this petition."""
    petition = owned_petition(request, petition_id)
    at = moment(request)
    form = copy_form(petition, request.user, at, data=request.POST)
    pressed = Pressed(request)
    with pressed:
        if not form.is_valid():
            raise Incomplete(*(str(sentence) for errors in form.errors.values() for sentence in errors))
        party = form.chosen_party
        whose = {"organization": party.organization, "filer_organization": party.firm} if party else {}
        draft = actions.copy(petition, round=form.chosen_round, by=request.user, at=at, **whose)
        made = _("You have a new draft with the answers of the earlier petition. Check each answer.")
        if draft.organization_id != petition.organization_id:
            made = stopped(
                _("You have a new draft with the public facts about the goods, for %(organization)s")
                % {"organization": draft.organization}
            )
        messages.success(request, made)
        if form.cleaned_data["documents"]:
            left = carry_documents(petition, draft, by=request.user, at=at)
            if left:  # by their number: a name may tell something
                said = ngettext(
                    "%(left)s document was not copied. Attach it again if you need it.",
                    "%(left)s documents were not copied. Attach them again if you need them.",
                    left,
                )
                messages.warning(request, said % {"left": left})
        return redirect("petition-step", draft.pk, filing.first_step(draft))
    return pressed.answer(redirect("petition", petition.pk))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Ask once more, then delete a draft."""
    petition = owned_petition(request, petition_id)
    attempt = Attempt()
    if request.method == "POST":
        with attempt:
            actions.delete_draft(petition, by=request.user, at=moment(request))
            messages.success(request, _("The draft has been deleted."))
            return redirect("petitions")
    context = {"petition": petition, "reasons": attempt.reasons}
    return render(request, "importer/petitions/delete.html", context, status=attempt.status)
