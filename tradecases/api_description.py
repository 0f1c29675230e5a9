"""What the API says of itself in its schema and on its own page."""

from typing import Any

_TAGS = {
    "anchors": "Heads of the chain of events, to be kept elsewhere and compared",
    "cases": "The agency’s work on cases, with a token of its staff",
    "clusters": "Cases that are likely about one product, with a token of the staff",
    "deadlines": "What is due of one’s own petitions",
    "docket": "Public petitions, responses and decisions",
    "exclusions": "The registry of granted exclusions",
    "fit": "Whether an exclusion covers goods",
    "petitions": "One’s own petitions, with a token",
    "questionnaires": "The forms of the rounds",
    "refunds": "What entries may get back, and the last day to ask",
    "responses": "Replies to responses, with a token",
    "rounds": "Rounds and the exclusions that they list",
    "search": "One search over everything public",
    "subscriptions": "What one watches, and webhooks, with a token",
    "tariff": "Tariff numbers and what is owed on them",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Tradecases API",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Tariff exclusion petitions: rounds, tariff look-up, exclusions registry and public docket; "
    "with a token, what one watches oneself.\n\nA webhook is posted as Standard Webhooks (standardwebhooks.com) says: "
    "`webhook-id`, `webhook-timestamp`, and in `webhook-signature` HMAC-SHA256 by the secret of the watch.\n\n"
    "Every moment has the offset of New York. An amount of money is text with cents. The files /docket.json and "
    "/exclusions.json have the names of this API. Their former names `doc_type`, `response_closes_on`, "
    "`reply_closes_on`, `in_support` and `opposed` stand beside the new ones, and go with version 2, as do the fields "
    "that the schema calls deprecated.\n\n"
    "To follow the docket, ask for `updated_since` the last `updated_at` that you have. Send an `ETag` back in "
    "`If-None-Match` and nothing is sent twice (304). A success that everybody may read has the limit alone, in "
    "`RateLimit-Policy`, since a cache gives it to the next sender, too. Any other answer to a request that was "
    "counted, such as 404 or an answer to a token, has `RateLimit-Remaining`, the requests that you have left. The "
    "server itself refuses an address of more than 4,094 characters (414, without a problem body).",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
    "SERVERS": [{"url": "/", "description": "The site that served this"}],
    "TAGS": [{"name": name, "description": words} for name, words in _TAGS.items()],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "exclusions.api.described.examples.complete",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],  # the same for everybody, so that no cookie is read
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # A link to itself within each button that opens an operation is met twice by a keyboard (WCAG 4.1.2).
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "WatchKindEnum": "exclusions.models.subscription.Subscription.Kind",
        "SheetStateEnum": "exclusions.models.importer.bulk_sheet.BulkSheet.State",
        "RowStateEnum": "exclusions.queries.importer.bulk_certify.STANDS",
        "QuestionStateEnum": ["open", "answered", "taken_back", "lapsed"],
    },
    "APPEND_COMPONENTS": {"securitySchemes": {"bearerToken": {"type": "http", "scheme": "bearer"}}},
}
