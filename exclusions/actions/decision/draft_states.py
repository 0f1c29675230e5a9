"""The one writer of a notice draft's status."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exclusions.actions.record.events import record_event
from exclusions.errors import NotPermitted, WrongState
from exclusions.models import NoticeDraft, User
from exclusions.workflow.roles import Role

Status = NoticeDraft.Status
# From which states each is entered, and the sentence for every other.
SOURCES = {
    Status.DRAFTED: (Status.SENT, Status.PUBLISHED),
    Status.SENT: (Status.DRAFTED,),
    Status.PUBLISHED: (Status.SENT,),
    Status.DROPPED: (Status.DRAFTED, Status.SENT),
}
EVENTS = {
    Status.DRAFTED: "reopen_draft",
    Status.SENT: "send_draft",
    Status.PUBLISHED: "publish_draft",
    Status.DROPPED: "drop_draft",
}


def draft_subject(draft: NoticeDraft) -> str:
    """Return the name of a draft's event chain."""
    return f"notice_draft:{draft.pk}"


def lock_draft(draft: NoticeDraft, *statuses: str, by: User) -> NoticeDraft:
    """Return the draft, locked. Raises NotPermitted for all but publishers, WrongState for a draft in another state."""
    if by.role != Role.PUBLISHER:
        raise NotPermitted("Only the publisher of notices drafts notices.")
    locked = NoticeDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if statuses and locked.status not in statuses:
        wanted = " or ".join(Status(status).label.lower() for status in statuses)
        raise WrongState(
            f"This notice is {locked.get_status_display().lower()}. You can do that only while it is {wanted}."
        )
    return locked


def enter_status(draft: NoticeDraft, status: str, *, by: User, at: datetime) -> NoticeDraft:
    """Enter a status of a locked draft, save it with what was set on it, and record the event; raises WrongState."""
    before = draft.status
    if before not in SOURCES[Status(status)]:
        raise WrongState(f"A notice that is {draft.get_status_display().lower()} does not become {status}.")
    draft.status = status
    draft.save()
    data: Mapping[str, Any] = {"items": draft.items.count()}
    kind = EVENTS[Status(status)]
    record_event(draft_subject(draft), kind, by=by, at=at, from_status=before, to_status=status, data=data)
    return draft
