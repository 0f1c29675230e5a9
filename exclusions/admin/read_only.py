"""What the admin shows and never writes; and what it writes, on the record."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from exclusions.actions.record.administration import record_administration
from exclusions.models import User


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that nobody writes here: they come from actions and loaders, and what happened stays on the record."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from an action, or from a file that is loaded."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are changed by an action or by a corrected file, or never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened, and what the schedule said on a day, stays on the record."""
        return False


class Recorded:
    """Beside a ModelAdmin: each row that is added, changed or deleted leaves an event, which the auditor sees.

    The admin calls these in the transaction of the change; so does the revert of a history.
    """

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record a new row."""
        _record(request, obj, "add", message)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record a changed row, with the names of the fields."""
        _record(request, obj, "change", message)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: "QuerySet[Any]") -> Any:
        """Record rows that are about to be deleted."""
        for obj in queryset:
            _record(request, obj, "delete", ())
        return super().log_deletions(request, queryset)  # type: ignore[misc]


def _record(request: HttpRequest, obj: Model, kind: str, message: Any) -> None:
    assert isinstance(request.user, User)
    noun = str(obj._meta.model_name)
    record_administration(noun, obj.pk, kind, by=request.user, at=timezone.now(), fields=list(_fields(message)))


def _fields(message: Any) -> Iterable[str]:
    """Return the names of fields in the admin's message of a change, those of inline rows with their kind."""
    for part in message if isinstance(message, list) else []:
        for told in part.values():
            yield from (
                f"{told.get('name', '')} {field}".strip() for field in told.get("fields", [told.get("name", "")])
            )
