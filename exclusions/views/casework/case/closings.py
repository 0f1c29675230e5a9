"""Closing a case without its merits: intake proposes it with the fact that it rests on, counsel confirms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from exclusions.actions.record.accesses import log_reading
from exclusions.forms.casework.closings import CoveredForm, DuplicateForm, IncompleteForm
from exclusions.forms.people.proposals import ActForm
from exclusions.models import Closing, Petition
from exclusions.permissions import may_read_confidential
from exclusions.queries.casework.closings import covering_exclusions, earlier_petitions, missing_after_return
from exclusions.queries.people.proposals import waiting_for
from exclusions.views.casework.case.open_case import open_with_standing
from exclusions.views.casework.desk import open_to
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.people.proposing import propose_or_show
from exclusions.workflow.roles import Role
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS

Kind = Closing.Kind


@dataclass(frozen=True)
class _Ground:
    """What a kind rests on: where its facts are read, the form that offers them, and what is said without any."""

    facts: Callable[[Petition], Sequence[Any]]
    form: Callable[..., ActForm]
    none: str


GROUNDS: dict[str, _Ground] = {
    Kind.COVERED: _Ground(
        covering_exclusions,
        CoveredForm,
        "No exclusion that names this number was in force on the filing day.",
    ),
    Kind.DUPLICATE: _Ground(
        earlier_petitions,
        DuplicateForm,
        "The organization has no earlier petition for the same number and a like product.",
    ),
    Kind.INCOMPLETE: _Ground(
        missing_after_return,
        IncompleteForm,
        "The petition was never returned for correction. Return it first, so that the filer can correct it.",
    ),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """Propose to close a case as incomplete, covered or a duplicate; counsel confirms it or refuses."""
    if kind not in GROUNDS:
        raise Http404
    petition, standing = open_with_standing(request, reference)
    open_to(Role.INTAKE, request, "Only intake proposes to close a case without a decision. Counsel confirms it.")
    at, ground, act = moment(request), GROUNDS[kind], f"close_{kind}"
    if may_read_confidential(request.user, petition, at, standing):
        log_reading(petition, "case file", by=request.user, at=at)
    facts, data = ground.facts(petition), request.POST if request.method == "POST" else None
    context = {
        "petition": petition,
        "kind": kind,
        "label": Kind(kind).label,
        "kinds": Kind.choices,
        "none": "" if facts else ground.none,
        "wrong": "" if petition.status in TRANSITIONS[act].sources else petition.get_status_display(),
        "waiting": waiting_for(f"petition:{petition.pk}", at).filter(act__in=CLOSINGS),
    }
    page = ("casework/case/closings.html", context)
    return propose_or_show(request, ground.form(data, of=facts), act, petition.pk, page)
