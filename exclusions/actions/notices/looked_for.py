"""Record that the Federal Register was searched for notices on exclusions and rates, and had nothing new."""

from datetime import date, datetime

from django.db import transaction

from exclusions.actions.record.events import record_event
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted
from exclusions.facts.on_file import notices_until
from exclusions.models import LookedForNotices, User
from exclusions.permissions.notices.looked_for import SEARCHERS
from exclusions.workflow.deadlines import eastern_date

SUBJECT = "notices:searched"


def record_search(*, until: date, by: User, at: datetime) -> LookedForNotices:
    """Record the last day (New York's) whose notices were searched, and return the row; pages name that day.

    Raises NotPermitted, and Incomplete for a day that is to come or that is on record already.
    """
    if by.role not in SEARCHERS:
        raise NotPermitted("The publisher and the administrator record a search for notices.")
    with transaction.atomic():
        known = notices_until()
        if until > eastern_date(at):
            raise Incomplete.beside(
                "until", f"{in_full(until)} is in the future. Enter the last day whose notices you searched."
            )
        if until <= known:
            raise Incomplete.beside(
                "until", f"A search through {in_full(known)} is on record already. Enter a later day."
            )
        made = LookedForNotices.objects.create(until=until, looked_at=at)
        record_event(SUBJECT, "search_notices", by=by, at=at, data={"until": until.isoformat()})
    return made
