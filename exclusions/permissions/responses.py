"""Whether the author of a response may still withdraw or replace it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.facts.rounds import periods_stand
from exclusions.models import Response, User
from exclusions.permissions.quarantine import is_author
from exclusions.workflow.deadlines import in_words, window_open
from exclusions.workflow.states import Status

OPEN = (Response.Status.SUBMITTED, Response.Status.POSTED)


def withdrawal_refusal(
    response: Response,
    user: User | AnonymousUser | None,
    at: datetime,
    *,
    by_link: bool,
    replacing: bool = False,
) -> ActionRefused | None:
    """Return why a response may not be withdrawn or replaced, or None: by its author, while the response period runs.

    One that was not posted can only be replaced, by a corrected one. `by_link` says that the secret link of this very
    response was shown.
    """
    petition = response.petition
    if not is_author(response, user, response if by_link else None):
        return NotPermitted("Only the author of a response can withdraw or replace it.")
    if response.status not in OPEN and not (replacing and response.status == Response.Status.REFUSED):
        said = response.get_status_display().lower()
        return WrongState(
            f"This response is “{said}”. You can withdraw or replace only a response that is filed or posted."
        )
    closes = petition.response_closes_at
    if petition.status != Status.POSTED or closes is None:
        return WrongState("Responses to this petition are closed. Your response stays on record.")
    if not periods_stand(petition.round) and not window_open(None, closes, at):
        return WrongState(f"Responses closed on {in_words(closes)}. Your response stays on record.")
    return None
