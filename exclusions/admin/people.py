"""People and organizations in the admin: who signs in, in which staff role, and who acts for whom."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from exclusions.actions.review.interests import declare, end
from exclusions.admin.read_only import ReadOnly
from exclusions.models import Authorization, Interest, Membership, Organization, User
from exclusions.workflow.roles import Role


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    """The people of an organization, or the organizations of a person: changed by owners, or by two of staff."""

    model = Membership
    extra = 0
    ordering = ("created_at", "pk")
    fields = ("user", "organization", "role", "created_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners invite; for staff there is a proposal."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners change roles; for staff there is a proposal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners take people out; for staff there is a proposal."""
        return False


@admin.register(User)
class PersonAdmin(ReadOnly):
    """People. “View on site” leads to where two administrators change an account, one after the other."""

    ordering = ("email",)
    list_display = ("email", "full_name", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("email", "full_name")
    inlines = (MembershipInline,)
    fields = ("email", "full_name", "role", "leads", "is_active", "last_login", "date_joined")

    def view_on_site(self, obj: User) -> str:
        """Return the page on which changes of the account are proposed."""
        return reverse("staff-account", args=[obj.pk])


@admin.register(Organization)
class OrganizationAdmin(ReadOnly):
    """Requesters, and firms that file for them. “View on site” leads to where changes are proposed."""

    list_display = ("legal_name", "kind", "created_at", "vetted_at", "merged_into")
    ordering = ("legal_name",)
    list_filter = ("kind",)
    list_select_related = ("merged_into",)
    search_fields = ("legal_name",)
    inlines = (MembershipInline,)

    def view_on_site(self, obj: Organization) -> str:
        """Return the page on which changes of the organization are proposed."""
        return reverse("staff-vet", args=[obj.pk])


@admin.register(Authorization)
class AuthorizationAdmin(ReadOnly):
    """Who may file and reply for whom, from when to when (inclusive): given and taken back by the client alone."""

    list_display = ("filer", "client", "valid_from", "valid_to", "accepted_at", "revoked_at")
    ordering = ("client__legal_name", "-valid_from")
    list_select_related = ("filer", "client")
    search_fields = ("filer__legal_name", "client__legal_name")


class InterestForm(forms.ModelForm):  # type: ignore[type-arg]
    """An interest; only of a person with a staff role."""

    class Meta:
        model = Interest
        fields = ("user", "name", "nature")

    def clean_user(self) -> User:
        """Return the person, who must be staff."""
        user: User = self.cleaned_data["user"]
        if not user.role:
            raise forms.ValidationError("Only staff declare interests.")
        return user


@admin.register(Interest)
class InterestAdmin(ReadOnly):
    """Interests of staff in companies, declared for them here by the same action as on their own page."""

    list_display = ("user", "name", "nature", "declared_at", "ended_at")
    ordering = ("-declared_at", "-pk")
    list_select_related = ("user",)
    search_fields = ("user__email", "name")
    fields = ("user", "name", "nature")
    autocomplete_fields = ("user",)
    form = InterestForm
    actions = ("end_interests",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators declare for others."""
        return isinstance(request.user, User) and request.user.role == Role.ADMIN

    def save_model(self, request: HttpRequest, obj: Interest, form: Any, change: bool) -> None:
        """Declare it."""
        assert isinstance(request.user, User)
        made = declare(user=obj.user, name=obj.name, nature=obj.nature, by=request.user, at=timezone.now())
        obj.pk = made.pk

    def view_on_site(self, obj: Interest) -> str:
        """Return the page on which an administrator says which company is not meant."""
        return reverse("interest-not-them", args=[obj.pk])

    @admin.action(description="End the chosen interests")
    def end_interests(self, request: HttpRequest, queryset: "QuerySet[Interest]") -> None:
        """End each that has not ended."""
        assert isinstance(request.user, User)
        for interest in queryset.filter(ended_at__isnull=True).select_related("user"):
            end(interest, by=request.user, at=timezone.now())
