"""Petitions in the admin: read only, without answers, and without transitions, which no administrator takes."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from exclusions.admin.read_only import ReadOnly
from exclusions.hts import dotted
from exclusions.models import Petition, User
from exclusions.workflow.states import Status


class FiledStatus(admin.SimpleListFilter):
    """The statuses of what was filed: drafts are their owners' alone."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the statuses to choose from."""
        return [(str(status), str(status.label)) for status in Status if status != Status.DRAFT]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Petition]") -> "QuerySet[Petition]":
        """Return the petitions of the chosen status; all where none is chosen."""
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Petition)
class PetitionAdmin(ReadOnly):
    """Filed petitions. The administrator sees no answers: those are for the people who judge."""

    list_display = ("reference", "status", "status_since", "product_name", "number", "organization", "round")
    list_filter = (FiledStatus, "round")
    list_select_related = ("organization", "round")
    search_fields = ("reference", "product_name", "hts10", "organization__legal_name")
    ordering = ("-submitted_at",)
    fields = (
        "reference",
        "round",
        "organization",
        "filer_organization",
        "filed_by",
        "status",
        "status_since",
        "product_name",
        "number",
        "submitted_at",
        "posted_at",
        "response_closes_at",
        "reply_closes_at",
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Petition]":
        """Leave the drafts to their owners, and out what a tie or recusal keeps the person from."""
        assert isinstance(request.user, User)
        found: QuerySet[Petition] = super().get_queryset(request)
        return found.exclude(status=Status.DRAFT).open_to(request.user)  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="HTSUS number", ordering="hts10")
    def number(self, petition: Petition) -> str:
        """Return the number in dots."""
        return dotted(petition.hts10)
