"""Responses that wait for the intake clerk, with what each says and what of it stays confidential."""

from dataclasses import dataclass

from exclusions.facts.forms import response_form
from exclusions.models import Petition, Response, User
from exclusions.questionnaires import PrintedRow

PAGE = 50


@dataclass(frozen=True)
class WaitingResponse:
    """A confirmed response as intake reads it."""

    response: Response
    rows: list[PrintedRow]


def waiting_responses(user: User) -> list[WaitingResponse]:
    """Return the confirmed responses that wait for posting, oldest first, at most 50; none to a case that is barred."""
    found = (
        Response.objects.select_related("petition__round")
        .filter(status=Response.Status.SUBMITTED, petition__in=Petition.objects.all().open_to(user))
        .order_by("confirmed_at")[:PAGE]
    )
    return [
        WaitingResponse(response, response_form(response.petition.round).printed(response.answers))
        for response in found
    ]
