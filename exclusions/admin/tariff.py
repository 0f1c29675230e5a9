"""The tariff in the admin: what loaders wrote is read only; lists and rates may be corrected, with their history."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from exclusions.actions.loading.own_lists import tell_of_list
from exclusions.admin.fields import NumberField
from exclusions.admin.read_only import ReadOnly, Recorded
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


class RateForm(forms.ModelForm):  # type: ignore[type-arg]
    """One rate; the heading may be typed with its dots."""

    heading = NumberField(label="Chapter 99 heading", digits=(8,), help_text="Such as 9903.88.03.")

    class Meta:
        model = ActionRate
        fields = ("heading", "pct", "kind", "valid_from", "valid_to", "goods", "other_goods", "source")
        labels = {"pct": "Additional duty, percent of value", "valid_from": "First day", "valid_to": "Last day"}
        help_texts = {
            "valid_to": "The day itself is included. Leave it empty if no end is set.",
            "source": "The notice, such as 84 FR 43304.",
            "goods": "Only if the heading covers some goods of its lines: name those goods.",
            "other_goods": "The heading of the other goods of these lines. Leave it empty if none is printed.",
        }


class LineForm(forms.ModelForm):  # type: ignore[type-arg]
    """One line; numbers may be typed with their dots."""

    number = NumberField(label="Number", digits=(8, 10), help_text="8 or 10 digits, such as 8413.81.00.")
    heading = NumberField(label="Chapter 99 heading", digits=(8,), help_text="Such as 9903.88.03.")

    class Meta:
        model = CoveredLine
        fields = ("action", "number", "heading", "included", "valid_from", "valid_to", "source")
        labels = {"action": "List", "valid_from": "First day", "valid_to": "Last day"}
        help_texts = {
            "valid_to": "The day itself is included. Leave it empty if the number is still covered.",
            "source": "The notice, such as 84 FR 43304.",
        }


class ActionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A list, in the words of the field."""

    class Meta:
        model = TariffAction
        fields = ("code", "name", "citation", "effective_on", "suspended", "note", "position", "reach", "unless")
        labels = {
            "code": "Short name of the list",
            "citation": "Federal Register citation",
            "effective_on": "In force since",
            "suspended": "Suspended before it took effect",
            "position": "Place in tables",
        }
        help_texts = {
            "code": "Such as 4A. Pages show it as “List 4A”.",
            "name": "Such as “the $300 billion action, first part”.",
            "citation": "The notice that imposes the duty, such as 84 FR 43304.",
            "effective_on": "The first day of entries that owe the duty. Leave it empty if it never took effect.",
            "note": "Such as 20(r).",
            "position": "Lists are shown in this order: 1 comes first.",
            "unless": "Only for an action on all goods: the goods it leaves out, with their headings. "
            "Pages ask it as a question.",
        }


class ToldToOwners(Recorded):
    """A changed list is an event, and those with a petition open in a round of it are told."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record and tell."""
        self._tell(obj, "added")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record and tell."""
        self._tell(obj, "corrected")
        return super().log_change(request, obj, message)

    def _tell(self, obj: Any, what: str) -> None:
        of = obj if isinstance(obj, TariffAction) else obj.action
        tell_of_list(of, f"{obj} was {what} by an administrator.", at=timezone.now())


class RateInline(admin.StackedInline):  # type: ignore[type-arg]
    """The rates of an action over time; below each other, as a row of them is wider than a screen."""

    model = ActionRate
    form = RateForm
    extra = 1
    ordering = ("heading", "valid_from")


@admin.register(TariffAction)
class TariffActionAdmin(ToldToOwners, SimpleHistoryAdmin):
    """The actions with their rates; petitions and exclusions hang on them, so none is deleted."""

    form = ActionForm
    list_display = ("code", "name", "citation", "effective_on", "suspended")
    ordering = ("position", "code")
    inlines = (RateInline,)

    def has_delete_permission(self, request: HttpRequest, obj: TariffAction | None = None) -> bool:
        """An action that ended keeps its record."""
        return False


@admin.register(CoveredLine)
class CoveredLineAdmin(ToldToOwners, SimpleHistoryAdmin):
    """What the actions cover; a line that left a list gets a last day and is not deleted."""

    form = LineForm
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

    def has_delete_permission(self, request: HttpRequest, obj: CoveredLine | None = None) -> bool:
        """What a list covered on a day stays on the record."""
        return False
