"""The signatory's list, and the page on which a decision is signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions import criteria
from exclusions.actions import transitions
from exclusions.actions.decision import decisions
from exclusions.errors import Incomplete
from exclusions.forms.decisions import DecisionForm, DenyForm, GrantForm, blank_decision
from exclusions.forms.notices.partial_grants import GrantInPartForm
from exclusions.models import Petition
from exclusions.permissions.conclusions import SIGNS
from exclusions.permissions.notices.text_gates import latest_draft
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.casework.case.case_rows import read_entries
from exclusions.queries.casework.case.determinations import action_of, same_exclusion
from exclusions.queries.casework.lists.short_worklists import TO_SIGN, to_sign, waiting_to_sign
from exclusions.queries.casework.signing_desk import SigningDesk, signing_desk
from exclusions.queries.notices.partial_grants import asked_of
from exclusions.views.casework.case.open_case import existing_case, log_opening, page_of
from exclusions.views.casework.desk import chosen_page, open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.refusals import Attempt
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.roles import Role
from exclusions.workflow.transitions import TRANSITIONS

FORMS: dict[str, type[DecisionForm]] = {"grant": GrantForm, "grant_in_part": GrantInPartForm, "deny": DenyForm}
CODES = ("narrowing_codes", "denial_codes")
OTHERS = "This page is for the signatory."
SIGNED = {"grant": "granted", "grant_in_part": "granted in part", "deny": "denied"}
_TRANSITION_OF = {str(outcome): name for name, outcome in SIGNS.items()}
NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "change", "contacts"})


@signed_in
@require_safe
def sign(request: SignedInRequest) -> HttpResponse:
    """List the cases that await a signature, in pages, to be narrowed and chosen from."""
    open_to(Role.SIGNATORY, request, OTHERS)
    context = chosen_page(request, waiting_to_sign, TO_SIGN)
    context["cases"] = to_sign(context["cases"])
    return render(request, "casework/sign/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def sign_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what the decision stands on; show once more what was entered; then sign."""
    open_to(Role.SIGNATORY, request, OTHERS)
    petition, at = existing_case(request, reference), moment(request)
    page = page_of(request, petition)
    name = request.POST.get("transition", "")
    desk = signing_desk(petition)
    form = _form(request, desk, name)
    attempt, seen = Attempt(form), request.POST.get("seen", "")
    if form is not None and "change" not in request.POST and form.is_valid():
        with attempt:
            if "adopt" in request.POST and "agreed" not in request.POST:
                raise Incomplete("Tick that you adopt the recommendation, or decide in your own words.")
            if f"{name}-confirmed" not in request.POST:
                decisions.look_over(petition, name, form.entered, by=request.user, at=at, seen=seen)
                return _confirm_page(request, petition, desk, name, form)
            stated = {"contacts": request.POST.get("contacts", "")}
            transitions.take(petition, name, by=request.user, at=at, data={**form.entered, **stated, "seen": seen})
            messages.success(request, f"Signed: {petition.reference} is {SIGNED[name]}. The letter is issued.")
            return redirect("case", petition.reference)
    # A recommendation that could not be adopted is shown as it was sent, in the form that says why.
    opened = name if form is not None else ""
    return _sign_page(request, page, desk, {**_blank_forms(desk), name: form}, attempt.status, opened)


def _sent(request: SignedInRequest, desk: SigningDesk, name: str) -> QueryDict:
    """Return what was sent; where the recommendation is adopted, with its codes and words as they are on record."""
    sent = request.POST.copy()
    if "adopt" in sent and desk.adoptable:
        sent[f"{name}-rationale"] = desk.adoptable.rationale
        sent.setlist(f"{name}-denial_codes", [code for code, _ in desk.adoptable.codes])
    return sent


def _form(request: SignedInRequest, desk: SigningDesk, name: str) -> DecisionForm | None:
    """Return the form of the outcome that was sent. What was typed is there again; what is to be changed is not judged
    yet.
    """
    if name not in FORMS:
        return None
    sent, changed = _sent(request, desk, name), "change" in request.POST
    typed = {
        "rationale": sent.get(f"{name}-rationale", ""),
        **{
            field: sent.get(f"{name}-{field}", "")
            for field in ("departure", "adverse", "facts", "narrowing", "proposed_by")
        },
        **{field: sent.getlist(f"{name}-{field}") for field in ("denial_codes", "narrowing_codes")},
    }
    begins = typed if changed else {"narrowing_codes": desk.narrowing_codes}
    more = {"alone": ", ".join(desk.alone)} if name == "deny" else {}
    return FORMS[name](None if changed else sent, initial=begins, needs=desk.needs(SIGNS[name]), **more)


def _blank_forms(desk: SigningDesk) -> dict[str, Any]:
    """Return the form of each outcome, as the page first shows it."""
    codes, alone = tuple(desk.narrowing_codes), ", ".join(desk.alone)
    needs = {name: frozenset(desk.needs(SIGNS[name])) for name in FORMS}
    return {
        "grant": blank_decision(GrantForm, needs["grant"]),
        "grant_in_part": blank_decision(GrantInPartForm, needs["grant_in_part"], codes),
        "deny": blank_decision(DenyForm, needs["deny"], alone=alone),
    }


def _confirm_page(
    request: SignedInRequest, petition: Petition, desk: SigningDesk, name: str, form: DecisionForm
) -> HttpResponse:
    """Return what is about to be signed, with everything that was typed, to be signed or changed."""
    context = {
        "petition": petition,
        "name": name,
        "label": TRANSITIONS[name].label,
        "departs_from": desk.departs_from(SIGNS[name]),
        "adverse": desk.adverse if name != "deny" else [],
        "entered": form.entered,
        "codes": [(code, criteria.REASON_OF[code]) for field in CODES for code in form.entered.get(field, [])],
        "asked": asked_of(petition)["asked"] if name == "grant_in_part" else "",
        "proposed_by": criteria.PROPOSERS.get(str(form.entered.get("proposed_by", "")), ""),
        "sent": [(key, value) for key, values in request.POST.lists() for value in values if key not in NOT_AGAIN],
        "draft": latest_draft(petition) if name != "deny" else None,
    }
    return render(request, "casework/sign/confirm.html", context)


def _sign_page(
    request: SignedInRequest, page: CasePage, desk: SigningDesk, forms: dict[str, Any], status: int, opened: str
) -> HttpResponse:
    """Show it; `opened` is the outcome whose form was sent. Else the recommended one is, where it is not adopted."""
    log_opening(page, request.user)
    petition = page.petition
    read_entries(petition, ["versions"])
    draft = latest_draft(petition)
    action = action_of(petition, draft.number) if draft else None
    joins = same_exclusion(action, draft.text) if draft and action else None
    offers = {offer.name: offer for offer in page.offers}
    free = [name for name, offer in offers.items() if not offer.reasons]
    adopts = desk.adoptable is not None and desk.outcome in free
    context: dict[str, Any] = {
        "petition": petition,
        "page": page,
        "adopts": adopts,
        "to_sign": bool(opened or FORMS.keys() & offers.keys()),
        "opened": opened or ("" if adopts else _TRANSITION_OF.get(desk.outcome, "")),
        "desk": desk,
        "draft": draft,
        "action": action,
        "joins": joins,
        "asked": asked_of(petition)["asked"],
        "grant_form": forms["grant"],
        "in_part_form": forms["grant_in_part"],
        "deny_form": forms["deny"],
        "offers": offers,
        "now": page.at,
    }
    return render(request, "casework/sign/case.html", context, status=status)
