"""Errors of the API as RFC 9457 problem details."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import exception_handler as standardized
from drf_standardized_errors.types import ErrorResponse
from rest_framework import serializers, status
from rest_framework.response import Response

from exclusions.errors import ActionRefused, Conflict, NotPermitted, WrongState

TITLES = {
    400: "The request is not valid",
    401: "Sign in or send a token",
    403: "Not permitted",
    404: "Not found",
    405: "This method is not offered here",
    406: "This format is not offered here",
    409: "The state does not allow this",
    415: "This content type is not accepted",
    422: "Something is missing or wrong",
    429: "Too many requests",
}


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """The body of every error."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(child=serializers.CharField())
    )


def problem(code: int, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return a problem body for a status code; `errors` are {field, code, message}."""
    return {
        "type": "about:blank",
        "title": TITLES.get(code, "Error"),
        "status": code,
        "detail": detail,
        "errors": errors or [],
    }


class ProblemFormatter(ExceptionFormatter):
    """Writes the flattened errors of the library as a problem body."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """Return the body for one response."""
        errors = [{"field": e.attr or "", "code": e.code, "message": str(e.detail)} for e in error_response.errors]
        code = self.exc.status_code
        return problem(code, " ".join(e["message"] for e in errors), errors)


def _refused(refusal: ActionRefused) -> Response:
    code: int = status.HTTP_422_UNPROCESSABLE_ENTITY
    if isinstance(refusal, NotPermitted):
        code = status.HTTP_403_FORBIDDEN
    elif isinstance(refusal, WrongState | Conflict):
        code = status.HTTP_409_CONFLICT
    errors = [
        {"field": field, "code": "refused", "message": sentence}
        for field, sentences in refusal.fields.items()
        for sentence in sentences
    ]
    errors = errors or [{"field": "", "code": "refused", "message": reason} for reason in refusal.reasons]
    return Response(problem(code, str(refusal), errors), status=code)


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn any exception that the API knows into a problem response; None lets the server error through."""
    response = _refused(exc) if isinstance(exc, ActionRefused) else standardized(exc, context)  # type: ignore[arg-type]
    if response is not None and isinstance(response, Response):
        response.content_type = "application/problem+json"
    return response


def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an API address that does not exist with a problem body instead of a web page."""
    body = problem(404, "There is nothing at this address. The schema at /api/v1/schema/ lists what there is.")
    return JsonResponse(body, status=404, content_type="application/problem+json")
