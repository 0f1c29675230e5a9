"""The one place where a page reads the clock."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone


class TimedRequest(HttpRequest):
    """A request for which the clock was read."""

    moment: datetime


def moment(request: HttpRequest) -> datetime:
    """Return the moment of a request: the clock is read at the first asking, and everything in it happens then."""
    timed = cast("TimedRequest", request)
    if not hasattr(timed, "moment"):
        timed.moment = timezone.now()
    return timed.moment
