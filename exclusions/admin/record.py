"""The record in the admin: decisions, letters, events, accesses and messages, to read and never to change."""

from django.contrib import admin

from exclusions.admin.cases import ReadOnly
from exclusions.models import AccessLog, Decision, Event, Letter, Notification


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    """Signed decisions with the findings as they stood; all of it is public."""

    list_display = ("petition", "outcome", "signed_by", "signed_at", "exclusion")
    list_filter = ("outcome",)
    list_select_related = ("petition", "signed_by", "exclusion")
    search_fields = ("petition__reference",)


@admin.register(Letter)
class LetterAdmin(ReadOnly):
    """Letters as issued."""

    list_display = ("petition", "kind", "code", "issued_at")
    list_filter = ("kind",)
    list_select_related = ("petition",)
    search_fields = ("petition__reference", "code")


@admin.register(Event)
class EventAdmin(ReadOnly):
    """What happened. Reasons are left out: they are for those who read the case."""

    list_display = ("subject", "sequence", "kind", "by", "role", "from_status", "to_status", "at")
    list_filter = ("kind", "role")
    list_select_related = ("by",)
    search_fields = ("subject",)
    exclude = ("reason",)
    show_full_result_count = False


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly):
    """Who read confidential matter."""

    list_display = ("at", "by", "role", "subject", "what")
    list_filter = ("role",)
    list_select_related = ("by",)
    search_fields = ("subject", "by__email")
    show_full_result_count = False


@admin.register(Notification)
class NotificationAdmin(ReadOnly):
    """Messages of the outbox, sent or waiting; they hold public facts only."""

    list_display = ("created_at", "to", "template", "subject", "sent_at", "attempts", "last_error")
    list_filter = ("template",)
    search_fields = ("to", "subject")
    show_full_result_count = False
