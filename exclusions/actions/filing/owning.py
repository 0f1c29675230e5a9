"""Whose a petition is: asked under its lock by each action of its owners."""

from datetime import datetime

from exclusions.errors import NotPermitted
from exclusions.models import Petition, User
from exclusions.permissions import Standing, lapse_refusal, standing_of
from exclusions.workflow.roles import OWNERS


def must_own(petition: Petition, by: User, at: datetime) -> Standing:
    """Return the person's standing; NotPermitted unless it is the requester's, or of a firm authorized on that day."""
    standing = standing_of(by, petition, at)
    if not standing.roles & OWNERS:
        other = "Only the requester, or the firm it authorized, may change this petition."
        raise NotPermitted(lapse_refusal(by, petition, at) or other)
    return standing
