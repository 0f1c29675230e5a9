"""The wait of a petition beside what is usual, for `_components/wait.html`."""

from datetime import date, datetime
from typing import Any

from django import template

from exclusions.queries.lookup.usual_wait import Wait
from exclusions.queries.lookup.usual_wait import usual_wait as find
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import CLOSED, DECIDED

register = template.Library()


@register.simple_tag
def usual_wait(docket: str, posted_on: date | None, decided_on: date | None, now: datetime) -> Wait | None:
    """Return how long a petition has waited beside its docket, or None where too few decisions are known."""
    return find(docket, posted_on, decided_on, now)


@register.simple_tag
def own_wait(petition: Any, now: datetime) -> Wait | None:
    """Return the same of a petition as its owners see it, while it waits; None before it is posted and afterwards."""
    if petition.posted_at is None or petition.status in DECIDED | CLOSED:
        return None
    return find(petition.round.docket, eastern_date(petition.posted_at), None, now)
