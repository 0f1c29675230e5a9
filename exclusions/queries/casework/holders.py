"""Who has a case now: who holds the seat of the status in which it stands.

An assignment outlives the status: who worked a case at level 2 has it again when it comes back, and not while another
compares it. `permissions.standing.holder` says the same of one case that was read.
"""

from django.db.models import Q, QuerySet

from exclusions.models import Assignment
from exclusions.workflow.seats import SEATS


def _of_the_status() -> Q:
    """Return the condition that an assignment is to the seat of its case's status."""
    found = Q()
    for place in dict.fromkeys(SEATS.values()):
        statuses = [status for status, seat in SEATS.items() if seat == place]
        found |= Q(role=place, petition__status__in=statuses)
    return found


_STANDING = Assignment.objects.filter(_of_the_status(), ended_at__isnull=True)


def holders() -> "QuerySet[Assignment]":
    """Return the assignments of those who have a case now, one a case at most."""
    return _STANDING.all()
