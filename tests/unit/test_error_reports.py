"""What an error report carries: where it happened, and nothing of anybody's matter."""

import json
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

from exclusions.apps import without_matter

SENT: list[str] = []


class Kept(Transport):
    """Keeps what would be sent."""

    def capture_envelope(self, envelope: Any) -> None:
        SENT.extend(json.dumps(item.payload.json) for item in envelope.items if item.payload.json)


def test_a_report_holds_the_place_and_no_value() -> None:
    with sentry_sdk.new_scope() as scope:
        scope.set_client(
            sentry_sdk.Client(
                dsn="http://key@127.0.0.1:9/1",
                transport=Kept,
                include_local_variables=False,
                include_source_context=False,
                max_breadcrumbs=0,
                default_integrations=False,
                before_send=without_matter,
            )
        )
        secret = "Hidden Supplier Works 7071234"
        scope.set_user({"email": "wanda.whisper@example.test"})
        scope.set_extra("answers", secret)
        try:
            raise ValueError(f"could not save {secret}")
        except ValueError:
            scope.capture_exception()

    [report] = SENT
    assert "ValueError" in report
    assert "test_error_reports" in report
    for words in ("Hidden Supplier", "7071234", "wanda.whisper"):
        assert words not in report
