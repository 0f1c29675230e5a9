"""The tariff in the admin: what loaders wrote, and the lists with their history. Two persons change them elsewhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from exclusions.admin.read_only import ReadOnly
from exclusions.hts import dotted
from exclusions.models import (
    ActionRate,
    CoveredLine,
    HtsEdition,
    LineSuccession,
    LookedForNotices,
    TariffAction,
    TariffLine,
)


@admin.register(LookedForNotices)
class LookedForNoticesAdmin(ReadOnly):
    """Each search for notices; a later one is recorded at /notices-searched/."""

    list_display = ("until", "looked_at")
    ordering = ("-until",)


@admin.register(HtsEdition)
class HtsEditionAdmin(ReadOnly):
    """The editions on file."""

    list_display = ("name", "valid_from", "source", "row_count", "first_number", "last_number", "loaded_at")
    ordering = ("valid_from",)


@admin.register(TariffLine)
class TariffLineAdmin(ReadOnly):
    """The lines, each for as long as its words stood."""

    list_display = ("dotted_number", "description", "general_rate", "valid_from", "valid_to")
    ordering = ("number", "valid_from")
    list_filter = ("level",)
    search_fields = ("number__startswith", "full_description")
    search_help_text = "The first digits of a number, without dots, or words"
    show_full_result_count = False

    @admin.display(description="number", ordering="number")
    def dotted_number(self, line: TariffLine) -> str:
        """Return the number as it is printed."""
        return dotted(line.number)


@admin.register(LineSuccession)
class LineSuccessionAdmin(ReadOnly):
    """Which number followed which."""

    list_display = ("old_number", "new_number", "change_type", "revision_to", "effective_on")
    ordering = ("old_number", "new_number")
    list_filter = ("change_type", "revision_to")
    search_fields = ("old_number__startswith", "new_number__startswith")


class KeptByTwo(ReadOnly, SimpleHistoryAdmin):
    """What everybody owes by: shown here with its history, and changed at /staff/lists/ by two persons."""

    def view_on_site(self, obj: Any) -> str:
        """Return the page on which a change of it is proposed."""
        return reverse("staff-list", args=[obj.code if isinstance(obj, TariffAction) else obj.action.code])


class RateInline(admin.TabularInline):  # type: ignore[type-arg]
    """The rates of an action over time."""

    model = ActionRate
    extra = 0
    can_delete = False
    fields = ("heading", "pct", "kind", "valid_from", "valid_to", "source")
    ordering = ("heading", "valid_from")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rate is proposed by one administrator, and confirmed by another."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rate is corrected by two administrators."""
        return False


@admin.register(TariffAction)
class TariffActionAdmin(KeptByTwo):
    """The actions with their rates; petitions and exclusions hang on them, so none is deleted."""

    list_display = ("code", "name", "citation", "effective_on", "suspended")
    ordering = ("position", "code")
    inlines = (RateInline,)


@admin.register(CoveredLine)
class CoveredLineAdmin(KeptByTwo):
    """What the actions cover; a line that left a list gets a last day and is not deleted."""

    list_display = ("dotted_number", "action", "dotted_heading", "included", "valid_from", "valid_to")
    ordering = ("number", "action__position", "valid_from")
    list_filter = ("action", "included")
    list_select_related = ("action",)
    search_fields = ("number__startswith",)
    search_help_text = "The first digits of a number, without dots"
    show_full_result_count = False

    @admin.display(description="number", ordering="number")
    def dotted_number(self, line: CoveredLine) -> str:
        """Return the number as it is printed."""
        return dotted(line.number)

    @admin.display(description="heading", ordering="heading")
    def dotted_heading(self, line: CoveredLine) -> str:
        """Return the chapter 99 heading as it is printed."""
        return dotted(line.heading)
