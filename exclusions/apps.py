"""The one Django app of the product."""

from typing import Any

import sentry_sdk
from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate

from exclusions.gateways.log_lines import cover_all, without_secrets
from exclusions.gateways.observed import lines, request_ids


def without_matter(event: Any, hint: Any = None) -> Any:
    """Return an error report without what may be confidential: messages, the request and the person; places stay.

    Addresses are named in other parts, too (that of a page which does not exist as the transaction): without secrets.
    The number of the request is a tag: by it the lines of the log are found.
    """
    for error in event.get("exception", {}).get("values", []):
        error["value"] = ""
    if number := request_ids.current():
        event["tags"] = {**event.get("tags", {}), "request_id": number}
    for part in ("request", "user", "extra", "logentry", "message", "breadcrumbs"):
        event.pop(part, None)
    return _cleaned(event)


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return without_secrets(part)
    if isinstance(part, dict):
        return {key: _cleaned(value) for key, value in part.items()}
    return [_cleaned(value) for value in part] if isinstance(part, list | tuple) else part


class ExclusionsConfig(AppConfig):
    """Sends error reports where they are wanted, and has the database's guards put back after each migrate."""

    name = "exclusions"
    verbose_name = "Tariff exclusions"

    def ready(self) -> None:
        """Send error reports where SENTRY_DSN says so, and listen for the end of a migrate.

        A report carries no request body, local variable or person: any of them may hold confidential matter.
        """
        if settings.SENTRY_DSN:
            sentry_sdk.init(
                dsn=settings.SENTRY_DSN,
                send_default_pii=False,
                include_local_variables=False,
                include_source_context=False,
                max_request_body_size="never",
                max_breadcrumbs=0,
                before_send=without_matter,
            )
        lines.configure()
        cover_all()  # also what a library had in place before the settings were read
        from exclusions.actions.record.after_migrate import after_migrate  # noqa: PLC0415  (models must be loaded first)
        from exclusions.gateways.database.serving import refuse_while_serving  # noqa: PLC0415  (as above)
        from exclusions.models.guards import before_migrate  # noqa: PLC0415  (models must be loaded first)

        # The only receivers of signals: no alteration of a table may lose what guards it, or be hindered by it.
        # Nothing is dropped before it is known that the migrate begins.
        pre_migrate.connect(refuse_while_serving, sender=self)
        pre_migrate.connect(before_migrate, sender=self)
        post_migrate.connect(after_migrate, sender=self)
