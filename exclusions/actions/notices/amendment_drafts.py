"""How an amendment that two persons agreed to comes into the draft of a notice."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.notices.amendments import lock_waiting
from exclusions.actions.notices.drafting import DraftRow, draft_rows
from exclusions.errors import WrongState
from exclusions.models import Amendment, NoticeDraft, NoticeItem, User
from exclusions.queries.notices.amendments import places_of


def draft_amendment(amendment: Amendment, *, by: User, at: datetime, draft: NoticeDraft | None = None) -> NoticeDraft:
    """Put an amendment that waits for its notice into the draft of one, a new one where none is given; return that.

    One item for each heading under which the exclusion stands. Raises NotPermitted, WrongState.
    """
    with transaction.atomic():
        locked = lock_waiting(amendment, by)
        newest = {term.heading: term for term in places_of(locked)}
        rows = [
            DraftRow(
                kind=NoticeItem.Kind.AMENDMENT,
                exclusion=locked.exclusion,
                heading=heading,
                note=term.note,
                text=locked.text,
                term=term,
                number=term.seq,
                starts_on=locked.applies_from,
                text_before=locked.amends.text,
                reason=locked.reason,
            )
            for heading, term in newest.items()
        ]
        if not rows:
            raise WrongState(f"{locked.exclusion.reference} has no heading yet. Publish its grant first.")
        return draft_rows(rows, by=by, at=at, draft=draft)
