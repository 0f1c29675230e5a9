"""The site of the administrators. It is named by apps.py, which cannot import it: models are loaded first."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse


class Administration(AdminSite):
    """Django admin, entered by the sign-in of everybody else."""

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the account library's sign-in: it has a rate limit and a second factor, the admin's has neither."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer
