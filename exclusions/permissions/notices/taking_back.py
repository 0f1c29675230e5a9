"""May a notice be taken back? Until the end of the day of its entry, in New York, and never once it is in ACE."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.days import in_full
from exclusions.models import FederalNotice, Petition, Proposal, User
from exclusions.workflow.deadlines import eastern_date


def undo_faults(notice: FederalNotice | None, at: datetime) -> list[str]:
    """Return the sentences that stand in the way of taking a notice back at a moment; empty: nothing does."""
    if notice is None:
        return ["This case has no notice that you could take back."]
    today, entered = eastern_date(at), eastern_date(notice.entered_at)
    if notice.undone_at:
        return [f"This notice was taken back already, on {in_full(eastern_date(notice.undone_at))}."]
    if notice.in_ace_on and notice.in_ace_on <= today:
        return [f"ACE accepts the heading since {in_full(notice.in_ace_on)}. Only a later notice can change it."]
    if entered != today:
        until = f"The notice was entered on {in_full(entered)} and could be taken back until the end of that day"
        return [f"{until} in New York. Only a later notice can change it."]
    return []


def notice_of(petition: Petition) -> FederalNotice | None:
    """Return the notice under which a petition was published last, or None."""
    found = FederalNotice.objects.filter(cases__petition=petition).select_related("action")
    return found.order_by("-entered_at", "-pk").first()


def notice_undone_by_two(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """The notice can be taken back, and this very moment a second person confirmed what a first one proposed."""
    notice = notice_of(petition)
    found = undo_faults(notice, at)
    if found or notice is None or data is None:
        return found
    key = data.get("proposal")
    confirmed = Proposal.objects.filter(
        pk=key if isinstance(key, int) else 0,
        act="undo_notice",
        subject=f"notice:{notice.pk}",
        outcome=Proposal.Outcome.CONFIRMED,
        settled_by=user.pk if isinstance(user, User) else 0,
        settled_at=at,
    )
    return [] if confirmed.exists() else ["It takes two people to take back a notice. Propose it on the notice’s page."]
