"""Exclusions in the admin, to be read: what was published is superseded by a correction, and never edited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from exclusions.admin.read_only import ReadOnly
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText


class _Shown:
    """Rows that are read below another one."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


class TextInline(_Shown, admin.StackedInline):  # type: ignore[type-arg]
    """The wordings of an exclusion."""

    model = ExclusionText
    extra = 0
    ordering = ("version",)
    show_change_link = True


class TermInline(_Shown, admin.TabularInline):  # type: ignore[type-arg]
    """The terms of an exclusion; an empty first day means that it is not known."""

    model = ExclusionTerm
    extra = 0
    ordering = ("valid_from", "heading")
    fields = ("heading", "note", "item", "status", "valid_from", "valid_to", "authority", "published_on", "dates_from")


class NumberInline(_Shown, admin.TabularInline):  # type: ignore[type-arg]
    """The statistical numbers that a wording names."""

    model = ExclusionNumber
    extra = 0
    ordering = ("number",)


@admin.register(Exclusion)
class ExclusionAdmin(ReadOnly):
    """A product freed from one action's duty, with the wordings and terms that stand."""

    list_display = ("reference", "action", "origin", "created_at")
    ordering = ("reference",)
    list_filter = ("action", "origin")
    search_fields = ("reference", "texts__text", "texts__numbers__number")
    inlines = (TextInline, TermInline)
    readonly_fields = ("corrections",)

    @admin.display(description="corrections")
    def corrections(self, exclusion: Exclusion) -> str:
        """Where the publisher and counsel correct it, and everybody of the staff who may reads what waits."""
        return format_html(
            '<a href="{}">Corrections in force, and those waiting for confirmation</a>',
            reverse("staff-exclusion", args=[exclusion.reference]),
        )


@admin.register(ExclusionText)
class ExclusionTextAdmin(ReadOnly):
    """A wording with the numbers that it names."""

    list_display = ("exclusion", "version", "whole_number", "valid_from", "valid_to")
    ordering = ("exclusion__reference", "version")
    list_select_related = ("exclusion",)
    search_fields = ("text", "exclusion__reference")
    inlines = (NumberInline,)
