"""Responses that wait for the intake clerk, with what each says and what of it stays confidential."""

from dataclasses import dataclass

from exclusions import questionnaires
from exclusions.models import Response
from exclusions.questionnaires import PrintedRow

PAGE = 50


@dataclass(frozen=True)
class WaitingResponse:
    """A confirmed response as intake reads it."""

    response: Response
    rows: list[PrintedRow]


def waiting_responses() -> list[WaitingResponse]:
    """Return the confirmed responses that are not posted yet, oldest first, at most 50."""
    found = (
        Response.objects.select_related("petition__round")
        .filter(status=Response.Status.SUBMITTED)
        .order_by("confirmed_at")[:PAGE]
    )
    return [
        WaitingResponse(
            response,
            questionnaires.get(response.petition.round.response_questionnaire).printed(response.answers),
        )
        for response in found
    ]
