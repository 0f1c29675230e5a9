"""What an administrator writes in Django admin, on the record."""

from collections.abc import Sequence
from datetime import datetime

from exclusions.actions.record.events import record_event
from exclusions.models import Event, User


def record_administration(
    noun: str, key: object, kind: str, *, by: User, at: datetime, fields: Sequence[str] = ()
) -> Event:
    """Record that a row was added, changed or deleted, with the names of the fields; never with what they hold.

    Call it in the transaction of the change, whose lock on the row orders the chain.
    """
    return record_event(f"{noun}:{key}"[:60], f"admin_{kind}", by=by, at=at, data={"fields": list(fields)})
