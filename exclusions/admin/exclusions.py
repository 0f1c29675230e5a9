"""Exclusions in the admin: their wordings, numbers and terms, corrected by hand with their history."""

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from exclusions.admin.read_only import Recorded
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText


class TextInline(admin.StackedInline):  # type: ignore[type-arg]
    """The wordings of an exclusion."""

    model = ExclusionText
    extra = 0
    ordering = ("version",)
    show_change_link = True


class TermInline(admin.TabularInline):  # type: ignore[type-arg]
    """The terms of an exclusion; an empty first day means that it is not known."""

    model = ExclusionTerm
    extra = 0
    ordering = ("valid_from", "heading")
    fields = ("heading", "note", "item", "status", "valid_from", "valid_to", "authority", "published_on", "dates_from")


class NumberInline(admin.TabularInline):  # type: ignore[type-arg]
    """The statistical numbers that a wording names."""

    model = ExclusionNumber
    extra = 0
    ordering = ("number",)


@admin.register(Exclusion)
class ExclusionAdmin(Recorded, SimpleHistoryAdmin):
    """A product freed from one action's duty. Decisions add exclusions through their own action, never here."""

    list_display = ("reference", "action", "origin", "created_at")
    ordering = ("reference",)
    list_filter = ("action", "origin")
    search_fields = ("reference", "texts__text", "texts__numbers__number")
    readonly_fields = ("reference", "action", "product_key", "origin", "created_at")
    inlines = (TextInline, TermInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Exclusions come from a decision or from a loader."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Exclusion | None = None) -> bool:
        """An exclusion that should not be is marked deleted in its term; the record of it stays."""
        return False


@admin.register(ExclusionText)
class ExclusionTextAdmin(Recorded, admin.ModelAdmin):  # type: ignore[type-arg]
    """A wording with the numbers that it names."""

    list_display = ("exclusion", "version", "whole_number", "valid_from", "valid_to")
    ordering = ("exclusion__reference", "version")
    list_select_related = ("exclusion",)
    search_fields = ("text", "exclusion__reference")
    readonly_fields = ("exclusion", "version")
    inlines = (NumberInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A wording belongs to an exclusion; add it there."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ExclusionText | None = None) -> bool:
        """A wording that once held stays on the record."""
        return False
