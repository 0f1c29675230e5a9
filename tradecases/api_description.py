"""What the API says of itself in its schema and on its own page."""

from typing import Any

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Tradecases API",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Tariff exclusion petitions: rounds, tariff look-up, exclusions registry and public docket; "
    "with a token, what one watches oneself.\n\nA webhook is posted as Standard Webhooks (standardwebhooks.com) says: "
    "`webhook-id`, `webhook-timestamp`, and in `webhook-signature` HMAC-SHA256 by the secret of the watch.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # A link to itself within each button that opens an operation is met twice by a keyboard (WCAG 4.1.2).
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {"WatchKindEnum": "exclusions.models.answers.subscription.Subscription.Kind"},
    "APPEND_COMPONENTS": {"securitySchemes": {"bearerToken": {"type": "http", "scheme": "bearer"}}},
}
