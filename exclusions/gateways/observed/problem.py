"""What a program is told where no view of the API was reached (RFC 9457)."""

from collections.abc import Sequence

from django.http import JsonResponse

from exclusions.gateways.observed.request_ids import instance


def problem(status: int, title: str, sentence: str, errors: Sequence[dict[str, str]] = ()) -> JsonResponse:
    """Return a problem with the number of its request; `errors` as the API's own have them."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": sentence, "errors": list(errors)}
    return JsonResponse({**body, "instance": instance()}, status=status, content_type="application/problem+json")
