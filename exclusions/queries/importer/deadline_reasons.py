"""Why each deadline of a petition stands where it stands, as its owners and the staff read it."""

from collections.abc import Iterable

from exclusions.models import Cure, Petition, Response
from exclusions.queries.public.deadline_reasons import cure_reason, reply_reason, response_reason, window_reason
from exclusions.queries.public.round_facts import orders_of
from exclusions.workflow.states import Status


def reasons_of(petition: Petition, to_reply: Iterable[Response] = ()) -> dict[str, str]:
    """Return the reasons by kind of deadline (window, respond, cure; reply is the last period of all) and, of each
    response in `to_reply`, by its reference; "" where none is known.

    The orders are asked once; the response of the last period only where it is not among `to_reply`.
    """
    round_ = petition.round
    if petition.status == Status.DRAFT:
        return {"window": window_reason(round_, orders_of(round_))}
    if petition.status == Status.RETURNED:
        cure = Cure.objects.filter(petition=petition).order_by("-number").first()
        if cure is None:
            return {}
        orders = orders_of(round_)
        return {"cure": cure_reason(round_, cure.returned_at, cure.closes_at, petition.cure_closes_at, orders)}
    if petition.posted_at is None or petition.response_closes_at is None:
        return {}
    orders, posted = orders_of(round_), petition.posted_at
    found = {"respond": response_reason(round_, posted, petition.response_closes_at, orders)}
    periods = [(str(response.reference), response) for response in to_reply]
    last = _last_period(petition, [response for _, response in periods])
    for key, response in [*periods, *([("reply", last)] if last else [])]:
        if response.posted_at is not None:
            found[key] = reply_reason(round_, posted, response.posted_at, response.reply_closes_at, orders)
    return found


def _last_period(petition: Petition, known: Iterable[Response]) -> Response | None:
    """Return the response whose period to reply ends last, from those known or by asking."""
    ends = petition.reply_closes_at
    if ends is None:
        return None
    among = next((response for response in known if response.reply_closes_at == ends), None)
    return among or (
        Response.objects.filter(petition=petition, reply_closes_at=ends).order_by("posted_at", "pk").first()
    )
