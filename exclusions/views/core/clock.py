"""The one place where a page reads the clock."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def moment(request: HttpRequest) -> datetime:
    """Return the moment of a request: the clock is read at the first asking, and everything in it happens then."""
    kept: dict[str, datetime] = request.__dict__
    if "moment" not in kept:
        kept["moment"] = timezone.now()
    return kept["moment"]
