"""How counsel and the signatory confirm that a case departs from what was decided of a like one."""

from datetime import datetime

from exclusions.actions.record.many.batch import Batch
from exclusions.actions.review.case_entries import case_entry
from exclusions.errors import Conflict, Incomplete
from exclusions.models import Petition, User
from exclusions.permissions.conclusions import latest
from exclusions.permissions.likes.departing import CONFIRMED, note_confirmed

NOT_AGREED = "Tick that you confirm the departure. Or have another level 2 reviewer compare the case again."


def confirm_departure(
    petition: Petition, *, agreed: bool, review: int | None, by: User, at: datetime, batch: Batch | None = None
) -> None:
    """Put on record that a person confirms the departures of the last comparison; the event keeps who did, and when.

    `review` is the key of the comparison that the person saw, `agreed` that they said so. Raises NotPermitted,
    WrongState, Conflict where the case was compared again since, Incomplete.
    """
    data: dict[str, object] = {}
    with case_entry(petition, CONFIRMED, by=by, at=at, data=data, words={}, batch=batch) as locked:
        last = latest(locked.consistency_reviews.all())
        assert last is not None  # its gate
        if last.pk != review:
            raise Conflict("The case was compared again after you opened this page. Read what it departs from now.")
        if not agreed:
            raise Incomplete.beside("agreed", NOT_AGREED)
        data["review"] = last.pk
        note_confirmed(locked, by, last)
