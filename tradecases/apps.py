"""Django admin as this site serves it."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django admin, with the sign-in of the rest of the site."""

    default_site = "tradecases.administration.Administration"

    def ready(self) -> None:
        """Register all pages; the library that lists sessions searches by a name that our people do not have."""
        super().ready()
        from allauth.usersessions.models import UserSession  # noqa: PLC0415  (models must be loaded first)
        from django.contrib import admin  # noqa: PLC0415

        admin.site._registry[UserSession].search_fields = ("user__email", "ip")
