"""Rounds in the admin: changed by hand with their history, or loaded from a file."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from exclusions.admin.read_only import Recorded
from exclusions.models import Round


@admin.register(Round)
class RoundAdmin(Recorded, SimpleHistoryAdmin):
    """Windows, clocks, forms and terms of each round; who changed them stands in the history."""

    list_display = ("title", "docket", "kind", "opens_at", "closes_at", "is_demo")
    ordering = ("-opens_at", "slug")
    list_filter = ("kind", "is_demo")
    search_fields = ("title", "docket", "slug", "citation")
    filter_horizontal = ("actions",)
    history_list_display = ("opens_at", "closes_at")
    fieldsets = (
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
                "description": "Days after posting, the day of posting not counted. Deadlines that were computed "
                "for posted petitions stay as they are.",
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
