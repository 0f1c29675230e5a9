"""What the author of a response and the requester are mailed of it."""

from datetime import datetime
from typing import Any

from exclusions.actions.record.addresses import in_calendar, page_address
from exclusions.actions.record.events import notify
from exclusions.facts.forms import response_form
from exclusions.models import Petition, Response
from exclusions.workflow.deadlines import in_words, window_open
from exclusions.workflow.states import Status


def open_until(petition: Petition, at: datetime) -> str:
    """Return until when responses are open, in words; "" once they are not."""
    closes = petition.response_closes_at
    return in_words(closes) if closes and petition.status == Status.POSTED and window_open(None, closes, at) else ""


def send_receipt(response: Response, token: str, at: datetime) -> None:
    """Mail the author the number and the text as it was sent, without what is confidential."""
    petition = response.petition
    printed = response_form(petition.round).printed(response.answers, public_only=True)
    notify(
        to=response.email,
        template="response_receipt",
        subject=f"Your response {response.receipt} is filed",
        context={
            "reference": petition.reference,
            "number": response.receipt,
            "sent": in_words(response.created_at),
            "until": open_until(petition, at),
            "lines": [{"label": row.label, "value": row.value} for row in printed],
            "url": page_address("docket-respond-confirm", petition.reference, token),
        },
        at=at,
    )


def tell_of_posting(petition: Petition, response: Response, at: datetime, *, tells_author: bool) -> None:
    """Mail the requester that it is his move, and the author that the response is public."""
    context = {
        "reference": petition.reference,
        "response": response.reference,
        "position": response.get_position_display(),
        "reply_until": in_words(response.reply_closes_at) if response.reply_closes_at else "",
        "url": page_address("docket-petition", petition.reference),
    }
    title = f"{petition.reference}: a response was posted"
    answer = page_address("docket-reply", petition.reference, response.reference) if response.reply_closes_at else ""
    told: dict[str, Any] = {**context, "reply": answer}
    if response.reply_closes_at:
        told["calendar"] = [in_calendar(petition, "reply", response.reply_closes_at, of=str(response.reference))]
    notify(to=petition.filed_by.email, template="response_posted", subject=title, context=told, at=at)
    if not tells_author:
        return
    # The secret link is not known here: only its digest is kept. An account has an address of its own.
    own = page_address("docket-response-take-down", petition.reference, response.reference) if response.user_id else ""
    context = {**context, "take_down": own}
    notify(to=response.email, template="your_response_posted", subject=title, context=context, at=at)


def tell_of_refusal(response: Response, petition: Petition, reason: str, at: datetime) -> None:
    """Mail the author that intake did not post the response, and why."""
    notify(
        to=response.email,
        template="response_refused",
        subject=f"{petition.reference}: your response was not posted",
        context={"reference": petition.reference, "reason": reason, "until": open_until(petition, at)},
        at=at,
    )
