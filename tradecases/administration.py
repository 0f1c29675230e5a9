"""The site of the administrators. It is named by apps.py, which cannot import it: models are loaded first."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OURS = "exclusions"


class Administration(AdminSite):
    """Django admin, entered by the sign-in of everybody else, by administrators alone."""

    site_header = site_title = "Tradecases administration"
    index_title = "What administrators look at and keep"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Show the product's own tables. What libraries bring (tokens, groups, sign-in keys) opens doors around it."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label == OURS]
        if ours:
            super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Say of each table what it is: the first line of what its page says of itself."""
        found: list[Any] = super().get_app_list(request, app_label)
        for app in found:
            for table in app["models"]:
                table["help"] = (self.get_model_admin(table["model"]).__doc__ or "").split("\n")[0]
        return found

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators in: the flag of Django alone opens nothing."""
        return super().has_permission(request) and getattr(request.user, "role", "") == "admin"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the account library's sign-in: it has a rate limit and a second factor, the admin's has neither."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the page of everybody, which puts the change on record."""
        return redirect("account_change_password")
