"""The wait of a petition beside what is usual, for `_components/wait.html`."""

from datetime import date, datetime

from django import template

from exclusions.queries.answers.usual_wait import Wait
from exclusions.queries.answers.usual_wait import usual_wait as find

register = template.Library()


@register.simple_tag
def usual_wait(docket: str, posted_on: date | None, decided_on: date | None, now: datetime) -> Wait | None:
    """Return how long a petition has waited beside its docket, or None where too few decisions are known."""
    return find(docket, posted_on, decided_on, now)
