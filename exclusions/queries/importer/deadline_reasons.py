"""Why each deadline of a petition stands where it stands, as its owners and the staff read it."""

from exclusions.models import Cure, Petition, Response
from exclusions.queries.public.deadline_reasons import cure_reason, reply_reason, response_reason, window_reason
from exclusions.queries.public.round_facts import orders_of
from exclusions.workflow.states import Status


def reasons_of(petition: Petition) -> dict[str, str]:
    """Return the reasons by kind of deadline: window, respond, reply, cure; "" where none is known.

    Two statements at most.
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
    ends = petition.reply_closes_at
    if ends is not None:
        response = Response.objects.filter(petition=petition, reply_closes_at=ends).order_by("posted_at", "pk").first()
        if response is not None and response.posted_at is not None:
            found["reply"] = reply_reason(round_, posted, response.posted_at, ends, orders)
    return found
