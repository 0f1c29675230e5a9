"""What was published of an exclusion, for those who correct it: the rows that stand, and the forms of a correction."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from exclusions.actions.decision.corrections import NUMBER, TERM, WORDING
from exclusions.forms.people.proposals import CorrectionForm, NumberForm, TermForm, WordingForm
from exclusions.hts import dotted
from exclusions.models import ExclusionTerm, ExclusionText
from exclusions.models.exclusion import note_cited
from exclusions.queries.people.proposals import waiting_for
from exclusions.queries.public.registry import RegistryPage, exclusion_page
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.two_persons import CORRECTORS

READERS = CORRECTORS | {Role.AUDITOR, Role.ADMIN}
TITLES = {WORDING: "Correct a wording", NUMBER: "Correct a number of a wording", TERM: "Correct a term"}


@signed_in
@require_safe
def published(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what stands of an exclusion, what waits to be confirmed, and, to those who correct, what may be wrong."""
    found = _exclusion(request, reference)
    exclusion, at = found.entry.exclusion, moment(request)
    context = {
        "found": found,
        "entry": found.entry,
        "exclusion": exclusion,
        "on": eastern_date(at),
        "waiting": waiting_for(f"exclusion:{exclusion.pk}", at),
        "may_correct": request.user.role in CORRECTORS,
        "may_confirm": request.user.role in CORRECTORS | {Role.AUDITOR},
    }
    return render(request, "people/published/exclusion.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, reference: str, what: str, key: int) -> HttpResponse:
    """Propose a correction of one wording, of a number in it, or of one term; a second person confirms it."""
    found = _exclusion(request, reference)
    if what not in TITLES or request.user.role not in CORRECTORS:
        raise Http404
    exclusion = found.entry.exclusion
    form = _form(request, what, _row(found, what, key))
    page = ("people/published/correct.html", {"exclusion": exclusion, "title": TITLES[what]})
    facts = {"what": what, "row": key}
    return propose_or_show(request, form, "correct_exclusion", exclusion.pk, page, facts=facts)


def _exclusion(request: SignedInRequest, reference: str) -> RegistryPage:
    found = exclusion_page(reference, eastern_date(moment(request))) if request.user.role in READERS else None
    if found is None:
        raise Http404
    return found


def _row(found: RegistryPage, what: str, key: int) -> ExclusionText | ExclusionTerm:
    exclusion = found.entry.exclusion
    rows = exclusion.terms.all() if what == TERM else exclusion.texts.all()
    row = next((row for row in rows if row.pk == key), None)
    if row is None:
        raise Http404
    return row


def _form(request: SignedInRequest, what: str, row: ExclusionText | ExclusionTerm) -> CorrectionForm:
    sent = request.POST or None
    if isinstance(row, ExclusionTerm):
        now: dict[str, Any] = {
            "heading": dotted(row.heading),
            "note": note_cited(row.note),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "published_on": row.published_on,
        }
        return TermForm(sent, initial=now)
    if what == NUMBER:
        return NumberForm(sent, numbers=[(one.number, dotted(one.number)) for one in row.numbers.all()])
    return WordingForm(sent, initial={"text": row.text})
