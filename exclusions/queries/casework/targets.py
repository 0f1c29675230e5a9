"""The targets in force, and what is over them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from exclusions.models import StageTarget
from exclusions.workflow.deadlines import eastern_date, end_of_day
from exclusions.workflow.states import Status
from exclusions.workflow.targets import DEFAULT_DAYS


def targets() -> dict[str, int]:
    """Return the days that a case should take in each status: what was set last, or the shipped ones. One statement."""
    shipped = {str(status): days for status, days in DEFAULT_DAYS.items()}
    return shipped | dict(StageTarget.objects.order_by("pk").values_list("of_status", "days"))


def over_target(at: datetime, known: Mapping[str, int], statuses: tuple[Status, ...]) -> Q:
    """Return the condition that a petition has been in its status for more days of New York than the target."""
    found = Q(pk__in=[])  # none, where no status has a target
    for status in statuses:
        if str(status) in known:
            last = eastern_date(at) - timedelta(days=known[str(status)] + 1)
            found |= Q(status=status, status_since__lte=end_of_day(last))
    return found
