"""The desks of the agency: each is open to one role."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from exclusions.actions.record.accesses import log_reading
from exclusions.models import Petition
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def open_to(role: Role, request: SignedInRequest, others: str) -> None:
    """Let people of the role go on; answer 403 to everybody else, with the sentence for `others`."""
    if request.user.role != role:
        raise PermissionDenied(others)


def waiting_list(
    request: SignedInRequest,
    template: str,
    waiting: Iterable[Any],
    cases: Iterable[Petition],
    what: str,
    refused: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show what waits for a desk; each case whose confidential matter stands there counts as read, once.

    `what` names the kind of matter in the access log; `refused` is what the page says of a refused decision.
    """
    at = moment(request)
    for petition in {petition.pk: petition for petition in cases}.values():
        log_reading(petition, what, by=request.user, at=at)
    return render(request, template, {"waiting": waiting, "now": at, **(refused or {})}, status=status)
