"""How the REST framework serves the API."""

from typing import Any

from tradecases.environment import whole_number


def rest_framework(*, proxies: int) -> dict[str, Any]:
    """Return the framework's settings; the sender is whom the outermost of `proxies` of ours names.

    `TOKEN_REQUESTS` of the environment says how many requests a token may make in a minute.
    """
    of_a_token = whole_number("TOKEN_REQUESTS", default=1200, least=10, most=100_000)
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": ["exclusions.api.output.QuickJSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["exclusions.api.bounds.BoundedJSONParser"],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "EXCEPTION_HANDLER": "exclusions.api.problems.exception_handler",
        "DEFAULT_THROTTLE_CLASSES": [
            "rest_framework.throttling.AnonRateThrottle",
            "rest_framework.throttling.UserRateThrottle",
        ],
        # Without a proxy of ours in front, an X-Forwarded-For header is the sender's own invention.
        "NUM_PROXIES": proxies,
        # "anon" holds for the files and feeds of everybody, too.
        "DEFAULT_THROTTLE_RATES": {
            "anon": "600/min",
            "user": "1200/min",
            "refunds": "60/min",
            "responses": "20/hour",
            "token": f"{of_a_token}/min",
        },
    }
