"""Whether a response or a comment may be sent, posted by intake, or withdrawn and replaced by its author."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.facts.rounds import pause_refusal, periods_stand
from exclusions.models import Comment, Petition, Response, Round, User
from exclusions.models.submission import Submission
from exclusions.permissions.quarantine import is_author
from exclusions.permissions.standing import standing_of
from exclusions.workflow.deadlines import in_words, window_open, window_refusal
from exclusions.workflow.roles import Role
from exclusions.workflow.states import COMMENTING, Status

STANDS = (Submission.Status.SUBMITTED, Submission.Status.POSTED)


def desk_refusal(noun: str) -> NotPermitted:
    """Return why nobody but an intake clerk works the desk of a kind of submission; `noun`: what one is called."""
    return NotPermitted(f"Only an intake clerk can post or decline {noun}s.")


def posting_refusal(submission: Submission, by: User, at: datetime) -> ActionRefused | None:
    """Return why a person may not post or decline a submission, or None; one to a petition is kept from its parties."""
    if not isinstance(submission, Response):
        return None if by.role == Role.INTAKE else desk_refusal(submission.NOUN)
    standing = standing_of(by, submission.petition, at)
    if Role.INTAKE not in standing.roles:
        return desk_refusal(submission.NOUN)
    return NotPermitted(*standing.kept_from_acting) if standing.kept_from_acting else None


def comment_refusal(round: Round, at: datetime) -> ActionRefused | None:
    """Return why no comment is taken in the round at the moment, or None."""
    if not round.lists_exclusions:
        return WrongState(f"{round.title} takes no comments on listed exclusions.")
    said = window_refusal(round.opens_at, round.closes_at, at, what="The comment period") or pause_refusal(round)
    return WrongState(said) if said else None


def response_refusal(petition: Petition, at: datetime) -> ActionRefused | None:
    """Return why no response to the petition is taken at the moment, or None."""
    closes = petition.response_closes_at
    if not petition.round.accepts_responses:
        return WrongState(f"{petition.round.title} takes no responses to a filing.")
    if periods_stand(petition.round):
        return WrongState(pause_refusal(petition.round))
    if petition.status != Status.POSTED or closes is None:
        return WrongState("Responses to this petition are not open.")
    if not window_open(None, closes, at):
        return WrongState(f"Responses to this petition closed on {in_words(closes)}. A late response is not posted.")
    return None


def confirmation_refusal(petition: Petition) -> ActionRefused | None:
    """Return why a response that was sent in time is not filed any more, or None: the petition left the docket's stage
    of comments, so that nobody could post it.
    """
    if petition.status in COMMENTING:
        return None
    said = petition.get_status_display()
    return WrongState(f"The petition is “{said}” now. Responses to it are no longer taken.")


def responded(petitions: Iterable[Petition], by: User, organization: str) -> dict[str, Response]:
    """Return the responses of the same account for the same organization that stand, by the petition's reference."""
    rows = Response.objects.filter(petition__in=[petition.pk for petition in petitions], user=by, status__in=STANDS)
    named = rows.filter(organization_name__iexact=organization.strip()).select_related("petition")
    return {str(response.petition.reference): response for response in named.order_by("created_at")}


def responded_already(response: Response) -> str:
    """Return the sentence for a petition to which the writer responded before."""
    number = response.reference or response.receipt
    return f"You responded to it already ({number}). Withdraw or replace that response by its own link."


def comment_withdrawal_refusal(comment: Comment, at: datetime) -> ActionRefused | None:
    """Return why its author may not withdraw a comment at the moment, or None: while comments are open."""
    if comment.status not in STANDS:
        return _wrong_state(comment, "withdraw")
    said = window_refusal(None, comment.round.closes_at, at, what="The comment period")
    return WrongState(f"{said} Your comment stays on record.") if said else None


def response_withdrawal_refusal(
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
    if response.status not in STANDS and not (replacing and response.status == Response.Status.REFUSED):
        return _wrong_state(response, "withdraw or replace")
    closes = petition.response_closes_at
    if petition.status != Status.POSTED or closes is None:
        return WrongState("Responses to this petition are closed. Your response stays on record.")
    if not periods_stand(petition.round) and not window_open(None, closes, at):
        return WrongState(f"Responses closed on {in_words(closes)}. Your response stays on record.")
    return None


def _wrong_state(submission: Submission, do: str) -> WrongState:
    said, noun = submission.get_status_display().lower(), submission.NOUN
    return WrongState(f"This {noun} is “{said}”. You can {do} only a {noun} that is filed or posted.")
