"""Mail about petitions joined once a day, for who wants it so: nothing with a deadline waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify
from exclusions.errors import NotPermitted
from exclusions.models import MailChoice, Notification, User
from exclusions.queries.record.mail_due import joined_until
from exclusions.workflow.joined_mail import last_morning

LISTED: Final = 200  # messages that one names; the list of petitions has the rest


def choose(user: User, *, joined: bool, by: User, at: datetime) -> MailChoice:
    """Keep whether a person's mail about petitions is joined once a day; return it. What waits goes at once if not.

    Raises NotPermitted for another person's, and for staff, who choose other mail.
    """
    if by.pk != user.pk or user.role:
        raise NotPermitted("Each person who files chooses how their own mail comes.")
    chosen, _ = MailChoice.objects.update_or_create(user=user, defaults={"joined": joined, "changed_at": at})
    return chosen


def send_joined_mail(*, at: datetime) -> list[str]:
    """Write one message for each person whose mail waited for this morning (seven in New York); return to whom.

    The messages that waited count as sent with it, in the same transaction. A second run finds none.
    """
    waiting = joined_until(last_morning(at))
    addresses = list(waiting.order_by("to").values_list("to", flat=True).distinct())
    return [address for address in addresses if _join(address, at)]


def _join(address: str, at: datetime) -> bool:
    with transaction.atomic():
        waiting = joined_until(last_morning(at)).filter(to=address).order_by("created_at", "pk")
        messages = list(waiting.select_for_update(of=("self",)))
        if not messages:  # another run was here
            return False
        notify(
            to=address,
            template="joined_mail",
            subject=f"Your petitions: {len(messages)} message{'' if len(messages) == 1 else 's'}",
            context=_context(messages),
            at=at,
        )
        Notification.objects.filter(pk__in=[one.pk for one in messages]).update(sent_at=at)
    return True


def _context(messages: Sequence[Notification]) -> dict[str, Any]:
    return {
        "messages": [{"subject": one.subject, "url": one.context.get("url", "")} for one in messages[:LISTED]],
        "more": max(0, len(messages) - LISTED),
        "url": page_address("petitions"),
        "settings": page_address("mail-settings"),
    }
