"""Whether a comment on listed exclusions may be sent, or withdrawn by its author, at a moment."""

from datetime import datetime

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.facts.rounds import pause_refusal
from exclusions.models import Comment, Round, User
from exclusions.workflow.deadlines import window_refusal
from exclusions.workflow.roles import Role

STANDS = (Comment.Status.SUBMITTED, Comment.Status.POSTED)


def comment_refusal(round: Round, at: datetime) -> ActionRefused | None:
    """Return why no comment is taken in the round at the moment, or None."""
    if not round.lists_exclusions:
        return WrongState(f"{round.title} takes no comments on listed exclusions.")
    said = window_refusal(round.opens_at, round.closes_at, at, what="The comment period") or pause_refusal(round)
    return WrongState(said) if said else None


def withdrawal_refusal(comment: Comment, at: datetime) -> ActionRefused | None:
    """Return why its author may not withdraw a comment at the moment, or None: while comments are open."""
    if comment.status not in STANDS:
        said = comment.get_status_display().lower()
        return WrongState(f"This comment is “{said}”. You can withdraw only a comment that is filed or posted.")
    said = window_refusal(None, comment.round.closes_at, at, what="The comment period")
    return WrongState(f"{said} Your comment stays on record.") if said else None


def posting_refusal(by: User) -> ActionRefused | None:
    """Return why a person may not post or decline comments, or None."""
    return None if by.role == Role.INTAKE else NotPermitted("Only an intake clerk can post or decline comments.")
