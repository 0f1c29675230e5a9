"""What the author of a response does with it while the response period runs: withdraw it, or replace it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing import submissions
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.quarantine import bury_withdrawn
from exclusions.actions.record.transition import lock
from exclusions.models import Petition, Response, User
from exclusions.permissions.submissions import STANDS, response_withdrawal_refusal


def withdraw_response(
    response: Response, *, by: User | AnonymousUser | None, at: datetime, token: str = ""
) -> Response:
    """Withdraw a filed or posted response for its author, and return it; a posted one leaves a tombstone.

    `token` is that of the secret link, for an author without an account. Raises NotPermitted, and WrongState once the
    response period is over or when the response is no longer there to be withdrawn.
    """
    with transaction.atomic():
        petition = lock(response.petition)
        locked = Response.objects.select_for_update().get(pk=response.pk)
        locked.petition = petition
        linked = Response.objects.of_token(token) if token else None
        by_link = linked is not None and linked.pk == locked.pk
        refused = response_withdrawal_refusal(locked, by, at, by_link=by_link)
        if refused:
            raise refused
        _withdraw(locked, petition, by=by if isinstance(by, User) else None, at=at)
    return locked


def to_replace(petition: Petition, token: str, at: datetime) -> Response | None:
    """Return the response in whose place another is given, if its author may replace it now; None without a token."""
    if not token:
        return None
    found = Response.objects.of_token(token)
    known = found if found is not None and found.petition_id == petition.pk else None
    old = submissions.require_link(known, otherwise=", or respond again")
    refused = response_withdrawal_refusal(old, None, at, by_link=True, replacing=True)
    if refused:
        raise refused
    return old


def give_place(old: Response, petition: Petition, *, at: datetime) -> None:
    """Withdraw a response in whose place its author confirmed another; one that is gone already stays as it is.

    Call it in the transaction of the confirmation, with the petition's row locked.
    """
    locked = Response.objects.select_for_update().get(pk=old.pk)
    locked.petition = petition
    if locked.status in STANDS:
        _withdraw(locked, petition, by=None, at=at)


def _withdraw(response: Response, petition: Petition, *, by: User | None, at: datetime) -> None:
    posted = submissions.withdraw(response, at)
    number = response.reference or response.receipt
    record_event(petition_subject(petition), "withdraw_response", by=by, at=at, data={"response": number})
    if posted:
        bury_withdrawn(response, by=by, at=at)
        _tell(petition, response, petition.filed_by.email, "response_withdrawn", at)
    _tell(petition, response, response.email, "your_response_withdrawn", at)


def _tell(petition: Petition, response: Response, to: str, template: str, at: datetime) -> None:
    number = response.reference or response.receipt
    notify(
        to=to,
        template=template,
        subject=f"{petition.reference}: response {number} was withdrawn",
        context={
            "reference": petition.reference,
            "response": number,
            "url": page_address("docket-petition", petition.reference),
        },
        at=at,
    )
