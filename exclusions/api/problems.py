"""Errors of the API as RFC 9457 problem details."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import exception_handler as standardized
from drf_standardized_errors.types import ErrorResponse, ExceptionHandlerContext
from rest_framework import serializers
from rest_framework.response import Response

from exclusions.api.output import Output
from exclusions.errors import ActionRefused
from exclusions.gateways.observed.refusals import tell
from exclusions.gateways.observed.request_ids import instance
from exclusions.gateways.outages.trouble import is_trouble

TOO_LARGE = (
    f"The body holds more than {(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1_000_000} MB. Divide it, and send the "
    "parts one by one."
)
MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request is not valid",
    401: "Sign in or send a token",
    403: "Not permitted",
    404: "Not found",
    405: "This method is not offered here",
    406: "This format is not offered here",
    409: "The state does not allow this",
    410: "Taken down",
    413: "Too large",
    415: "This content type is not accepted",
    422: "Something is missing or wrong",
    429: "Too many requests",
}


class ErrorOutput(Output[dict[str, Any]]):
    """One thing that is wrong, with the parameter or answer that it is about; none: the request as a whole."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemOutput(Output[dict[str, Any]]):
    """The body of every error (RFC 9457)."""

    type = serializers.CharField(help_text="always about:blank: the status says what kind of problem it is")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="what is wrong and how to fix it, in sentences")
    instance = serializers.CharField(  # type: ignore[assignment]  # a serializer\'s own is another thing
        help_text="the number of the request: give it when you ask us about this"
    )
    errors = ErrorOutput(many=True)  # type: ignore[assignment]  # a serializer's own errors are another thing


def problem(code: int, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return a problem body for a status code; `errors` are {field, code, message}."""
    return {
        "type": "about:blank",
        "title": TITLES.get(code, "Error"),
        "status": code,
        "detail": detail,
        "instance": instance(),
        "errors": errors or [],
    }


class ProblemFormatter(ExceptionFormatter):
    """Writes the flattened errors of the library as a problem body."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """Return the body for one response."""
        errors = [{"field": e.attr or "", "code": e.code, "message": str(e.detail)} for e in error_response.errors]
        code = self.exc.status_code
        return problem(code, " ".join(e["message"] for e in errors), errors)


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> JsonResponse | None:
    """Turn an exception into a problem, in JSON whatever the view's own format is.

    An action's refusal is answered with its own status and sentences, the very ones that a page shows. In DEBUG an
    unforeseen exception gives None, so that its page is shown; so does trouble with the database, which is answered
    where that of every page is (views/core/unavailable.py).
    """
    if is_trouble(exc):
        return None
    if isinstance(exc, RequestDataTooBig):
        return _answer(problem(413, TOO_LARGE))
    if isinstance(exc, ActionRefused):
        tell(exc)
        return _answer(_refused(exc))
    response: Response | None = standardized(exc, context)
    if response is None:
        return None
    return _answer(response.data, {name: text for name, text in response.headers.items() if name != "Content-Type"})


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> JsonResponse:
    return JsonResponse(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _refused(refusal: ActionRefused) -> dict[str, Any]:
    errors = [
        {"field": field, "code": "refused", "message": sentence}
        for field, sentences in {"": refusal.reasons, **refusal.fields}.items()
        for sentence in sentences
    ]
    return problem(refusal.status, str(refusal), errors)


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an API address that does not exist with a problem body instead of a web page."""
    return _answer(problem(404, "There is nothing at this address. The schema at /api/v1/schema/ lists every address."))
