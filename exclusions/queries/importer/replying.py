"""A response as the requester who replies to it needs it."""

from exclusions.models import Response


def response_to_reply_to(reference: str, response: str) -> Response | None:
    """Return the response of that number to that petition, with petition, round and requester, or None; one statement.

    Whoever asks judges by `reply_refusal` whether it may be replied to, and by whom.
    """
    rows = Response.objects.select_related("petition__round", "petition__organization")
    return rows.filter(reference=response, petition__reference=reference).order_by("pk").first()
