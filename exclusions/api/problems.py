"""Errors of the API as RFC 9457 problem details."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import exception_handler as standardized
from drf_standardized_errors.types import ErrorResponse, ExceptionHandlerContext
from rest_framework import serializers
from rest_framework.exceptions import APIException
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
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
TITLES = {
    400: "The request is not valid",
    401: "Sign in or send a token",
    403: "Not permitted",
    404: "Not found",
    405: "This method is not offered here",
    406: "This format is not offered here",
    409: "The state does not allow this",
    410: "Taken down",
    412: "Changed meanwhile",
    413: "Too large",
    415: "This content type is not accepted",
    422: "Something is missing or wrong",
    428: "Say what you change",
    429: "Too many requests",
    503: "Not available now",
}


class ErrorOutput(Output[dict[str, Any]]):
    """One thing that is wrong, with the parameter or answer that it is about; none: the request as a whole."""

    field = serializers.CharField()
    pointer = serializers.CharField(help_text="JSON pointer (RFC 6901) to it in the body that was sent, or empty")
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
    """Return a problem body for a status code; `errors` are {field, pointer, code, message}."""
    return {
        "type": "about:blank",
        "title": TITLES.get(code, "Error"),
        "status": code,
        "detail": detail,
        "instance": instance(),
        "errors": [{"pointer": "", **error} for error in errors or ()],
    }


class ProblemFormatter(ExceptionFormatter):
    """Writes the flattened errors of the library as a problem body."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """Return the body for one response."""
        errors = [
            {"field": e.attr or "", "pointer": self._pointer(e.attr or ""), "code": e.code, "message": str(e.detail)}
            for e in error_response.errors
        ]
        code = self.exc.status_code
        return problem(code, " ".join(e["message"] for e in errors), errors)

    def _pointer(self, field: str) -> str:
        """Return where a field stands in the body; "" of a parameter, and of a body that could not be read."""
        request, names = self.context.get("request"), field.split(".")
        if not field or request is None or request.method not in WITH_BODY:
            return ""
        try:
            sent = request.data
        except APIException:
            return ""
        return pointer_to(*names) if names[0] not in request.query_params and isinstance(sent, Mapping) else ""


def pointer_to(*names: str) -> str:
    """Return the JSON pointer to a place in a body, from its outermost name to its innermost (RFC 6901)."""
    return "".join(f"/{name.replace('~', '~0').replace('/', '~1')}" for name in names)


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
        view = context.get("view")
        body = _refused(exc, getattr(view, "refused_at", ()))
        body["errors"] += _asked(exc, getattr(view, "stated_at", ""))
        return _answer(body)
    response: Response | None = standardized(exc, context)
    if response is None:
        return None
    return _answer(response.data, {name: text for name, text in response.headers.items() if name != "Content-Type"})


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> JsonResponse:
    return JsonResponse(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _refused(refusal: ActionRefused, place: Sequence[str] | None) -> dict[str, Any]:
    """Return the body for a refusal; `place` are the names below which its fields stand in what is sent, None: they do
    not.
    """
    named = place is not None
    errors = [
        {
            "field": field,
            "pointer": pointer_to(*(place or ()), field) if field and named else "",
            "code": "refused",
            "message": sentence,
        }
        for field, sentences in {"": refusal.reasons, **refusal.fields}.items()
        for sentence in sentences
    ]
    return problem(refusal.status, str(refusal), errors)


def _asked(refusal: ActionRefused, place: str) -> list[dict[str, str]]:
    """Return what the sender may state of their own values, its code to be sent back under `place`; "": nothing."""
    asked: Mapping[str, str] = getattr(refusal, "asked", {}) if place else {}
    return [
        {"field": place, "pointer": pointer_to(place), "code": statement, "message": sentence}
        for statement, sentence in asked.items()
    ]


@csrf_exempt
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an API address that does not exist with a problem body instead of a web page."""
    return _answer(problem(404, "There is nothing at this address. The schema at /api/v1/schema/ lists every address."))
