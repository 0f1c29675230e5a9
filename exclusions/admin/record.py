"""The record in the admin: decisions, letters, events, accesses and messages, to read and never to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from exclusions.admin.read_only import ReadOnly
from exclusions.models import AccessLog, Decision, Event, Letter, Notification, Petition, Quarantine, User


class OfCases(ReadOnly):
    """Rows that belong to a petition: those of a case from which the person is barred are not shown."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Leave out the cases that a tie or recusal keeps the person from."""
        assert isinstance(request.user, User)
        rows: QuerySet[Any] = getattr(self.model, "versions", self.model._default_manager).all()
        return rows.filter(petition__in=Petition.objects.all().open_to(request.user)).order_by(*self.ordering or ())


class OfSubjects(ReadOnly):
    """Rows that name a petition as their subject, held back in the same way."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """Leave out the cases that a tie or recusal keeps the person from."""
        assert isinstance(request.user, User)
        keys = Petition.objects.all().barred_keys(request.user)
        barred = Petition.objects.filter(pk__in=keys).values_list("pk", flat=True)
        return super().get_queryset(request).exclude(subject__in=[f"petition:{key}" for key in barred])


@admin.register(Decision)
class DecisionAdmin(OfCases):
    """Signed decisions with the findings as they stood; all of it is public."""

    list_display = ("petition", "version", "outcome", "signed_by", "signed_at", "exclusion")
    ordering = ("-signed_at",)
    list_filter = ("outcome",)
    list_select_related = ("petition", "signed_by", "exclusion")
    search_fields = ("petition__reference",)


@admin.register(Letter)
class LetterAdmin(OfCases):
    """Letters as issued."""

    list_display = ("petition", "kind", "code", "issued_at")
    ordering = ("issued_at",)
    list_filter = ("kind",)
    list_select_related = ("petition",)
    search_fields = ("petition__reference", "code")


@admin.register(Quarantine)
class QuarantineAdmin(OfCases):
    """What was taken down, on which published ground. Reasons and names of files are for those who read the case."""

    list_display = ("petition", "kind", "label", "ground", "taken_at", "taken_by", "restored_at", "corrected_at")
    ordering = ("-taken_at", "-pk")
    list_filter = ("kind", "ground")
    list_select_related = ("petition", "taken_by")
    search_fields = ("petition__reference",)
    fields = (
        "petition",
        "kind",
        "label",
        "ground",
        "taken_at",
        "taken_by",
        "restored_at",
        "restored_by",
        "corrected_at",
    )


@admin.register(Event)
class EventAdmin(OfSubjects):
    """What happened. Reasons are left out: they are for those who read the case."""

    list_display = ("subject", "sequence", "what", "by", "role", "from_status", "to_status", "at")
    ordering = ("subject", "sequence")
    list_filter = ("kind", "role")
    list_select_related = ("by",)
    search_fields = ("subject",)
    exclude = ("reason",)
    show_full_result_count = False

    @admin.display(description="what happened", ordering="kind")
    def what(self, event: Event) -> str:
        """Return the words of its kind."""
        return event.description


@admin.register(AccessLog)
class AccessLogAdmin(OfSubjects):
    """Who read confidential matter."""

    list_display = ("at", "by", "role", "subject", "what")
    ordering = ("-at",)
    list_filter = ("role",)
    list_select_related = ("by",)
    search_fields = ("subject", "by__email")
    show_full_result_count = False


@admin.register(Notification)
class NotificationAdmin(ReadOnly):
    """Messages of the outbox, sent or waiting; they hold public facts only."""

    list_display = ("created_at", "to", "template", "subject", "sent_at", "attempts", "last_error")
    ordering = ("created_at", "pk")
    list_filter = ("template",)
    search_fields = ("to", "subject")
    show_full_result_count = False
