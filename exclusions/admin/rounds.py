"""Rounds in the admin: made from choices, and once a petition is filed in one, changed by another version alone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from exclusions.actions.rounds.versions import DAYS, WINDOW
from exclusions.admin.read_only import ReadOnly
from exclusions.forms.people.round import RoundForm
from exclusions.models import MadeForm, Round, RoundOrder
from exclusions.queries.record.rounds import is_frozen

_DAYS = "Days are counted from the day after posting. Deadlines of posted petitions stay as they are."


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Windows, clocks, forms and terms of each round, in the version in force."""

    form = RoundForm
    list_display = ("title", "docket", "version", "kind", "opens_at", "closes_at", "paused_since", "is_demo")
    ordering = ("-opens_at", "slug")
    list_filter = ("kind", "is_demo")
    search_fields = ("title", "docket", "slug", "citation")
    fieldsets = (
        ("Why", {"fields": ("authority", "reason")}),
        (None, {"fields": ("slug", "title", "docket", "kind", "is_demo", "actions", "eligible_chapters")}),
        ("Notice", {"fields": ("citation", "channel", "procedure_version")}),
        ("Window", {"fields": ("opens_at", "closes_at")}),
        (
            "Clocks",
            {
                "fields": (
                    "day_unit",
                    "roll_rule",
                    "response_days",
                    "reply_days_after_close",
                    "reply_days_after_response",
                ),
                "description": _DAYS,
            },
        ),
        ("Forms", {"fields": ("questionnaire", "response_questionnaire", "reply_questionnaire", "purchase_periods")}),
        (
            "Decisions and exclusions",
            {
                "fields": (
                    "criteria",
                    "criteria_version",
                    "retroactive_rule",
                    "retroactive_from",
                    "term_rule",
                    "term_ends_on",
                    "heading",
                    "note",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Round]":
        """Show the versions in force; the others are on the page of a round's versions."""
        return super().get_queryset(request).filter(superseded_at__isnull=True)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form of a person."""
        made = super().get_form(request, obj, change=change, **kwargs)
        return type("RoundForm", (made,), {"by": request.user, "at": timezone.now()})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What makes a round that round stays, once a petition is filed in it; its window is moved by an order."""
        if obj is None:
            return ()
        fixed = ("slug", "docket", "is_demo", *WINDOW) if is_frozen(obj) else ("slug",)
        # Once it is open, two administrators change its dates: on its own page.
        return tuple(dict.fromkeys((*fixed, *DAYS))) if obj.opens_at <= timezone.now() else fixed

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say what saving does to a round in which a petition was filed, and where its window is moved."""
        first, *others = self.fieldsets
        if obj is None:
            return others
        said = (
            f"A petition was filed in version {obj.version} of this round, so you can no longer change that version. "
            f"What you save becomes version {obj.version + 1}, for petitions filed after that."
            if is_frozen(obj)
            else "No petition was filed in this round yet. Your change applies at once and goes on the record."
        )
        links = format_html(
            '{} <a href="{}">Change its dates, extend, pause or resume it</a>. <a href="{}">Versions so far</a>.',
            said,
            reverse("staff-round", args=[obj.slug]),
            reverse("round-versions", args=[obj.slug]),
        )
        return [(first[0], {**first[1], "description": links}), *others]

    def view_on_site(self, obj: Round) -> str:
        """Return the round's public page."""
        return reverse("round", args=[obj.slug])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A round that was made stays on record; it closes by its window."""
        return False

    def save_model(self, request: HttpRequest, obj: Round, form: RoundForm, change: bool) -> None:
        """The form wrote it; what is shown next is the version in force."""
        obj.pk = form.made.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The lists were written with the round."""


@admin.register(RoundOrder)
class RoundOrderAdmin(ReadOnly):
    """What was ordered about rounds: extensions and pauses. They are given on a round's own staff page."""

    list_display = ("slug", "kind", "given_at", "citation", "closes_at", "responses_until", "paused_since")
    ordering = ("-given_at", "-pk")
    list_filter = ("kind",)
    search_fields = ("slug", "citation")


@admin.register(MadeForm)
class MadeFormAdmin(ReadOnly):
    """Forms made from the questions of those that are shipped; nothing of one changes, a change is another version."""

    list_display = ("title", "key", "based_on", "made_at")
    ordering = ("slug", "-version")
    search_fields = ("slug", "title")

    def view_on_site(self, obj: MadeForm) -> str:
        """Return the page on which the next version is made."""
        return reverse("staff-form", args=[obj.key])
