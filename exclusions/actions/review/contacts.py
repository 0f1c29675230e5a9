"""The log of talks and messages about a petition outside of the docket."""

from datetime import date, datetime

from exclusions.actions.review.case_entries import case_entry, require
from exclusions.errors import Incomplete
from exclusions.models import Contact, Petition, User
from exclusions.workflow.deadlines import eastern_date


def log_contact(petition: Petition, *, with_whom: str, summary: str, held_on: date, by: User, at: datetime) -> Contact:
    """Write down a talk or message about the petition outside the docket. Raises ActionRefused."""
    require(
        {
            "with_whom": (with_whom, "Say with whom the contact was."),
            "summary": (summary, "Say what was discussed."),
        }
    )
    if held_on > eastern_date(at):
        sentence = "The contact is dated in the future."
        raise Incomplete.beside("held_on", sentence)
    data, words = {"held_on": held_on.isoformat()}, {"with_whom": with_whom, "summary": summary}
    with case_entry(petition, "contact", by=by, at=at, data=data, words=words) as locked:
        return Contact.objects.create(
            petition=locked,
            with_whom=with_whom.strip(),
            summary=summary.strip(),
            held_on=held_on,
            logged_by=by,
            logged_at=at,
        )
