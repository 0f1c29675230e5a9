"""Petitions in the admin: read only, without answers. Transitions are taken by the same actions as elsewhere."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from exclusions.actions import transitions
from exclusions.admin.read_only import ReadOnly
from exclusions.errors import ActionRefused
from exclusions.hts import dotted
from exclusions.models import Petition, User
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS


class TransitionForm(ActionForm):
    """What goes with a transition: the reason, or for a decision its rationale and the coded reasons of a denial."""

    reason = forms.CharField(required=False, label="Reason or rationale:")
    codes = forms.CharField(required=False, label="Denial codes (DR1, DR2 …):")


Run = Callable[["PetitionAdmin", HttpRequest, "QuerySet[Petition]"], None]


def _run(name: str) -> Run:
    """Return the admin action that takes one transition on each chosen petition, and shows what refused it."""

    def run(modeladmin: "PetitionAdmin", request: HttpRequest, queryset: "QuerySet[Petition]") -> None:
        """Take it, one petition after the other."""
        assert isinstance(request.user, User)
        reason = request.POST.get("reason", "")
        codes = [code for code in request.POST.get("codes", "").upper().replace(",", " ").split() if code]
        data = {"rationale": reason, "denial_codes": codes}
        for petition in queryset:
            try:
                moved = transitions.take(petition, name, by=request.user, at=timezone.now(), reason=reason, data=data)
            except ActionRefused as refused:
                for sentence in refused.reasons:
                    modeladmin.message_user(request, f"{petition.reference}: {sentence}", messages.ERROR)
            else:
                words = f"{petition.reference}: {TRANSITIONS[name].label}; it is now “{moved.get_status_display()}”."
                modeladmin.message_user(request, words, messages.SUCCESS)

    run.__name__ = f"transition_{name}"
    run.short_description = f"Transition: {TRANSITIONS[name].label}"  # type: ignore[attr-defined]
    return run


@admin.register(Petition)
class PetitionAdmin(ReadOnly):
    """Filed petitions. The administrator sees no answers: those are for the people who judge."""

    action_form = TransitionForm
    actions = [_run(name) for name in transitions.staff_transitions()]
    list_display = ("reference", "status", "status_since", "product_name", "number", "organization", "round")
    list_filter = ("status", "round")
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
