"""The deadlines of a petition that its owners may put into a calendar."""

from collections.abc import Iterable
from datetime import datetime

from exclusions.models import Petition, Response
from exclusions.workflow.states import Status


def deadlines(petition: Petition, at: datetime, to_reply: Iterable[Response]) -> list[tuple[str, datetime, str]]:
    """Return what ends when, of what is still to come: (kind, moment, the response to reply to or ""), the
    first on top.

    The kinds are those of `actions.record.addresses`; `to_reply` are the responses to which the requester may
    reply now.
    """
    found: list[tuple[str, datetime | None, str]] = []
    if petition.status == Status.DRAFT:
        found.append(("window", petition.round.closes_at, ""))
    if petition.status == Status.RETURNED:
        found.append(("cure", petition.cure_closes_at, ""))
    if petition.status == Status.POSTED:
        found.append(("respond", petition.response_closes_at, ""))
    found += [("reply", response.reply_closes_at, str(response.reference)) for response in to_reply]
    ahead = {(kind, moment, of) for kind, moment, of in found if moment is not None and moment >= at}
    return sorted(ahead, key=lambda one: (one[1], one[0], one[2]))
