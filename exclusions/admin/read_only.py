"""What the admin shows and never writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


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
